"""Bringing a database of an earlier version up to date: who is told of it, and how far it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol, TypeAlias, TypeVar

from sqlite_utils import Database

from annotator.model.late import dataclass

Reached: TypeAlias = Callable[[int, int], None]
"""Told how much of how much is done, in units of `Pace`."""
Item = TypeVar("Item")


class Told(Protocol):
    """Who is told what opening a database waits for."""

    def waits(self, path: Path) -> None:
        """Another program is bringing it up to date; said once."""

    def updates(self, path: Path, copy: Path | None) -> AbstractContextManager[Reached]:
        """It is brought up to date inside, until that is committed; `copy` is where it stays as it was.

        None where it cannot be written: only what is read of it is brought up to date, and each time.
        """

    def shrinks(self) -> None:
        """It is up to date, and the room that it no longer needs is given back."""


class Nobody:
    """Nothing is said."""

    def waits(self, path: Path) -> None:
        """Not said."""

    def updates(self, path: Path, copy: Path | None) -> AbstractContextManager[Reached]:  # noqa: ARG002 - nobody asks
        """Not said."""
        return nullcontext(lambda _done, _of: None)

    def shrinks(self) -> None:
        """Not said."""


NOBODY = Nobody()


class OfACopy(Nobody):
    """Tells of a database that is brought up to date in a copy, because it cannot be written."""

    def __init__(self, told: Told, path: Path) -> None:
        self._told, self._path = told, path

    def updates(self, path: Path, copy: Path | None) -> AbstractContextManager[Reached]:  # noqa: ARG002 - of the copy
        """Said of the database itself."""
        return self._told.updates(self._path, None)


PAGES = 25
"""Pages of the file whose copying is one unit."""
TEXT, ARTICLE, ENTRY, SUGGESTED, WORTH, CHECK = 1, 2, 1, 6, 5, 1
"""Units that migrations take for one text, article, ledger entry, what is suggested for an article, and fact-check."""

WITH_CHECKS = 5
"""The first schema with fact-checks."""


@dataclass(slots=True)
class Pace:
    """How far it is; a unit is about half a millisecond."""

    total: int
    reached: Reached
    done: int = 0
    _pages: int = 0

    def more(self, units: int) -> None:
        """So many units more are done; never more than there are, however few were expected."""
        self.done = min(self.total, self.done + units)
        self.reached(self.done, self.total)

    def over(self, items: Iterable[Item], units: int) -> Iterator[Item]:
        """The items; when the next is asked for, so many units more are done."""
        for item in items:
            yield item
            self.more(units)

    def copied(self, _status: int, remaining: int, total: int) -> None:
        """So many pages of the file remain to be copied, of so many: what SQLite says of a backup."""
        before, self._pages = self._pages, total - remaining
        self.more(self._pages // PAGES - before // PAGES)


class PacedDatabase(Database):
    """The database as migrations are given it, with the pace that they are to report to."""

    def __init__(self, connection: sqlite3.Connection, pace: Pace) -> None:
        super().__init__(connection)
        self.pace = pace


def pace_of(db: Database) -> Pace:
    """What a migration reports to: nobody's where it is not told."""
    return db.pace if isinstance(db, PacedDatabase) else Pace(0, lambda _done, _of: None)


def units(connection: sqlite3.Connection, version: int) -> int:
    """About how many units it takes from this schema; measured on 600 articles of the second schema."""

    def count(what: str) -> int:
        return int(connection.execute(f"select count(*) from {what}").fetchone()[0])

    articles = count("article")
    (pages,) = connection.execute("pragma page_count").fetchone()
    taken = int(pages) // PAGES
    if version < 2:
        taken += TEXT * articles
    if version < 3:
        taken += (ARTICLE + SUGGESTED) * articles + ENTRY * count("ledger")
        taken += WORTH * (articles + count("(select distinct reviewer, article_id from progress)"))
    elif version < 6:
        taken += WORTH * (articles + count("progress"))
    if version >= WITH_CHECKS:
        taken += CHECK * count("fact_check")
    return taken
