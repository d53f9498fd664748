"""Reviewers' names that lead to others, as the settings say it: what a name means now, and whose entries are one's own.

Tables of the present state have the present name alone; the ledger has the names that entries were made under.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from annotator.model.project import Project
from annotator.model.renaming import ALIAS, present_names, related
from annotator.store.names import NONE, known_key, remembered
from annotator.store.payloads import lengthened

RENAME = "rename"
"""The ledger's action of renaming a reviewer, joining two, and taking that back."""

_BEHIND = ALIAS[:-1] + chr(ord(ALIAS[-1]) + 1)


def aliases(connection: sqlite3.Connection) -> dict[str, str]:
    """The name that each name leads to, one step on."""
    known = remembered(connection)
    if known is not None and (ALIAS,) in known:
        return dict(known[ALIAS,])
    rows = connection.execute("select name, value from setting where name >= ? and name < ?", (ALIAS, _BEHIND))
    found = {name.removeprefix(ALIAS): json.loads(value) for name, value in rows}
    if known is not None:
        known[ALIAS,] = dict(found)
    return found


def now_called(connection: sqlite3.Connection) -> dict[str, str]:
    """The present name of each name that leads to another."""
    found = aliases(connection)
    return present_names(found) if found else {}


def present_name(connection: sqlite3.Connection, name: str) -> str:
    """What a name means at present."""
    return now_called(connection).get(name, name)


def check_present(connection: sqlite3.Connection, name: str | None) -> None:
    """Raise DecisionRefused, which says the present name, where a name leads to another."""
    Project(renamed=now_called(connection)).check_name(name)


def own_keys(connection: sqlite3.Connection, reviewer: str | None) -> tuple[int, ...]:
    """The numbers of all names that mean the reviewer at present; that of no name where hers leads to another."""
    return tuple(known_key(connection, "reviewer", name) for name in own_names(connection, reviewer or "")) or (NONE,)


def own_names(connection: sqlite3.Connection, reviewer: str) -> list[str]:
    """All names that mean the reviewer at present, hers first; none where hers leads to another."""
    names = now_called(connection)
    return [] if reviewer in names else [reviewer, *(name for name, now in names.items() if now == reviewer)]


def one_of(keys: tuple[int, ...]) -> str:
    """The comparison with one of so many numbers, as SQL with parameters."""
    return "= ?" if len(keys) == 1 else f"in ({', '.join('?' * len(keys))})"


def ever_connected(connection: sqlite3.Connection, reviewer: str) -> frozenset[str]:
    """All names that were ever connected with a reviewer's, also where that was taken back; nothing where none was."""
    return related(_pairs(connection), reviewer)


def all_connected(connection: sqlite3.Connection) -> frozenset[str]:
    """All names that were ever connected with another."""
    return frozenset(name for pair in _pairs(connection) for name in pair)


def _pairs(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    action = known_key(connection, "action", RENAME)
    if action == NONE:
        return
    # As `ledger.SHARED`; the ledger's reading needs this module.
    rows = connection.execute(
        "select payload from ledger indexed by ledger_shared where article is null and kind = 3 and action = ?",
        (action,),
    )
    for (payload,) in rows.fetchall():
        for _, (name,), to in lengthened(payload)["changes"]:
            if to is not None:
                yield name.removeprefix(ALIAS), to
