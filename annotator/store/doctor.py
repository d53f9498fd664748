"""The doctor: SQLite's own checks, every invariant and digest, and the projection rebuilt from the ledger.

A quick look has what SQL alone can see, and follows no entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, count
from typing import TypeAlias

from annotator.errors import AnnotatorError, DatabaseDamagedError, RowDamagedError
from annotator.model.article import Segmentation, check_segmentation
from annotator.model.attribution import check_nesting
from annotator.model.text import article_id as id_of_text
from annotator.store import digests, ledger_check, loose_ends, own_digests
from annotator.store.article_rows import beginning_of
from annotator.store.connection import Store, translated
from annotator.store.damage import UNREADABLE
from annotator.store.problem import Problem
from annotator.store.rebuilding import differences, rebuilt, work_pairs
from annotator.store.review import load_article, load_review

Reached: TypeAlias = Callable[[int, int], None]
"""Told how much of how much has been examined: articles, and each reviewer's work on one, twice."""


def _nobody(_done: int, _of: int) -> None:
    return None


def examine(store: Store, reached: Reached = _nobody) -> Iterator[Problem]:
    """Everything that is wrong with the database; nothing for a healthy one."""
    return _readable(store, chain(_pages(store, "integrity_check"), _examine_content(store, reached)))


UNSEEN_QUICKLY = (
    "texts, sentences, suggestions, indexes, the ledger's digests and seals, and whether what is stored follows from it"
)
"""What `examine_quickly` does not look at, in words."""


def examine_quickly(store: Store) -> Iterator[Problem]:
    """What is wrong as far as SQL alone can see it, and with places and drafts; UNSEEN_QUICKLY is left out."""
    looked = (
        loose_ends.foreign_keys, loose_ends.of_the_ledger, loose_ends.of_articles, loose_ends.of_attributions,
        own_digests.of_places_and_drafts,
    )  # fmt: skip
    return _readable(store, chain(_pages(store, "quick_check"), *(look(store) for look in looked)))


def _readable(store: Store, problems: Iterator[Problem]) -> Iterator[Problem]:
    """The problems, and at last that the file cannot be read any further, where that is so."""
    try:
        with translated(store.path):
            yield from problems
    except DatabaseDamagedError as error:
        yield Problem("integrity", str(error))


def _pages(store: Store, check: str) -> Iterator[Problem]:
    for (line,) in store.connection.execute(f"pragma {check}"):
        if line != "ok":
            yield Problem("integrity", " ".join(line.split()))


def _steps(store: Store, reached: Reached) -> Callable[[], None]:
    """What is called for each article, and for each reviewer's work on one when it is examined and when it is made."""
    (articles_there,) = store.connection.execute("select count(*) from article where purged_at is null").fetchone()
    total, numbers = articles_there + 2 * len(work_pairs(store)), count(1)
    return lambda: reached(next(numbers), total)


def _examine_content(store: Store, reached: Reached) -> Iterator[Problem]:
    step = _steps(store, reached)
    yield from loose_ends.foreign_keys(store)
    try:
        yield from _examine_ledger(store)
    except UNREADABLE as error:
        yield Problem("ledger", f"an entry cannot be read: {error}")
    yield from loose_ends.of_the_ledger(store)
    yield from loose_ends.of_articles(store)
    yield from loose_ends.of_attributions(store)
    yield from _examine_articles(store, step)
    yield from own_digests.of_suggestions(store)
    yield from own_digests.of_places_and_drafts(store)
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


def _examine_articles(store: Store, step: Callable[[], None]) -> Iterator[Problem]:
    rows = store.connection.execute(
        "select id, length, sentences, beginning, text from article left join article_text "
        "on article_text.article = article.ordinal where purged_at is null order by ordinal"
    )
    for id_, length, sentences, beginning, text in rows:
        step()
        name = str(id_)[:12]
        if text is None:
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
