"""Counts in words."""

from __future__ import annotations

import pytest

from annotator.model.counts import counted, in_number


def test_a_count_has_its_noun_in_the_number_that_it_needs() -> None:
    assert [counted(count, "entry", "entries") for count in (0, 1, 2)] == ["0 entries", "1 entry", "2 entries"]
    assert counted(1, "claim") == "1 claim"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 spans of their own cut"), (1, "1 span of its own cut"), (2, "2 spans of their own cut")],
)
def test_words_that_go_with_a_count_have_its_number(count: int, said: str) -> None:
    assert in_number(count, "span[s] of [its|their] own cut") == said
