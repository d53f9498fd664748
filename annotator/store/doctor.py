"""The doctor: SQLite's own checks, every invariant and digest, and the projection rebuilt from the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from annotator.errors import AnnotatorError, DatabaseDamagedError, RowDamagedError
from annotator.model.article import Segmentation, check_segmentation
from annotator.model.attribution import check_nesting
from annotator.model.draft_key import DraftKey
from annotator.model.text import article_id as id_of_text
from annotator.store import bookmarks, digests, ledger_check
from annotator.store.article_rows import beginning_of
from annotator.store.connection import Store, translated
from annotator.store.damage import UNREADABLE
from annotator.store.drafts import draft_digest
from annotator.store.rebuilding import differences, rebuilt, work_pairs
from annotator.store.review import load_article, load_review
from annotator.store.suggestions import suggestion_digest


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it must be: which check found it, and what it found."""

    check: str
    detail: str


Reached: TypeAlias = Callable[[int, int], None]
"""Told how much of how much has been examined: articles, and each reviewer's work on one, twice."""


def _nobody(_done: int, _of: int) -> None:
    return None


def examine(store: Store, reached: Reached = _nobody) -> Iterator[Problem]:
    """Everything that is wrong with the database; nothing for a healthy one."""
    try:
        with translated(store.path):
            for (line,) in store.connection.execute("pragma integrity_check"):
                if line != "ok":
                    yield Problem("integrity", " ".join(line.split()))
            yield from _examine_content(store, _steps(store, reached))
    except DatabaseDamagedError as error:
        yield Problem("integrity", str(error))


def _steps(store: Store, reached: Reached) -> Callable[[], None]:
    """What is called for each article, and for each reviewer's work on one when it is examined and when it is made."""
    (articles_there,) = store.connection.execute("select count(*) from article where purged_at is null").fetchone()
    total, numbers = articles_there + 2 * len(work_pairs(store)), count(1)
    return lambda: reached(next(numbers), total)


def _examine_content(store: Store, step: Callable[[], None]) -> Iterator[Problem]:
    for table, rowid, parent, _ in store.connection.execute("pragma foreign_key_check"):
        yield Problem("foreign keys", f"{table} row {rowid} points at a missing row of {parent}")
    try:
        yield from _examine_ledger(store)
    except UNREADABLE as error:
        yield Problem("ledger", f"an entry cannot be read: {error}")
    yield from _examine_articles(store, step)
    yield from _examine_rows(store)
    yield from _examine_nesting(store, step)
    yield from _compare(store, step)


def _examine_ledger(store: Store) -> Iterator[Problem]:
    for entry, salt, digest, seal in ledger_check.sealed_entries(store):
        if entry.reviewer is not None and entry.reviewer != entry.reviewer.lower():
            yield Problem("ledger", f"entry {entry.id}: reviewer {entry.reviewer!r} is not in lower case")
        if salt is not None and digests.payload_digest(entry.payload, salt) != digest:
            yield Problem("ledger", f"entry {entry.id}: its payload is not the one that was written")
        if digests.seal(entry, digest) != seal:
            yield Problem("ledger", f"entry {entry.id}: it is not the one that was written")
    for entry_id, kind in ledger_check.loose_ends(store):
        wanted = "decision" if kind == "undo" else "undo"
        yield Problem("ledger", f"entry {entry_id}: this {kind} names no earlier {wanted}")
    for entry_id in ledger_check.erased_without_purge(store):
        yield Problem("ledger", f"entry {entry_id}: its payload was erased, its article was not purged")


def _examine_articles(store: Store, step: Callable[[], None]) -> Iterator[Problem]:
    rows = store.connection.execute(
        "select id, length, sentences, beginning, text from article left join article_text "
        "on article_text.article = article.ordinal where purged_at is null order by ordinal"
    )
    for id_, length, sentences, beginning, text in rows:
        step()
        name = str(id_)[:12]
        if text is None:
            yield Problem("article", f"{name}: its text is not here, and it was not purged")
            continue
        if id_of_text(text) != id_:
            yield Problem("article", f"{name}: the text's SHA-256 is another: it was changed outside annotator")
            continue
        if len(text) != length:
            yield Problem("article", f"{name}: length {length} is stored, the text has {len(text)} code points")
        if beginning_of(text) != beginning:
            yield Problem("article", f"{name}: {beginning!r} is stored as its beginning, the text begins otherwise")
        try:
            article = load_article(store, id_, suggested=False)
        except UNREADABLE as error:
            yield Problem("article", f"{name}: cannot be read: {_why(error)}")
            continue
        if len(article.sentences) != sentences:
            yield Problem("article", f"{name}: {sentences} sentences counted, {len(article.sentences)} stored")
        try:
            check_segmentation(text, Segmentation(article.blocks, article.sentences, ""))
        except AnnotatorError as error:
            yield Problem("sentences", f"{name}: {error}")


def _why(error: Exception) -> object:
    """What is wrong with the row itself."""
    return error.__cause__ if isinstance(error, RowDamagedError) and error.__cause__ is not None else error


def _examine_rows(store: Store) -> Iterator[Problem]:
    """What no entry of the ledger determines: each row has a digest of its own."""
    for article_id, suggester, current, superseded, digest in store.connection.execute(
        "select article.id, name.text, current, superseded, digest from suggestion "
        "join article on article.ordinal = article join name on name.key = suggester"
    ):
        if suggestion_digest(article_id, suggester, current, superseded) != digest:
            said = f"article {article_id[:12]}: what {suggester} proposed is not what was written"
            yield Problem("suggestion", f"{said}; `annotator suggest` asks anew")
    owned = "join article on article.ordinal = article join name on name.key = reviewer"
    for article_id, reviewer, claim, at, digest in store.connection.execute(
        f"select article.id, name.text, claim, at, digest from place {owned}"
    ):
        if bookmarks.place_digest(article_id, reviewer, claim, at) != digest:
            yield Problem("place", f"{reviewer}, article {article_id[:12]}: it is not the one that was written")
    for article_id, reviewer, kind, subject, payload, at, digest in store.connection.execute(
        f"select article.id, name.text, draft.kind, subject, payload, at, digest from draft {owned}"
    ):
        if draft_digest(reviewer, DraftKey(article_id, kind, subject), payload, at) != digest:
            yield Problem("draft", f"{reviewer}, article {article_id[:12]}: it is not the one that was written")


def _examine_nesting(store: Store, step: Callable[[], None]) -> Iterator[Problem]:
    for reviewer, article_id in work_pairs(store):
        step()
        try:
            check_nesting(load_review(store, load_article(store, article_id, suggested=False), reviewer).attributions)
        except UNREADABLE as error:
            yield Problem("nesting", f"{reviewer}, article {article_id[:12]}: {_why(error)}")


def _compare(store: Store, step: Callable[[], None]) -> Iterator[Problem]:
    try:
        copy = rebuilt(store, step)
    except UNREADABLE as error:
        yield Problem("projection", f"it cannot be rebuilt from the ledger: {_why(error)}")
        return
    try:
        for table, is_stored, row in differences(copy):
            said = "stored, but the ledger does not say so" if is_stored else "the ledger says so, but it is not stored"
            yield Problem("projection", f"{table}: {said}: {row}")
    finally:
        copy.close()
