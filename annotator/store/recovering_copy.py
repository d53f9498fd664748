"""A copy of a damaged file to recover from, whose tables can be asked for where the SQL that made them is damaged.

Where a table lies is in another column of the schema; what it looks like is known.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from annotator.errors import NotFoundError
from annotator.store.opening import SCHEMA_VERSION
from annotator.store.recovering_schema import told_schema

COPY = "broken.db"
_TABLE = re.compile(r"create table (\w+)", re.IGNORECASE)


def copied(broken: Path, folder: Path) -> sqlite3.Connection:
    """A connection to a copy, with the write-ahead log that lies beside the file: nothing is written to either."""
    copy = folder / COPY
    for suffix in ("", "-wal"):
        file = broken.with_name(broken.name + suffix)
        if file.is_file():
            shutil.copyfile(file, folder / f"{COPY}{suffix}")
    if not copy.exists():
        raise NotFoundError(f"{broken}: no such file")
    # What SQLite does not get to is looked for in the pages themselves.
    with suppress(sqlite3.DatabaseError):
        _mend_schema(copy)
    return _connected(copy)


def _connected(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy)
    # What is no SQL any more is passed over.
    connection.execute("pragma writable_schema = on")
    return connection


def _mend_schema(copy: Path) -> None:
    from annotator.store.migrations import statements

    script = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
    with closing(_connected(copy)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        if told_schema(connection) != SCHEMA_VERSION:
            return
        for statement in statements(script):
            if found := _TABLE.search(statement):
                connection.execute(
                    "update sqlite_master set sql = ? where type = 'table' and name = ? and sql is not ?",
                    (made := statement[found.start() :].rstrip(";"), found[1], made),
                )
        connection.commit()
