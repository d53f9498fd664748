"""The index of published fact-checks: which of them share rare words with a text, by SQLite's FTS5.

Words come as the caller read them (stems); what a claim is ranked by is decided there too.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, fields
from itertools import accumulate
from typing import Any

from annotator.model.check import Check
from annotator.model.hashing import sha256
from annotator.model.late import dataclass
from annotator.store import text_index
from annotator.store.digests import row_digest
from annotator.store.fact_checks.check_scores import best_rows
from annotator.store.migration import FOLDER

MOST_CANDIDATES = 120
"""So many checks are taken, the best by the index's own BM25."""

_MOST_READ = 15_000
"""The rarest words are looked for until they stand in so many checks together.

BM25 reads every check that has one of the words: in 200,000 checks the common words take half a second and hardly
change who is among the first.
"""
_AT_LEAST = 3
FIELDS = tuple(field.name for field in fields(Check))
_COLUMNS = ("key", "digest", "collection", *FIELDS)
_INSERT = f"insert into fact_check ({', '.join(_COLUMNS)}) values ({', '.join('?' * len(_COLUMNS))})"

PRESENT = f"select ordinal, {', '.join(FIELDS)} from fact_check where replaced_by is null"
"""The fact-checks that the index is made of: what was replaced is found no more, and makes no word less rare."""

Words = tuple[Sequence[str], Sequence[str]]
"""A check's claim and its title as they were read."""


@dataclass(slots=True)
class Counted:
    """What is to be counted of what was added and what went: checks, and in how many of them each word stands."""

    words: Counter[str] = field(default_factory=Counter)
    checks: int = 0
    total: int = 0

    def more(self, words: Words) -> Words:
        """Count the words of one that is added, and give them back."""
        return self._by(1, words)

    def less(self, words: Words) -> Words:
        """The same for one that goes."""
        return self._by(-1, words)

    def _by(self, sign: int, words: Words) -> Words:
        for word in {*words[0], *words[1]}:
            self.words[word] += sign
        self.checks += sign
        self.total += sign * (len(words[0]) + len(words[1]))
        return words


@dataclass(frozen=True, slots=True)
class Size:
    """How many checks the index holds, and how many words they have together."""

    checks: int
    words: int

    @property
    def average(self) -> float:
        """The usual number of words of a check's claim and title."""
        return self.words / self.checks if self.checks else 1.0


