from __future__ import annotations

import random
import re
from itertools import pairwise
from zlib import crc32

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model.language.shingles import BANDS, bands, compared, likeness, may_be_alike, shingles

WORDS = [f"word{number}" for number in range(2000)]


def article(seed: int) -> list[str]:
    chosen = random.Random(seed)
    return [" ".join(chosen.choice(WORDS) for _ in range(20)) for _ in range(25)]


def test_a_copy_with_another_sentence_shares_a_fingerprint_and_other_articles_share_none() -> None:
    for seed in range(60):
        one, other = article(seed), article(seed)
        other[seed % 25] = article(seed + 1000)[0]
        first, second = shingles("\n".join(one)), shingles(" ".join(other))
        assert 0.88 < likeness(first, second) < 0.95
        assert {*bands(first)} & {*bands(second)}
        assert not {*bands(first)} & {*bands(shingles("\n".join(article(seed + 500))))}


def many_words(count: int) -> str:
    return " ".join(f"word{at}" for at in range(count))


@pytest.mark.parametrize("text", ["", "…", "One", "One two", "One two three.", "橋は閉鎖された"])
def test_short_texts_have_fingerprints_as_soon_as_they_have_words(text: str) -> None:
    found = bands(shingles(text))
    assert len(found) == (BANDS if any(map(str.isalnum, text)) else 0)
    assert all(0 <= band < 2**63 for band in found)


def test_case_punctuation_and_white_space_do_not_matter_and_words_do() -> None:
    assert shingles("The ferry, it\u00a0runs!") == shingles("the FERRY it\n runs")
    assert likeness(shingles("橋は月曜に閉鎖された"), shingles("橋は火曜に閉鎖された")) > 0.3
    assert likeness(shingles(""), shingles("")) == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The year closed at -5 percent.", "The year closed at 5 percent.", False),
        ("It made a loss (−$5m), it said.", "It made a loss ($5m), it said.", False),
        ("It was −5 in March.", "It was -5 in March", True),
        ("The years 2019-20 were wet.", "The years 2019–20 were wet", True),
        ("Covid-19 came - 5 waves of it.", "Covid 19 came: 5 waves of it", True),
    ],
)
def test_a_minus_before_a_number_is_no_punctuation(one: str, other: str, *, same: bool) -> None:
    assert (likeness(compared(one), compared(other)) == 1) is same
    assert likeness(compared(one), compared(other)) > 0.5


@given(st.one_of(st.text(alphabet="ab é’-4橋\n", max_size=60), st.integers(4090, 4102).map(many_words)))
@example(many_words(3 * 4096 + 2))
def test_many_runs_at_once_are_what_they_are_one_by_one(text: str) -> None:
    words = [crc32(word.encode()) for word in re.findall(r"橋|[^\W_橋]+", text.casefold())]
    inner = [(one * 0x9E3779B1 + two) & 0xFFFFFFFF for one, two in pairwise(words)]
    runs = [
        ((first * 0x85EBCA6B + third) * 0xC2B2AE35 >> 7) & 0xFFFFFFFF
        for first, third in zip(inner, words[2:], strict=False)
    ]
    assert len(words) < 3 or shingles(text) == set(runs)


def test_texts_of_too_different_lengths_are_not_alike() -> None:
    short, long = shingles("one two three four five six"), shingles(" ".join(f"word{at}" for at in range(9)))
    assert may_be_alike(short, long, likeness(short, short) * 4 / 7)
    assert not may_be_alike(short, long, 0.6)
    assert not may_be_alike(frozenset(), frozenset(), 0.0)
