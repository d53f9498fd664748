"""A decision before anything was looked at: SQLite looks at the shape of each page that it reads for it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import DatabaseDamagedError
from annotator.store import open_store
from annotator.workflow import judging
from annotator.workflow.session import ReviewSession

TOUCHED = (
    "ledger",
    "ledger_order",
    "ledger_by_article",
    "ledger_by_reviewer",
    "judgement",
    "progress",
    "place",
    "name",
)
"""What a decision reads and writes into."""
DECISIONS = "select count(*) from ledger not indexed where kind = 0"


def decide(path: Path, number: int) -> None:
    """Open the first article and decide about a claim at once."""
    with closing(open_store(path)) as store:
        (article,) = store.connection.execute("select id from article order by ordinal limit 1").fetchone()
        ana = ReviewSession(store, "ana")
        ana.open(article)
        ana.apply(judging.worth, ana.review.claims[number], "1")


def misshapen(path: Path, name: str) -> None:
    """Have the cells of a table's or index's first page begin where there are none."""
    with closing(sqlite3.connect(path)) as raw:
        (size,) = raw.execute("pragma page_size").fetchone()
        (root,) = raw.execute("select rootpage from sqlite_master where name = ?", (name,)).fetchone()
    held = bytearray(path.read_bytes())
    at = (root - 1) * size
    cells = int.from_bytes(held[at + 3 : at + 5])
    pointers = at + (12 if held[at] in (2, 5) else 8)
    held[pointers : pointers + 2 * cells] = b"\xff\xff" * cells
    path.write_bytes(held)


@pytest.mark.parametrize("name", TOUCHED)
def test_a_page_that_it_touches_and_that_is_misshapen_keeps_it_from_being_stored(
    fresh_database: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "work.db"
    path.write_bytes(fresh_database.read_bytes())
    decide(path, 0)
    misshapen(path, name)
    with pytest.raises(DatabaseDamagedError):
        decide(path, 1)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("pragma cell_size_check = on")  # what SQLite makes of such cells is else what lies behind the page
        if name == "ledger":
            with pytest.raises(sqlite3.DatabaseError, match="malformed"):
                raw.execute(DECISIONS).fetchone()
        else:
            assert raw.execute(DECISIONS).fetchone() == (1,)
