"""Rows of a damaged file's tables that SQLite does not get to any more, from the pages that they are in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.store.migration.own_schema import own_statements
from annotator.store.recovery.raw_pages import Row, fits, fits_key, leaf_rows, odd_rows

_TABLES = ("name", "article", "article_text", "suggestion", "ledger", "fact_check")
_WITH_KEYS = ("place", "draft")
"""Tables that have their keys in the place of numbers, and their columns in the order of what is kept."""

Columns = list[tuple[str, str, bool]]
"""A table's columns: their names, their declared types, and whether they may be null."""


class Leaves:
    """All pages of a file, looked through once and only where something is asked for."""

    def __init__(self, source: sqlite3.Connection, file: Path) -> None:
        self._source, self._file = source, file
        self._columns: dict[str, Columns] = {}
        self._found: dict[str, dict[int, Row]] | None = None
        self._same_number: dict[str, list[tuple[int, Row]]] = {table: [] for table in _TABLES}
        self._with_keys: dict[str, list[Row]] = {table: [] for table in _WITH_KEYS}

    def rows(self, table: str, columns: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """What may be rows of a table, with their numbers: whether they are is for digests to say."""
        if self._found is None:
            self._found = self._look()
        for number, row in sorted(self._found[table].items()):
            yield number, self._asked(table, columns, number, row)

    def every_row(self, table: str, columns: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """The same, and those that have the number of another one."""
        yield from self.rows(table, columns)
        for number, row in self._same_number[table]:
            yield number, self._asked(table, columns, number, row)

    def odd_rows(self, table: str, columns: str) -> Iterator[Iterator[tuple[int, tuple[Any, ...]]]]:
        """For each place in the table's pages where no row of it is, rows that may have been there."""
        if self._found is None:
            self._found = self._look()
        shape = [each[1:] for each in self._columns[table]]
        for place in odd_rows(self._file, lambda row: fits(row, shape)):
            fitting = ((number, row) for number, row in place if fits(row, shape))
            yield ((number, self._asked(table, columns, number, row)) for number, row in fitting)

    def _asked(self, table: str, columns: str, number: int, row: Row) -> tuple[Any, ...]:
        names = [name for name, *_ in self._columns[table]]
        whole = (number, *row[1:], *([None] * (1 + len(names) - len(row))))
        return tuple(whole[names.index(name) if name in names else len(names)] for name in columns.split(", "))

    def rows_by_key(self, table: str) -> list[Row]:
        """What may be rows of the table place or draft, all their columns."""
        if self._found is None:
            self._found = self._look()
        return self._with_keys[table]

    def _look(self) -> dict[str, dict[int, Row]]:
        known = _present()
        for table in (*_TABLES, *_WITH_KEYS):
            self._columns[table] = self._as_stored(table) or known[table]
        shapes = {table: [each[1:] for each in columns] for table, columns in self._columns.items()}
        found: dict[str, dict[int, Row]] = {table: {} for table in _TABLES}
        for number, row in leaf_rows(self._file):
            if number is None:
                self._keep_by_key(row, shapes)
                continue
            for table in _TABLES:
                if fits(row, shapes[table]) and found[table].setdefault(number, row) != row:
                    self._same_number[table].append((number, row))
        return found

    def _keep_by_key(self, row: Row, shapes: Mapping[str, list[tuple[str, bool]]]) -> None:
        for table in _WITH_KEYS:
            if fits_key(row, shapes[table]):
                self._with_keys[table].append(row)

    def _as_stored(self, table: str) -> Columns:
        try:
            return _columns_of(self._source, table)
        except sqlite3.DatabaseError:
            return []


def _columns_of(connection: sqlite3.Connection, table: str) -> Columns:
    return [
        (name, type_.lower(), not not_null)
        for _, name, type_, not_null, *_ in connection.execute(f"pragma table_info ({table})")
    ]


def _present() -> dict[str, Columns]:
    """The columns that tables have in the present schema."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in own_statements():
            connection.execute(statement)
        return {table: _columns_of(connection, table) for table in (*_TABLES, *_WITH_KEYS)}
