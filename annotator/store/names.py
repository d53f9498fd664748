"""Numbers inside this file for what has a name or an id outside it.

Names that many rows share (reviewers, databases, sessions, actions, schemes, suggesters) are stored once each. A name's
number never leaves the file, and names are never changed or taken away.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from annotator.errors import NotFoundError

NONE = 0
"""The number of what is not here: no row has it."""

Kind = Literal["reviewer", "database", "session", "action", "scheme", "suggester"]


_REMEMBERED: dict[int, dict[tuple[str, ...], Any]] = {}
"""By a connection's `id` what it has read of names, where that is remembered."""


@contextmanager
def remembering(connection: sqlite3.Connection) -> Iterator[None]:
    """Inside, numbers of names and of articles, and what names lead to (`aliases`), are read once each.

    A decision asks for those of its article and its reviewer ten times each. Around one transaction, or inside it, in
    which no name is led to another, and where nothing else is asked in between.
    """
    _REMEMBERED[id(connection)] = {}
    try:
        yield
    finally:
        _REMEMBERED.pop(id(connection), None)


def remembered(connection: sqlite3.Connection) -> dict[tuple[str, ...], Any] | None:
    """What is remembered of names now, to be added to; None where nothing is to be."""
    return _REMEMBERED.get(id(connection))


def forget(connection: sqlite3.Connection) -> None:
    """Remember nothing of what was read: some of it was rolled back."""
    if id(connection) in _REMEMBERED:
        _REMEMBERED[id(connection)] = {}


def key_of(connection: sqlite3.Connection, kind: Kind, name: str) -> int:
    """The number of a name that is to be written, given one where it is new; inside the caller's transaction."""
    known = known_key(connection, kind, name)
    if known != NONE:
        return known
    cursor = connection.execute("insert into name (kind, text) values (?, ?)", (kind, name))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def known_key(connection: sqlite3.Connection, kind: Kind, name: str) -> int:
    """The number of a name, NONE where nothing has it."""
    return _number(connection, (kind, name), "select key from name where kind = ? and text = ?")


def article_key(connection: sqlite3.Connection, article_id: str) -> int:
    """The ordinal of an article, be it hidden or purged; NONE where it is unknown."""
    return _number(connection, (article_id,), "select ordinal from article where id = ?")


def _number(connection: sqlite3.Connection, of: tuple[str, ...], query: str) -> int:
    known = _REMEMBERED.get(id(connection))
    if known is not None and of in known:
        return int(known[of])
    row = connection.execute(query, of).fetchone()
    if row is None:
        return NONE
    if known is not None:
        known[of] = row[0]
    return int(row[0])


def no_article(path: Path, article_id: str) -> NotFoundError:
    """What is raised where the database has no such article."""
    return NotFoundError(f"{path}: no article {article_id[:12]}; `annotator` lists them")


def work_keys(connection: sqlite3.Connection, reviewer: str, article_id: str) -> tuple[int, int]:
    """The numbers of an article and of a reviewer, as the tables of the projection begin with them."""
    return article_key(connection, article_id), known_key(connection, "reviewer", reviewer)


def all_names(connection: sqlite3.Connection, kind: Kind) -> dict[int, str]:
    """The names of a kind by their numbers."""
    return dict(connection.execute("select key, text from name where kind = ?", (kind,)).fetchall())
