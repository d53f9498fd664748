from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from annotator.model.scheme import Reason, Scheme, default_scheme
from annotator.model.scheme_version import meaning, versioned

PRESENT = default_scheme()


def without(scheme: Scheme, verdict: str) -> Scheme:
    return replace(scheme, verdict=tuple(value for value in scheme.verdict if value.id != verdict))


FREE: list[Callable[[Scheme], Scheme]] = [
    lambda scheme: replace(scheme, name="Another", about="Other words."),
    lambda scheme: replace(scheme, verdict=scheme.verdict[::-1]),
    lambda scheme: replace(
        scheme,
        verdict=(
            replace(scheme.verdict[0], name="yes", key="z", colour="#00ff00", definition="Is so.", examples=("a", "b")),
            *scheme.verdict[1:],
        ),
    ),
]
COSTLY: list[Callable[[Scheme], Scheme]] = [
    lambda scheme: without(scheme, "mixed"),
    lambda scheme: replace(scheme, evidence_required=True),
    lambda scheme: replace(scheme, passes={**scheme.passes, "verify": ("worth", "verdict")}),
    lambda scheme: replace(scheme, worth=(replace(scheme.worth[0], author_voice=False), *scheme.worth[1:])),
    lambda scheme: replace(
        scheme, verdict=(replace(scheme.verdict[0], reasons=(Reason("new", "1", "new"),)), *scheme.verdict[1:])
    ),
]


@pytest.mark.parametrize("change", FREE)
def test_names_keys_and_words_may_change_within_a_version(change: Callable[[Scheme], Scheme]) -> None:
    assert versioned(change(PRESENT), PRESENT, []).version == 1
    assert meaning(change(PRESENT)) == meaning(PRESENT)


@pytest.mark.parametrize("change", COSTLY)
def test_what_decisions_can_be_and_what_completes_a_claim_make_a_version(change: Callable[[Scheme], Scheme]) -> None:
    assert versioned(change(PRESENT), PRESENT, []).version == 2
    # A file that says a higher one itself is taken at its word.
    assert versioned(replace(change(PRESENT), version=7), PRESENT, []).version == 7


def test_a_file_that_says_a_lower_version_does_not_take_the_project_back() -> None:
    present = replace(PRESENT, version=4)
    assert versioned(PRESENT, present, [PRESENT]).version == 4


def test_a_version_never_names_two_meanings() -> None:
    second = replace(without(PRESENT, "mixed"), version=2)
    third = without(PRESENT, "refuted")
    assert versioned(third, second, [PRESENT]).version == 3
    # Going back to what the first version was gives the first version again.
    assert versioned(PRESENT, second, [PRESENT]).version == 1
    # The present project has never had it, but others have.
    foreign = replace(PRESENT, id="other")
    assert versioned(without(foreign, "mixed"), PRESENT, [foreign]).version == 2


def test_another_scheme_keeps_its_own_version() -> None:
    assert versioned(replace(PRESENT, id="other", version=5), PRESENT, []).label == "other@5"
