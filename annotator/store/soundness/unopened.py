"""What is wrong with a database that cannot even be opened, in words, where it is one of this program's.

Of any other file there is nothing to find: that it is none of ours is all that is to be said.
"""

from __future__ import annotations

import mmap
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from annotator.errors import (
    DatabaseDamagedError,
    NewerDatabaseError,
    NotADatabaseError,
    OtherDatabaseError,
    StoreError,
)
from annotator.store.opening import APPLICATION_ID, SCHEMA_VERSION
from annotator.store.recovery.schema_version import UNREADABLE_FILE, told_schema
from annotator.store.soundness.damage import is_of_schema
from annotator.store.soundness.problem import Problem

_MIGRATION = b"m0001_first_schema"
"""Stands in every database of ours, as the name of the first migration that made it."""
_WHOSE = slice(68, 72)
"""Where its header says whose it is."""


def wrong_with(path: Path, error: StoreError) -> Problem | None:
    """The finding that opening the file ended with this error; None where it is not ours, or says nothing of damage."""
    if not _is_ours(path):
        return None
    if isinstance(error, NotADatabaseError):
        return Problem("integrity", "its first bytes are not those of an SQLite database")
    if isinstance(error, OtherDatabaseError):
        return Problem("integrity", "its header says that it is another program's, and its migrations are annotator's")
    if isinstance(error, NewerDatabaseError):
        return _wrong_schema(path)
    if isinstance(error, DatabaseDamagedError):
        said = str(error).removeprefix(f"{path}: ").split("; ")[0]
        return Problem("integrity", said)
    if is_of_schema(error):
        return Problem("schema", f"what is asked of it cannot be answered: {error.__cause__}")
    return None


def _wrong_schema(path: Path) -> Problem | None:
    """What its header says is not what it is; nothing of one that is really a later version's."""
    with (
        suppress(*UNREADABLE_FILE),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        connection.execute("pragma writable_schema = on")
        told = told_schema(connection)
        if told is not None and told > SCHEMA_VERSION:
            return None
        (in_header,) = connection.execute("pragma user_version").fetchone()
        if told is not None:
            return Problem("integrity", f"its header says schema {in_header}, its migrations and tables another one")
    return Problem("integrity", "its header says a later schema, and what it is cannot be read")


def _is_ours(path: Path) -> bool:
    """Whether the header says so, or a migration of this program is named in the file, from which more may be cut."""
    with suppress(OSError, ValueError):
        if path.is_file():
            with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return data[_WHOSE] == APPLICATION_ID.to_bytes(4) or data.find(_MIGRATION) >= 0
    return False
