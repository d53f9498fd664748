"""Speakers who stand in the middle, behind a participle or in a sentence beside the quotation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ramp, said Reyes, is safe.", "Reyes | said | The ramp ... is safe"),
        (
            "The ramp, said Ada Reyes, a harbour engineer, will open in May.",
            "Ada Reyes, a harbour engineer | said | The ramp ... will open in May",
        ),
    ],
)
def test_a_speaker_behind_the_verb_interrupts_what_is_said(said: Said, text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_a_noun_with_its_apposition_speaks_itself(said: Said) -> None:
    assert said("Ada Reyes, an engineer, said the ramp is safe.") == [
        "Ada Reyes, an engineer, | said | the ramp is safe"
    ]


@pytest.mark.parametrize("participle", ["adding", "adding only"])
def test_a_participle_before_a_colon_is_the_speakers(said: Said, participle: str) -> None:
    assert said(f"The company said it would pay, {participle}: “We regret it.”") == [
        "The company | said | it would pay",
        f"The company | {participle}: | “We regret it.”",
    ]


def test_two_participles_share_one_speaker(said: Said) -> None:
    assert said("Reyes left, noting that the ramp was new and adding that nobody was hurt.") == [
        "Reyes | noting | that the ramp was new",
        "Reyes | adding | that nobody was hurt",
    ]
