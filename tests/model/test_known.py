"""Tests for what is made of words once and kept."""

from __future__ import annotations

from annotator.model import known
from annotator.model.known import Known


def test_a_thing_is_made_once_of_each_key() -> None:
    asked: list[str] = []

    def made(key: str) -> str:
        asked.append(key)
        return key.upper()

    table = Known(made)
    assert [table[key] for key in ("a", "b", "a")] == ["A", "B", "A"]
    assert asked == ["a", "b"]


def test_what_is_kept_stays_small() -> None:
    table = Known(len)
    for number in range(known.ROOM * 2 + 1):
        assert table[str(number)] == len(str(number))
        assert len(table) <= known.ROOM


def test_what_is_longer_than_a_word_is_not_kept() -> None:
    table = Known(len)
    assert table["x" * 10_000] == 10_000
    assert not table


def test_a_key_of_forty_letters_is_kept_and_a_longer_one_is_not() -> None:
    table = Known(len)
    assert [table["x" * length] for length in (40, 41)] == [40, 41]
    assert list(table) == ["x" * 40]
