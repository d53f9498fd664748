"""Rows into flat, documented SQLite tables for Datasette and SQL, without the ledger.

The tables and views are those of `sqlite_export.tables`; the table `documentation` says in the file what each column
means. Primary and foreign keys hold, full text search is FTS5 over articles, claims and evidence. It is not a database
that this program works in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from annotator.model.scheme import Scheme
from annotator.store.connection import own_function, translated
from annotator.store.sqlite_export.late_keys import add_keys, can_be_late
from annotator.store.sqlite_export.rows import Cell, TableRows
from annotator.store.sqlite_export.searching import searchable
from annotator.store.sqlite_export.tables import TABLES, documentation, indexes, search, statement, views

_KEYED_CACHE_KIB = 8_000
LOST_TARGETS = "verdicts and evidence on attributions that are not exported"

_REPEATED = {table.name for table in TABLES if table.repeated}


def write_sqlite_export(rows: Iterable[TableRows], path: Path, scheme: Scheme, *, with_text: bool = True) -> int:
    """Write the rows of records (`table_rows`) to a new file at `path`, the same bytes for the same rows.

    Without text there is no full text search. Returns how many verdicts and pieces of evidence were left out because
    the attribution that they are about is in no record. Raises StoreError.
    """
    with translated(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # Nobody else has the file, and half a one is thrown away.
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        late = [table for table in TABLES if not (table.repeated or table.is_numbered)]
        if not can_be_late(connection):
            late = []
            # Ids stand anywhere in the order of their keys, so pages are asked for again and again.
            connection.execute(f"pragma cache_size = -{_KEYED_CACHE_KIB}")
        connection.execute("begin")
        for table in TABLES:
            connection.execute(statement(table, with_key=table not in late))
        _insert("documentation", list(documentation()), connection)
        _insert("value", list(_values(scheme)), connection)
        for name, held in rows:
            _insert(name, held, connection)
        add_keys(connection, late)
        lost = _drop_dangling(connection)
        for made in (*indexes(), *views()):
            connection.execute(made)
        if with_text:
            with own_function(connection, "searchable", searchable):
                for made in search():
                    connection.execute(made)
        connection.execute("commit")
        return lost


def _values(scheme: Scheme) -> Iterator[tuple[Cell, ...]]:
    for facet, values in (("worth", scheme.worth), ("voice", scheme.voice), ("verdict", scheme.verdict)):
        for value in values:
            yield facet, value.id, value.name, value.definition


def _insert(table: str, rows: list[tuple[Cell, ...]], connection: sqlite3.Connection) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        known = " on conflict do nothing" if table in _REPEATED else ""
        connection.executemany(f"insert into {table} values ({marks}){known}", rows)


def _drop_dangling(connection: sqlite3.Connection) -> int:
    """Take out what is about an attribution that no record has."""
    found = 0
    for table in ("verdict", "evidence"):
        found += connection.execute(
            f"delete from {table} where attribution_id is not null "
            "and attribution_id not in (select id from attribution)"
        ).rowcount
    return found
