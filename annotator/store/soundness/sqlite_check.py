"""What SQLite's own checks say of a database, with what is about the indexes of words apart: those can be made anew.

From 3.44 on SQLite also has FTS5 look at its indexes (https://www.sqlite.org/releaselog/3_44_0.html). Of one that
cannot be looked at, as where nothing may be written, it says no more than that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Literal

_MOST = 100
"""Lines that are asked for."""

_NOT_LOOKED_AT = "unable to validate"
_OF_AN_INDEX = (_NOT_LOOKED_AT, "malformed inverted index", "FTS5 table")


def damage(connection: sqlite3.Connection, check: Literal["integrity_check", "quick_check"]) -> Iterator[str]:
    """What is wrong with pages, rows and SQLite's own indexes, each in a line; nothing for sound ones."""
    return (line for line in _said(connection, check) if not _is_of_an_index(line))


def damage_and_indexes(
    connection: sqlite3.Connection, check: Literal["integrity_check", "quick_check"]
) -> Iterator[tuple[str, bool]]:
    """The same, and what is wrong with indexes of words; with each line whether it is about one of those."""
    for line in _said(connection, check):
        if not line.startswith(_NOT_LOOKED_AT):
            yield line, _is_of_an_index(line)


def _said(connection: sqlite3.Connection, check: str) -> Iterator[str]:
    for (line,) in connection.execute(f"pragma {check}({_MOST})"):
        if line != "ok":
            yield " ".join(line.split())


def _is_of_an_index(line: str) -> bool:
    return any(words in line for words in _OF_AN_INDEX)
