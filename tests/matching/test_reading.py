from __future__ import annotations

import pytest

from annotator.matching import read, read_sought
from annotator.model.check import Sought


def test_endings_case_and_accents_do_not_matter() -> None:
    assert read("The Mayors’ cafés are closing").distinct >= {"mayor", "cafe", "close"}
    assert (
        read("Bürgermeister schließt Schulen", "de").distinct == read("bürgermeister schliesst schule", "de").distinct
    )


def test_numbers_are_read_alike_however_they_are_written() -> None:
    assert read("1,234,567 people, 7.25 dollars, three ships").numbers == {"1234567", "7.25", "3"}
    assert read("550%").words == read("550 percent").words


def test_names_are_what_is_written_large_but_not_in_headlines_and_not_months() -> None:
    assert read("On Monday, Ines Duarte left Sela in March").names == read("x Ines Duarte Sela").names
    assert read("Does Video Show Ines Duarte Leaving Sela?").names == frozenset()


def test_a_compound_is_read_as_two_words_and_as_one() -> None:
    assert "singlepay" in read("a single-payer system").distinct
    assert {"singl", "payer"} <= read("a single-payer system").distinct


def test_hashtags_and_handles_are_taken_apart_and_addresses_left_out() -> None:
    reading, _ = read_sought(Sought("See #PortHalloranShut by @EddaKorhollen https://t.co/abc pic.twitter.com/xyz"))
    assert {"port", "halloran", "shut", "edda"} <= reading.distinct
    assert not {"http", "t.co", "abc", "xyz"} & reading.distinct


@pytest.mark.parametrize("text", ["Port is not closed", "Port isn’t closed", "Port was never closed"])
def test_denials_are_noticed(text: str) -> None:
    assert read(text).denies
    assert not read("Port is closed").denies


def test_scripts_without_blanks_are_read_by_pairs_of_characters() -> None:
    assert read("港口关闭", "zh").words == ("港口", "口关", "关闭")
    assert read("बंदरगाह बंद है", "hi").words


def test_a_book_is_read_only_as_far_as_a_claim_goes() -> None:
    assert len(read("word " * 100_000).words) <= 1000
