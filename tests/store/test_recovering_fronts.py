"""A bit of what stands in front of a fact-check or of suggestions (where the row begins, its number, its kinds)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.model.check import Check
from annotator.store import Store, open_store
from annotator.store.fact_checks import checks
from annotator.store.recovering import recover
from annotator.store.recovery.recovered_rows import Recovered
from annotator.workflow.fact_checks.check_matching import words_of

AddArticle = Callable[..., str]
PAGE = 4096
POINTER = -2


@pytest.fixture
def whole(store: Store, path: Path, add: AddArticle) -> Path:
    """Six articles with suggestions, and six fact-checks; closed."""
    for number in range(6):
        add(store, f"Boat {number} sailed. It was late.", title=f"Boat {number}")
    rows = [Check(f"id{number}", f"Boat {number} sank.", verdict="False") for number in range(6)]
    checks.save(store, [(each, words_of(each)) for each in rows], "checks.jsonl", words_of)
    store.close()
    return path


def kept(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as raw:
        suggested = (
            "select article.id, text, current, superseded, suggestion.digest from suggestion "
            "join article on ordinal = article join name on name.key = suggester order by 1, 2"
        )
        return [raw.execute(query).fetchall() for query in ("select * from fact_check order by ordinal", suggested)]


def with_another_bit(path: Path, table: str, at: int, bit: int) -> None:
    """In the third row of the table's leaf, so many bytes behind where it begins (or in the POINTER to it)."""
    with closing(sqlite3.connect(path)) as raw:
        (root,) = raw.execute("select rootpage from sqlite_master where name = ?", (table,)).fetchone()
    data, page = bytearray(path.read_bytes()), (root - 1) * PAGE
    assert data[page] == 13
    pointer = page + 8 + 2 * 2
    begins = pointer - POINTER if at < 0 else page + int.from_bytes(data[pointer : pointer + 2])
    data[begins + at] ^= 1 << bit
    path.write_bytes(data)


def recovered(path: Path) -> Recovered:
    with closing(open_store(path.with_name("new.db"))) as store:
        return recover(path, store)


@pytest.mark.parametrize("bit", [2, 4, 6])
@pytest.mark.parametrize("at", [POINTER, POINTER + 1, 0, 1, 2, 3, 4, 6, 7, 9, 12])
@pytest.mark.parametrize("table", ["fact_check", "suggestion"])
def test_it_costs_nothing(whole: Path, table: str, at: int, bit: int) -> None:
    expected = kept(whole)
    with_another_bit(whole, table, at, bit)
    assert recovered(whole).lost == []
    assert kept(whole.with_name("new.db")) == expected


def test_a_text_without_letters_of_which_only_the_kind_is_another_stops_nothing(whole: Path) -> None:
    with closing(sqlite3.connect(whole)) as raw:
        raw.execute("pragma ignore_check_constraints = on")
        raw.execute("pragma writable_schema = on")
        raw.execute("update sqlite_master set sql = replace(sql, 'strict', '') where name = 'fact_check'")
        raw.commit()
    with closing(sqlite3.connect(whole)) as raw:
        raw.execute("update fact_check set title = x'' where ordinal = 3")
        raw.commit()
    found = recovered(whole)
    assert (found.lost, found.fact_checks) == ([], 6)


def test_suggestions_that_are_gone_are_told_of_their_article(whole: Path) -> None:
    with closing(sqlite3.connect(whole)) as raw:
        (root,) = raw.execute("select rootpage from sqlite_master where name = 'suggestion'").fetchone()
        ids = {id_[:12] for (id_,) in raw.execute("select id from article")}
    data = bytearray(whole.read_bytes())
    data[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
    whole.write_bytes(data)
    lost = recovered(whole).lost
    assert sorted(lost) == sorted(f"article {id_}: what was suggested; `annotator suggest` asks again" for id_ in ids)
