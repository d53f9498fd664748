"""The keys of an SQLite export, which are made once all rows are there."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import StoreError
from annotator.model.record import ClaimRecord
from annotator.model.span import Span
from annotator.model.text import claim_id
from annotator.store.sqlite_export import writing
from annotator.store.sqlite_export.late_keys import can_be_late
from annotator.store.sqlite_export.rows import TableRows, table_rows
from annotator.store.sqlite_export.writing import write_sqlite_export
from tests.store.exported import GOLDEN, RAIN, article, dumped, judged, scheme, write

_DEFENSIVE = 1010
"""SQLite's number for what is called SQLITE_DBCONFIG_DEFENSIVE."""


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the table of the schema cannot be written: keys come with the tables."""
    monkeypatch.setattr(writing, "can_be_late", lambda _: False)


def test_an_sqlite_that_guards_its_schema_makes_the_same_tables(
    records: list[ClaimRecord], path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    write(records, path, scheme())
    request.getfixturevalue("at_once")
    write(records, tmp_path / "another.db", scheme())
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(tmp_path / "another.db")) as another:
        assert dumped(one) == dumped(another)
        for connection in (one, another):
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        schemas = [
            set(connection.execute("select type, name, tbl_name, sql from sqlite_master"))
            for connection in (one, another)
        ]
        assert schemas[0] == schemas[1]


def test_a_file_that_is_packed_anew_and_one_that_is_loaded_from_a_dump_have_the_same_tables(
    records: list[ClaimRecord], path: Path, tmp_path: Path
) -> None:
    # Python's own dump of a full text index cannot be loaded in one go.
    write(records, path, scheme(), with_text=False)
    with (
        closing(sqlite3.connect(path)) as one,
        closing(sqlite3.connect(tmp_path / "packed.db")) as packed,
        closing(sqlite3.connect(tmp_path / "loaded.db")) as loaded,
    ):
        one.execute("vacuum into ?", (str(tmp_path / "packed.db"),))
        loaded.executescript("\n".join(one.iterdump()))
        for connection in (packed, loaded):
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert sorted(dumped(connection).splitlines()) == sorted(dumped(one).splitlines())


def test_an_sqlite_that_refuses_to_have_its_schema_written_is_noticed() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        assert can_be_late(connection)
        connection.set_authorizer(
            lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_UPDATE else sqlite3.SQLITE_OK
        )
        assert not can_be_late(connection)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.11 cannot tell SQLite to guard its schema")
def test_an_sqlite_that_is_told_to_guard_its_schema_makes_the_export(
    records: list[ClaimRecord], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect: Any = sqlite3.connect

    def guarded(*arguments: Any, **options: Any) -> Any:
        connection = connect(*arguments, **options)
        connection.setconfig(_DEFENSIVE)
        return connection

    monkeypatch.setattr(sqlite3, "connect", guarded)
    write(records, path, scheme())
    with closing(connect(path)) as connection:
        assert dumped(connection) == GOLDEN.read_bytes().decode("utf-8")


def test_indexes_are_made_once_all_rows_are_there(path: Path) -> None:
    text = "Rain fell. " * 600
    rainy = article(text)
    places = [Span(start, start + 10) for start in range(0, len(text), 11)]
    claims = [
        replace(judged(rainy, "Rain fell.", "ana"), span=span, claim_id=claim_id(rainy.id, span)) for span in places
    ]
    write(claims, path, scheme())
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "select min(rootpage) from sqlite_master where type = 'index' and tbl_name in ('claim', 'judgement')"
        )
        # The rows of these tables alone fill more pages.
        assert found.fetchone()[0] > 40


@pytest.mark.parametrize("table", ["claim", "judgement", "attribution", "evidence"])
def test_a_key_that_two_rows_have_is_refused(records: list[ClaimRecord], path: Path, table: str) -> None:
    twice = [*table_rows(records), *[(name, of_table[:1]) for name, of_table in table_rows(records) if name == table]]
    with pytest.raises(StoreError, match=f"UNIQUE constraint failed: {table}"):
        write_sqlite_export(twice, path, scheme())


@pytest.mark.parametrize("keys", ["late", "at_once"])
def test_a_key_with_a_null_in_it_is_refused(
    records: list[ClaimRecord], path: Path, request: pytest.FixtureRequest, keys: str
) -> None:
    if keys == "at_once":
        request.getfixturevalue(keys)
    without: list[TableRows] = [*table_rows(records), ("claim", [(None, article(RAIN).id, 0, 1, "body", None)])]
    with pytest.raises(StoreError, match=r"NOT NULL constraint failed: claim\.id"):
        write_sqlite_export(without, path, scheme())