@dataclass(frozen=True, slots=True)
class CheckIndex:
    """An index: in memory, or in a project's database. One thread uses it."""

    connection: sqlite3.Connection

    def size(self) -> Size:
        """How much it holds."""
        return Size(*self.connection.execute("select checks, words from fact_check_size").fetchone())

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many checks each of the words stands; words that are in none are left out."""
        return dict(
            self.connection.execute(
                "select word, checks from fact_check_word where word in (select value from json_each(?))",
                (json.dumps(sorted(words)),),
            )
        )

    def candidates(self, words: Iterable[str], most: int = MOST_CANDIDATES) -> list[Check]:
        """The checks that share rare words with these, the best first; neither replaced nor withdrawn ones."""
        chosen = rarest(self.counts(words))
        if not chosen:
            return []
        rows = best_rows(self.connection, chosen, most)
        if rows is None:
            rows = self._best_by_fts5(chosen, most)
        columns = ", ".join(FIELDS)
        found = {
            row[0]: check_from(row[1:])
            for row in self.connection.execute(
                f"select ordinal, {columns} from fact_check where ordinal in (select value from json_each(?)) "
                "and withdrawn = 0 and replaced_by is null",
                (json.dumps(rows),),
            )
        }
        return [found[row] for row in rows if row in found]

    def _best_by_fts5(self, words: Iterable[str], most: int) -> list[int]:
        asked = " OR ".join(f'"{word}"' for word in words)
        rows = self.connection.execute(
            "select rowid, rank from fact_check_words where fact_check_words match ? order by rank limit ?",
            (asked, most),
        )
        return [row for row, _ in sorted(rows, key=lambda each: (each[1], each[0]))]

    @contextmanager
    def filling(self) -> Iterator[None]:
        """One transaction around what is added; for an index in memory."""
        self.connection.execute("begin")
        yield
        self.connection.execute("commit")

    def add(self, rows: Iterable[tuple[Check, Words]], collection: str = "") -> None:
        """Add checks, each with its words. Inside the caller's transaction; a key that is there already breaks it."""
        counted = Counted()
        for check, words in rows:
            self.insert_words(counted.more(words), self.insert(check, collection))
        self.count(counted)

    def insert(self, check: Check, collection: str) -> int:
        """One row for the check, without its words; its number."""
        fields = [getattr(check, name) for name in FIELDS]
        row = [key_of(check), check_digest(collection, check), collection, *fields]
        return int(self.connection.execute(_INSERT, row).lastrowid or 0)

    def insert_words(self, words: Words, ordinal: int) -> None:
        """The words of the row with this number."""
        claim, title = words
        self.connection.execute(
            "insert into fact_check_words (rowid, claim, title) values (?, ?, ?)",
            (ordinal, " ".join(claim), " ".join(title)),
        )

    def remove_words(self, ordinal: int, words: Words) -> None:
        """Forget the words of the row with this number: these, exactly as they were inserted."""
        claim, title = words
        self.connection.execute(
            "insert into fact_check_words (fact_check_words, rowid, claim, title) values ('delete', ?, ?, ?)",
            (ordinal, " ".join(claim), " ".join(title)),
        )

    def count(self, counted: Counted) -> None:
        """Count what was added and what went."""
        self.connection.executemany(
            "insert into fact_check_word (word, checks) values (?, max(?2, 0)) "
            "on conflict do update set checks = max(checks + ?2, 0)",
            sorted((word, by) for word, by in counted.words.items() if by),
        )
        self.connection.execute(
            "update fact_check_size set checks = max(checks + ?, 0), words = max(words + ?, 0), changes = changes + 1",
            (counted.checks, counted.total),
        )

    def empty(self) -> None:
        """Forget all words, so that they can be added anew; the checks stay."""
        text_index.empty(self.connection, "fact_check_words")
        self.connection.execute("delete from fact_check_word")
        self.connection.execute("update fact_check_size set checks = 0, words = 0, changes = changes + 1")


_SCHEMA = ("schema_0005.sql", "schema_0009.sql")


@contextmanager
def in_memory() -> Iterator[CheckIndex]:
    """An empty index that lives in memory, for what needs no database."""
    from annotator.store.migration.own_schema import statements

    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for name in _SCHEMA:
            for statement in statements((FOLDER / name).read_text(encoding="utf-8")):
                connection.execute(statement)
        yield CheckIndex(connection)
    finally:
        connection.close()


def key_of(check: Check) -> bytes:
    """What a newer row about the same fact-check has in common with an older one, in sixteen bytes."""
    return sha256(check.key.encode()).digest()[:16]


def check_digest(collection: str, check: Check) -> bytes:
    """The digest of a row of the table fact_check, but for its number and what took its place."""
    fields = [getattr(check, name) for name in FIELDS]
    return row_digest("fact_check", collection, *(int(each) if isinstance(each, bool) else each for each in fields))


def is_imported(key: bytes, digest: bytes, collection: str, check: Check) -> bool:
    """Whether a row's key and digest are those of what it says."""
    return key == key_of(check) and digest == check_digest(collection, check)


def check_from(row: Sequence[Any]) -> Check:
    """The check of a row with the columns of FIELDS."""
    *said, withdrawn = row
    return Check(*(*said, bool(withdrawn)))


def rarest(known: Mapping[str, int]) -> list[str]:
    """The words that are looked for: the rarest, and never fewer than a few."""
    by_rarity = sorted(known, key=lambda word: (known[word], word))
    read = accumulate(known[word] for word in by_rarity)
    return [
        word
        for at, (word, sum_) in enumerate(zip(by_rarity, read, strict=True))
        if at < _AT_LEAST or sum_ <= _MOST_READ
    ]
