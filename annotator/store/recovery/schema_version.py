"""Which schema a damaged database has: what its header says is four bytes, and one bit makes them another number.

It stands in the file three times over: in the header, as the list of the migrations that made it, and as the tables and
indexes that there are.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import suppress

from annotator.store.migration import FOLDER
from annotator.store.opening import SCHEMA_VERSION

UNREADABLE_FILE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What asking for the schema raises where SQLite cannot read it, or Python its message."""

_CREATED = re.compile(r"^create (?:unique |virtual )?(?:table|index|trigger) (\w+)", re.MULTILINE | re.IGNORECASE)


def told_schema(connection: sqlite3.Connection) -> int | None:
    """What most of the three say, or else the list of migrations; None where there is at most the header."""
    said = [version for version in (_by_migrations(connection), _by_tables(connection)) if version]
    if not said:
        return None
    with suppress(*UNREADABLE_FILE):
        (in_header,) = connection.execute("pragma user_version").fetchone()
        said.append(int(in_header))
    return Counter(said).most_common(1)[0][0]


def _by_migrations(connection: sqlite3.Connection) -> int:
    """How many migrations have been applied; 0 where that cannot be read."""
    with suppress(*UNREADABLE_FILE):
        (applied,) = connection.execute(
            "select count(*) from _sqlite_migrations where migration_set = 'annotator'"
        ).fetchone()
        return int(applied)
    return 0


def _by_tables(connection: sqlite3.Connection) -> int:
    """The last schema that brought a table or an index that is there; 0 for none."""
    with suppress(*UNREADABLE_FILE):
        there = {name for (name,) in connection.execute("select name from sqlite_master")}
        known: set[str] = set()
        last = 0
        for version in range(1, SCHEMA_VERSION + 1):
            script = FOLDER / f"schema_{version:04}.sql"
            created = set(_CREATED.findall(script.read_text(encoding="utf-8"))) if script.exists() else set()
            if (created - known) & there:
                last = version
            known |= created
        return last
    return 0
