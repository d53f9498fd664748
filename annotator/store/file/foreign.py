"""Somebody else's database file: copied without being changed, and looked at before it is believed."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.errors import DatabaseDamagedError, NotFoundError, OtherDatabaseError, StoreError
from annotator.store.connection import translated
from annotator.store.file.copying import copy_whole
from annotator.store.migration import FOLDER
from annotator.store.opening import identify
from annotator.store.soundness.sqlite_check import damage
from annotator.temporary import told_as_temporary

_LONGEST_VALUE = 64 * 1024 * 1024
"""Bytes of a value: more than any article or entry has."""


def copy_foreign(path: Path, target: Path) -> None:
    """Copy a database to the temporary file `target` as of one moment, with what its write-ahead log holds.

    It is never written to. Raises NotFoundError, StoreError and NoRoomError.
    """
    if identify(path) is None:
        raise NotFoundError(f"{path}: an empty file, and no database" if path.exists() else f"{path}: no such database")
    try:
        with told_as_temporary(), translated(path):
            copy_whole(path, target)
    except OSError as error:
        raise StoreError(f"{path}: cannot be copied to {target.parent}: {error.strerror}") from error


def check_foreign(copy: Path, path: Path, opened: sqlite3.Connection | None = None) -> None:
    """Refuse a database with triggers or views in the place of ours, or values too large to be any of ours.

    `copy` is the file to look at and `path` what it is called; `opened` is its connection once it is of this version:
    then its tables must be exactly ours. Raises OtherDatabaseError and DatabaseDamagedError.
    """
    with translated(path), closing(sqlite3.connect(copy)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        said = next(damage(connection, "quick_check"), "")
        if said:
            raise DatabaseDamagedError(f"{path}: the database is damaged ({said}); restore a copy of it")
        rows = connection.execute("select type, name, coalesce(sql, '') from sqlite_master").fetchall()
    names = {name for type_, name, _ in rows if type_ == "trigger"} - _known_triggers()
    if names:
        raise OtherDatabaseError(f"{path}: has a trigger that annotator did not make ({min(names)}): it is not taken")
    if opened is None:
        return
    opened.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    wanted = dict(_own_objects())
    there = {name: sql for _, name, sql in rows}
    changed = [name for name, sql in wanted.items() if there.get(name) != sql]
    if changed:
        raise OtherDatabaseError(f"{path}: its table {min(changed)} is not what annotator makes: it is not taken")


def _known_triggers() -> set[str]:
    """The names of every trigger that a version of this program has made."""
    written = "".join(file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("schema_*.sql")))
    return set(re.findall(r"^create trigger (\w+)", written, re.MULTILINE))


def _own_objects() -> list[tuple[str, str]]:
    """The name and the SQL of everything in a new database of this version."""
    from sqlite_utils import Database

    from annotator.store.migration.migrations import migrations

    with closing(sqlite3.connect(":memory:")) as memory:
        migrations.apply(Database(memory))
        return memory.execute(
            "select name, sql from sqlite_master where sql is not null and name not like 'sqlite_%' "
            "and name not like '%_sqlite_migrations%'"
        ).fetchall()
