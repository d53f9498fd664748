"""Numbers inside this file for what has a name or an id outside it.

Names that many rows share (reviewers, databases, sessions, actions, schemes, suggesters) are stored once each. A name's
number never leaves the file, and names are never changed or taken away.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

from annotator.errors import NotFoundError

NONE = 0
"""The number of what is not here: no row has it."""

Kind = Literal["reviewer", "database", "session", "action", "scheme", "suggester"]


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
    row = connection.execute("select key from name where kind = ? and text = ?", (kind, name)).fetchone()
    return int(row[0]) if row else NONE


def article_key(connection: sqlite3.Connection, article_id: str) -> int:
    """The ordinal of an article, be it hidden or purged; NONE where it is unknown."""
    row = connection.execute("select ordinal from article where id = ?", (article_id,)).fetchone()
    return int(row[0]) if row else NONE


def no_article(path: Path, article_id: str) -> NotFoundError:
    """What is raised where the database has no such article."""
    return NotFoundError(f"{path}: no article {article_id[:12]}; `annotator` lists them")


def work_keys(connection: sqlite3.Connection, reviewer: str, article_id: str) -> tuple[int, int]:
    """The numbers of an article and of a reviewer, as the tables of the projection begin with them."""
    return article_key(connection, article_id), known_key(connection, "reviewer", reviewer)


def all_names(connection: sqlite3.Connection, kind: Kind) -> dict[int, str]:
    """The names of a kind by their numbers."""
    return dict(connection.execute("select key, text from name where kind = ?", (kind,)).fetchall())
