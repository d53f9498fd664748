"""Which of the candidates are weighed at all."""

from __future__ import annotations

from annotator.matching.ranking import MOST_WEIGHED, weigh
from annotator.model.check import Check, Sought

ALIKE = [Check(f"c{number:03}", "Two cables of the bridge held.") for number in range(MOST_WEIGHED)]
OTHER = Check("other", "A lighthouse was sold.")


def weighed(near: frozenset[str] = frozenset()) -> list[str]:
    found, _, _ = weigh(
        Sought("Two cables held."), [OTHER, *ALIKE], counts=lambda _: {}, checks=100, average=5.0, near=near
    )
    return [each.check.id for each in found]


def test_the_best_by_their_words_are_weighed_and_what_a_model_finds_alike_behind_them() -> None:
    best = [check.id for check in ALIKE]
    assert weighed() == best
    assert weighed(frozenset(["other", "c001"])) == [*best, "other"]
