from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import DomainError
from annotator.model.reviewer import name_as_kept, reviewer_handle


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ana ", "ana"),
        ("Bjo\u0308rn", "björn"),
        ("Ana Lima", "ana lima"),
        ("علی رضا", "علی رضا"),
        ("नीना", "नीना"),
        ("岡田", "岡田"),
        ("🌉", "🌉"),
    ],
)
def test_a_name_that_is_seen_is_kept(typed: str, kept: str) -> None:
    assert reviewer_handle(typed) == kept


@pytest.mark.parametrize(
    "unseen",
    [
        "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4",
        "\u180b", "\u180e", "\u180f", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\u206a", "\u2800",
        "\u3164", "\uffa0", "\ufe00", "\ufe0f", "\U000e0001", "\U000e0041", "\U000e0100", "\U000e01ef", "\U0001d173",
        "\u00a0", "\u2003", "\u2009", "\u202f", "\u3000", "\u2028", "\u2029", "\t", "\n", "\x00", "\x1b", "\x7f",
        "\x85", "\x9b", "\ue000", "\ufffe", "\ufdd0", "\u0378",
    ],
    ids=lambda character: f"U+{ord(character):04X}",
)  # fmt: skip
def test_what_nobody_sees_is_no_part_of_a_name(unseen: str) -> None:
    with pytest.raises(DomainError) as refused:
        reviewer_handle(f"an{unseen}a")
    assert str(refused.value) == (
        "a reviewer's name must not have control characters or others that nobody sees: "
        f"U+{ord(unseen):04X} is its character 3"
    )


@given(st.text(min_size=1, max_size=40))
def test_two_names_that_can_be_kept_and_look_empty_are_none(typed: str) -> None:
    try:
        handle = reviewer_handle(typed)
    except DomainError:
        return
    assert handle.replace(" ", "")
    assert all(character == " " or unicodedata.category(character)[0] not in "CZ" for character in handle)
    assert reviewer_handle(handle) == handle == name_as_kept(typed)
