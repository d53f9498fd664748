"""Reading a damaged database file row by row, whatever its schema, and what came of that."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field
from typing import Any, Protocol, TypeAlias

from annotator.errors import AnnotatorError
from annotator.model.article import Publication
from annotator.model.late import dataclass
from annotator.model.ledger import Entry

_ENDS_AFTER = 10_000
"""So many numbers in a row without a row are the end of a table whose last one cannot be asked for."""

BEHIND = 0
"""The number of no row."""

Sealed: TypeAlias = tuple[Entry, bytes | None, bytes, bytes]
"""An entry with its salt (None where it was erased), digest and seal."""
Suggested: TypeAlias = tuple[str, bytes | None, bytes | None, bytes]
"""What a suggester proposed: its name, what it proposes now, what was superseded, and the digest."""

DigestOf: TypeAlias = Callable[..., bytes]
"""Makes the digest of a row from whose it is, its article's id and its columns."""

ArticleRow: TypeAlias = tuple[Any, ...]
ARTICLE = "id, length, sentences, beginning, language, rights, origin, splitter, added_at, hidden, purged_at"
"""The columns of an article."""
UNREAD: ArticleRow = ("", 1, 1, "", "", "", "", "", 0, 0, None)
"""What stands for the row of an article that cannot be read, but for its id."""


CHANGED = "it is not what was written"


@dataclass(slots=True)
class Recovered:
    """What came back, and a line for each thing that did not.

    `unproved` says why what came back may not be what was written, where there is nothing to know that by.
    """

    texts: int = 0
    entries: int = 0
    fact_checks: int = 0
    lost: list[str] = field(default_factory=list)
    unproved: str = ""

    def lose_suggestions(self, article_id: str) -> None:
        """What was suggested for an article cannot be brought back."""
        self.lost.append(f"article {article_id[:12]}: what was suggested; `annotator suggest` asks again")


class Reader(Protocol):
    """A damaged file of one schema, read in terms of the present one. What cannot be read is told and passed over."""

    def articles(self) -> Iterator[ArticleRow]:
        """The rows of articles, with the columns of ARTICLE, in the order they were added; asked behind the entries."""
        ...

    def texts(self) -> Iterator[str]:
        """The texts of articles."""
        ...

    def publications(self) -> Iterator[tuple[str, Publication]]:
        """Where articles stood, by their ids, as far as that can be read; nothing proves it but their entries."""
        ...

    def entries(self) -> Iterator[Sealed]:
        """The entries that are what was written, as far as that can be known, in their order."""
        ...

    def owned(self, table: str, columns: Sequence[str], made: DigestOf, /) -> Iterator[tuple[Any, ...]]:
        """Rows of the table place or draft: whose, the article's id, these columns, and the digest (None without).

        `made` is the digest that it should be, of the others in their order.
        """
        ...

    def rows(
        self, table: str, columns: str, expected: Collection[int] = (), /
    ) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """The rows of a table with their numbers; those with the `expected` numbers are known to have been there."""
        ...

    def odd_rows(self, table: str, columns: str, /) -> Iterator[Iterator[tuple[int, tuple[Any, ...]]]]:
        """For each place where no row of the table is read, what may have been there."""
        ...

    def suggested(self) -> Iterator[tuple[str, Suggested]]:
        """What was proposed: the article's id, and what."""
        ...


def read_rows(
    source: sqlite3.Connection, found: Recovered, table: str, columns: str
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows of a table with their numbers; one that cannot be read is told and passed over."""
    unread: dict[int, str] = {}
    yield from rows_of(source, table, columns, unread)
    found.lost += unread.values()


def rows_of(
    source: sqlite3.Connection, table: str, columns: str, unread: dict[int, str]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The same; of one that cannot be read it is said by its number, and by BEHIND that there may be more."""
    try:
        (last,) = source.execute(f"select coalesce(max(rowid), 0) from {table}").fetchone()
    except sqlite3.DatabaseError:
        last = None
    missed = number = reached = 0
    while (last is not None and number < last) or (last is None and missed < _ENDS_AFTER):
        number += 1
        try:
            row = source.execute(f"select {columns} from {table} where rowid = ?", (number,)).fetchone()
        except sqlite3.DatabaseError as error:
            row = None
            if last is not None:
                unread[number] = f"{table} {number}: cannot be read ({why(error)})"
        missed = 0 if row is not None else missed + 1
        if row is not None:
            reached = number
            yield number, row
    if last is None:
        unread[BEHIND] = f"{table}: its end cannot be read: what came behind row {reached} is not here"


def publications_of(
    source: sqlite3.Connection, article: str, ids: Callable[[Any], str | None]
) -> Iterator[tuple[str, Publication]]:
    """Where articles stood, by their ids, which `ids` knows by what the column `article` has."""
    columns = f"{article}, title, url, archived_url, publisher, author, published_at"
    for _, (named, *said) in rows_of(source, "publication", columns, {}):
        article_id = ids(named)
        if article_id is not None and all(isinstance(each, str) and is_text(each) for each in said):
            yield article_id, Publication(*said)


def is_text(value: str) -> bool:
    """Whether it is text, and not bytes that are no UTF-8."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def read_by_key(
    source: sqlite3.Connection, found: Recovered, table: str, columns: Sequence[str], key: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a table that has its key in the place of numbers, from both ends up to where it cannot be read."""
    read: set[tuple[Any, ...]] = set()
    for direction in ("asc", "desc"):
        ordered = ", ".join(f"{each} {direction}" for each in key)
        try:
            for row in source.execute(f"select {', '.join(columns)} from {table} order by {ordered}"):
                if row not in read:
                    read.add(row)
                    yield row
        except sqlite3.DatabaseError as error:
            if direction == "asc":
                found.lost.append(f"{table}: not all of it can be read ({why(error)})")
        else:
            return


def why(error: Exception) -> str:
    """Why a row is not taken, in words: what SQLite says without those that are damaged, as Python quotes a whole text.

    What Python says of a value that is none of ours is of no use to anybody.
    """
    if not isinstance(error, (AnnotatorError, sqlite3.Error)):
        return CHANGED
    said = str(error)
    return "no UTF-8 any more" if said.startswith("Could not decode") else said
