"""The index of published fact-checks: which of them share rare words with a text, by SQLite's FTS5.

Words come as the caller read them (stems); what a claim is ranked by is decided there too.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from annotator.model.check import Check

MOST_CANDIDATES = 120
"""So many checks are taken, the best by the index's own BM25."""

_SHARE, _ALWAYS = 0.02, 4_000
"""A word of more than this share of the checks finds none by itself, unless that is fewer than so many checks.

BM25 reads every check that has one of the words: in 200,000 checks the common words take half a second and hardly
change who is among the first.
"""
_AT_LEAST = 3
_ASKED_AT_ONCE = 500
FIELDS = tuple(field.name for field in fields(Check))
_INSERT = f"insert into fact_check (key, {', '.join(FIELDS)}) values ({', '.join('?' * (len(FIELDS) + 1))})"


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
        found: dict[str, int] = {}
        asked = sorted(words)
        for at in range(0, len(asked), _ASKED_AT_ONCE):
            part = asked[at : at + _ASKED_AT_ONCE]
            marks = ", ".join("?" * len(part))
            found.update(
                self.connection.execute(f"select word, checks from fact_check_word where word in ({marks})", part)
            )
        return found

    def candidates(self, words: Iterable[str], most: int = MOST_CANDIDATES) -> list[Check]:
        """The checks that share rare words with these, the best first; what was withdrawn is none."""
        chosen = _finding(self.counts(words), self.size().checks)
        if not chosen:
            return []
        asked = " OR ".join(f'"{word}"' for word in chosen)
        columns = ", ".join(f"fact_check.{field}" for field in FIELDS)
        rows = self.connection.execute(
            "with found as (select rowid, rank from fact_check_words "
            "where fact_check_words match ? order by rank limit ?) "
            f"select {columns} from found join fact_check on ordinal = found.rowid "
            "where withdrawn = 0 order by found.rank, ordinal",
            (asked, most),
        )
        return [check_from(row) for row in rows]

    @contextmanager
    def filling(self) -> Iterator[None]:
        """One transaction around what is added; for an index in memory."""
        self.connection.execute("begin")
        yield
        self.connection.execute("commit")

    def add(self, rows: Iterable[tuple[Check, Sequence[str], Sequence[str]]]) -> None:
        """Add checks, each with its claim's and its title's words as they were read.

        Inside the caller's transaction. A key that is there already breaks it.
        """
        counts: Counter[str] = Counter()
        checks = words = 0
        for check, claim, title in rows:
            ordinal = self.connection.execute(
                _INSERT, [check.key, *(getattr(check, name) for name in FIELDS)]
            ).lastrowid
            self.connection.execute(
                "insert into fact_check_words (rowid, claim, title) values (?, ?, ?)",
                (ordinal, " ".join(claim), " ".join(title)),
            )
            counts.update({*claim, *title})
            checks, words = checks + 1, words + len(claim) + len(title)
        self.connection.executemany(
            "insert into fact_check_word (word, checks) values (?, ?) "
            "on conflict do update set checks = checks + excluded.checks",
            sorted(counts.items()),
        )
        self.connection.execute("update fact_check_size set checks = checks + ?, words = words + ?", (checks, words))


@contextmanager
def in_memory() -> Iterator[CheckIndex]:
    """An empty index that lives in memory, for what needs no database."""
    from annotator.store.migrations import statements

    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statement in statements(Path(__file__).with_name("schema_0004.sql").read_text(encoding="utf-8")):
            connection.execute(statement)
        yield CheckIndex(connection)
    finally:
        connection.close()


def check_from(row: Sequence[Any]) -> Check:
    """The check of a row with the columns of FIELDS."""
    said = dict(zip(FIELDS, row, strict=True))
    return Check(**said | {"withdrawn": bool(said["withdrawn"])})


def _finding(known: Mapping[str, int], checks: int) -> list[str]:
    """The words that are looked for: the rare ones, and never fewer than a few."""
    by_rarity = sorted(known, key=lambda word: (known[word], word))
    most = max(_SHARE * checks, _ALWAYS)
    return [word for at, word in enumerate(by_rarity) if at < _AT_LEAST or known[word] <= most]
