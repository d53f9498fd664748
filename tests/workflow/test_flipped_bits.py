"""Bits that flip in a page: whatever SQLite's own check finds of it, nothing more is stored once it was looked at.

In CI a few files. For many, after a change of the store:

    FLIPS=500 python -m pytest -n 0 tests/workflow/test_flipped_bits.py
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from annotator import segmentation
from annotator.errors import AnnotatorError
from annotator.model.article import Article, Publication
from annotator.store import Store, articles, open_store
from annotator.store.soundness.damage_mark import mark_file
from annotator.store.soundness.page_check import check_pages
from annotator.workflow import judging
from annotator.workflow.session import ReviewSession

IN_CI = 30
FLIPS = int(os.environ.get("FLIPS", IN_CI))
BITS, HEADER, PAGE = 3, 100, 4096


def flipped(whole: bytes, chosen: random.Random) -> bytes:
    """The file with some bits of one page changed; of the first page only its header, every third time."""
    data = bytearray(whole)
    first, behind = 0, HEADER
    if chosen.randrange(3):
        first = PAGE * chosen.randrange(len(whole) // PAGE)
        behind = first + PAGE
    for _ in range(BITS):
        data[chosen.randrange(first, behind)] ^= 1 << chosen.randrange(8)
    return bytes(data)


def is_sound(path: Path) -> bool:
    """Whether SQLite's own check finds nothing, asked of the file itself."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            return bool(connection.execute("pragma integrity_check(1)").fetchone() == ("ok",))
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return False


def stored(store: Store, article_id: str) -> list[str]:
    """What was stored all the same, of a decision, an undo and an import; each of them may be refused."""
    done: list[str] = []

    def attempt(what: str, write: Callable[[], object]) -> None:
        with suppress(AnnotatorError):
            write()
            done.append(what)

    session = ReviewSession(store, "ana")
    with suppress(AnnotatorError):
        session.open(article_id)
        session.check()
        session._verifying.look_at_pages()
    if session._verifying._pages is not None:
        session._verifying._pages.wait()
    attempt("decision", lambda: session.apply(judging.worth, session.review.claims[0], "1"))
    attempt("undo", session.undo)

    def bring() -> None:
        check_pages(store)
        more = Article("Fog came.", "more.txt", Publication())
        articles.add_article(store, more, segmentation.split(more.text), [], None)

    attempt("import", bring)
    return done


@pytest.mark.times(FLIPS / IN_CI)
def test_what_sqlite_finds_damaged_is_written_to_no_more(tmp_path: Path) -> None:
    path = tmp_path / "whole.db"
    with closing(open_store(path)) as store:
        ids = []
        for number in range(4):
            text = " ".join(f"Quay {number} was shut on day {day}." for day in range(60))
            article = Article(text, "made.txt", Publication(title=f"Quay {number}"))
            articles.add_article(store, article, segmentation.split(text), [], None)
            session = ReviewSession(store, "ana")
            session.open(article.id)
            for claim in session.review.claims[1:20]:
                session.apply(judging.worth, claim, "2")
            ids.append(article.id)
    whole, chosen = path.read_bytes(), random.Random(os.environ.get("FLIPS_SEED", "quay"))
    damaged = 0
    for number in range(FLIPS):
        path = tmp_path / f"{number}.db"
        path.write_bytes(flipped(whole, chosen))
        sound = is_sound(path)
        damaged += not sound
        done = ["none"]
        with suppress(AnnotatorError), closing(open_store(path)) as store:
            done += stored(store, ids[0])
        assert sound or done == ["none"], (number, done)
        assert not (sound and mark_file(path).exists()), number
        for file in tmp_path.glob(f"{number}.db*"):
            file.unlink()
    assert damaged > FLIPS // 10
