"""Fact-checks that were replaced before the ninth schema: their words go out of the index as it is brought up to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.model.check import Check
from annotator.store import Store, checks, doctor, open_store
from annotator.store.check_index import FIELDS, Counted, check_from
from annotator.workflow.check_matching import words_of

RAIN = Check("rain", "Rain fell on the mill, and rain fell again.", title="Did rain fall?", date="2026-01-01")
DRY = Check("rain", "No rain fell on the mill.", verdict="False", date="2026-02-01")
WET = Check("rain", "A little rain fell.", verdict="True", date="2026-03-01")
SNOW = Check("snow", "Snow fell on 12.5 roofs.", date="2026-01-01")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.db"


def save(store: Store, *rows: Check) -> None:
    for each in rows:
        checks.save(store, [(each, words_of(each))], "checks.jsonl", words_of)


def older(path: Path) -> None:
    """The database as the eighth schema had it: what was replaced is indexed and counted too."""
    with closing(open_store(path)) as store:
        index = checks.index(store)
        index.empty()
        rows = store.connection.execute(f"select {', '.join(FIELDS)} from fact_check order by ordinal").fetchall()
        counted = Counted()
        for ordinal, row in enumerate(rows, 1):
            index.insert_words(counted.more(words_of(check_from(row))), ordinal)
        index.count(counted)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("drop index fact_check_replaced")
        raw.execute("alter table fact_check drop column digest")
        raw.execute("delete from _sqlite_migrations where name >= 'm0009'")
        raw.execute("pragma user_version = 8")


def problems(store: Store) -> list[str]:
    return [found.detail for found in doctor.examine(store, words_of=words_of)]


def test_their_words_are_forgotten_and_what_is_there_now_is_found(path: Path) -> None:
    with closing(open_store(path)) as store:
        save(store, RAIN, DRY, SNOW)
    older(path)
    with closing(open_store(path)) as store:
        assert problems(store) == []
        assert checks.index(store).size().checks == 2
        assert [each.claim for each in checks.index(store).candidates(words_of(RAIN)[0])] == [DRY.claim, SNOW.claim]
        save(store, WET)
        assert problems(store) == []
        assert checks.remove(store, "checks.jsonl", words_of) == 4
        assert problems(store) == []


def test_where_none_was_replaced_the_index_stays_as_it_is(path: Path) -> None:
    with closing(open_store(path)) as store:
        save(store, RAIN, SNOW)
    older(path)
    with closing(open_store(path)) as store:
        assert problems(store) == []
        assert checks.index(store).size().checks == 2
