"""Tests for tokens: however a text is read, piece by piece or all at once, its tokens are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggesters.reading.words import in_one_go, words_of

PIECES = (
    "The", "ramp's", "U.S.", "J.", "K.", "Ala.", "Calif.", "R-Ky.", "D-N.Y.", "vs.", "no.", "No.", "a.m.", "(shut)",
    "“Shut,”", "’90s", "cafe\u0301", "\u0301", "12.5%", "$2.75", "e-mail", "port.org", "--", "...", "''", "ﬁ", "कि",
    "\u200d", "?", "“Shut.”", '(ramp).', 'ramp-like,"', "vs.”", "U-turn’s", "mayor's?)", "Jan.”", "“R-Ky.", "pa.)",
)  # fmt: skip
BLANKS = (" ", " ", "  ", "\n", "\n\n", "\n\n\n", "\t", "\u00a0", "\u2009", " \n ", "")


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(BLANKS)), min_size=1), st.sampled_from(BLANKS))
def test_piece_by_piece_tokens_are_those_of_the_whole_text(pieces: list[tuple[str, str]], before: str) -> None:
    text = before + "".join(map("".join, pieces))
    words = words_of(text)
    assert words == in_one_go(text)
    assert [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)] == words.forms


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("J. Doe left J. and", ["J.", "Doe", "left", "J", ".", "and"]),
        ("in Ala. the ramp; in Ala. The ramp", ["in", "Ala.", "the", "ramp", ";", "in", "Ala", ".", "The", "ramp"]),
        ("Doe, R-Ky.\n\nThe end, R-Ky.", ["Doe", ",", "R-Ky.", "The", "end", ",", "R-Ky", "."]),
    ],
)
def test_what_a_stop_belongs_to_is_said_by_the_letter_behind(text: str, forms: list[str]) -> None:
    assert words_of(text).forms == forms
