"""Invented pages in the markup of different publishers, against what a reader would copy by hand."""

from __future__ import annotations

import pytest

from benchmarks.apparatus.page_corpus import CorpusPage, Overlap, corpus, exact, words_of
from benchmarks.pages import imported

PAGES = list(corpus())


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_is_read_as_by_hand(page: CorpusPage) -> None:
    found = imported(page)
    assert words_of(found.text) == words_of(page.right.text)
    assert exact(page.right, found), found
    assert found.language == page.right.language


def test_there_are_enough_pages_in_enough_languages() -> None:
    assert len(PAGES) >= 60
    assert len({page.right.language.split("-")[0] for page in PAGES}) >= 9


def test_an_overlap_counts_words_that_are_missing_or_too_many() -> None:
    overlap = Overlap()
    overlap.add("one two two three", "two two two four")
    assert overlap.f1 == 2 * 2 / 8


def test_a_character_of_a_script_without_spaces_is_a_word() -> None:
    assert words_of("橋は closed") == {"橋": 1, "は": 1, "closed": 1}
