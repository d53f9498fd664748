"""The doctor: SQLite's own checks, every invariant, and the projection rebuilt from the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TypeAlias

from annotator.errors import AnnotatorError, DatabaseDamagedError, RowDamagedError
from annotator.model.article import Claim, Segmentation, check_segmentation
from annotator.model.attribution import check_nesting
from annotator.model.ledger import effective, registers
from annotator.model.span import Span
from annotator.model.text import article_id as id_of_text
from annotator.store import articles, ledger, projection, sources
from annotator.store.connection import SCHEME, Store, connect, stored_scheme, translated
from annotator.store.damage import UNREADABLE
from annotator.store.review import load_article, load_review
from annotator.store.schemes import PAGE
from annotator.store.suggestions import CHOICE

PROJECTED = (
    "article", "publication", "block", "sentence", "claim", "boundary", "refusal", "judgement", "attribution",
    "attribution_span", "attribution_source", "verdict", "evidence", "progress", "meta", "source_use",
    "source_entity", "source_alias",
)  # fmt: skip
"""The tables that the ledger alone determines."""

_COLUMNS = {
    "article": "id, sentences, language, rights, origin, splitter, hidden",
    "publication": "article_id, title, url, archived_url, publisher, author, published_at",
}
"""What is compared where it is not the whole row: the rest is the text, a row number or the time of the import."""

_WHERE = {
    "claim": "where article_id in (select id from article where text is not null)",
    "meta": f"where key in ('{CHOICE}', '{SCHEME}') or key glob '{PAGE}:*'",
}
"""Which rows are compared where it is not all of them."""


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
    (articles_there,) = store.connection.execute("select count(*) from article where text is not null").fetchone()
    total, numbers = articles_there + 2 * len(_pairs(store)), count(1)
    return lambda: reached(next(numbers), total)


def _examine_content(store: Store, step: Callable[[], None]) -> Iterator[Problem]:
    for table, rowid, parent, _ in store.connection.execute("pragma foreign_key_check"):
        yield Problem("foreign keys", f"{table} row {rowid} points at a missing row of {parent}")
    try:
        yield from _examine_ledger(store)
    except UNREADABLE as error:
        yield Problem("ledger", f"an entry cannot be read: {error}")
    yield from _examine_articles(store, step)
    yield from _examine_nesting(store, step)
    yield from _compare(store, step)


def _examine_ledger(store: Store) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for entry in ledger.entries(store):
        if entry.reviewer is not None and entry.reviewer != entry.reviewer.lower():
            yield Problem("ledger", f"entry {entry.id}: reviewer {entry.reviewer!r} is not in lower case")
        if entry.undoes is not None:
            wanted = "decision" if entry.kind == "undo" else "undo"
            if seen.get(entry.undoes) != wanted:
                yield Problem("ledger", f"entry {entry.id}: this {entry.kind} names no earlier {wanted}")
        seen[entry.id] = entry.kind
    for (entry_id,) in store.connection.execute(
        "select ledger.id from ledger left join article on article.id = article_id where erased = 1 "
        "and purged_at is null"
    ):
        yield Problem("ledger", f"entry {entry_id}: its payload was erased, its article was not purged")


def _examine_articles(store: Store, step: Callable[[], None]) -> Iterator[Problem]:
    rows = store.connection.execute(
        "select id, text, length, sentences from article where text is not null order by ordinal"
    )
    for id_, text, length, sentences in rows.fetchall():
        step()
        name = id_[:12]
        if id_of_text(text) != id_:
            yield Problem("article", f"{name}: the text's SHA-256 is another: it was changed outside annotator")
            continue
        if len(text) != length:
            yield Problem("article", f"{name}: length {length} is stored, the text has {len(text)} code points")
        try:
            article = load_article(store, id_)
        except UNREADABLE as error:
            yield Problem("article", f"{name}: cannot be read: {_why(error)}")
            continue
        if len(article.sentences) != sentences:
            yield Problem("article", f"{name}: {sentences} sentences counted, {len(article.sentences)} stored")
        try:
            check_segmentation(text, Segmentation(article.blocks, article.sentences, ""))
        except AnnotatorError as error:
            yield Problem("sentences", f"{name}: {error}")
        claims = store.connection.execute("select id, start, end from claim where article_id = ?", (id_,))
        for claim_id, start, end in claims.fetchall():
            if end > length or Claim(id_, Span(start, end)).id != claim_id:
                yield Problem("claim", f"{claim_id}: not the id of {start}..{end} in article {name}")


def _why(error: Exception) -> object:
    """What is wrong with the row itself."""
    return error.__cause__ if isinstance(error, RowDamagedError) and error.__cause__ is not None else error


def _pairs(store: Store) -> list[tuple[str, str]]:
    return store.connection.execute(
        "select distinct reviewer, article_id from ledger join article on article.id = ledger.article_id "
        "where kind = 'decision' and erased = 0 and text is not null order by 1, 2"
    ).fetchall()


def _examine_nesting(store: Store, step: Callable[[], None]) -> Iterator[Problem]:
    for reviewer, article_id in _pairs(store):
        step()
        try:
            check_nesting(load_review(store, load_article(store, article_id, suggested=False), reviewer).attributions)
        except UNREADABLE as error:
            yield Problem("nesting", f"{reviewer}, article {article_id[:12]}: {_why(error)}")


def rebuilt(store: Store, step: Callable[[], None] = lambda: None) -> Store:
    """A database in memory whose projection is made from the ledger alone, by folding what holds."""
    memory = connect(":memory:")
    memory.execute("pragma foreign_keys = off")
    schema = store.connection.execute(
        "select sql from sqlite_master where sql is not null and name not like 'sqlite%' "
        "and name not like '%sqlite_migrations%' order by type = 'trigger', type = 'index'"
    )
    for (statement,) in schema.fetchall():
        memory.execute(statement)
    copy = Store(memory, Path(":memory:"), store.database_id, store.scheme)
    try:
        _fold(store, copy, step)
    except BaseException:
        copy.close()
        raise
    return copy


def _fold(store: Store, copy: Store, step: Callable[[], None]) -> None:
    for table in ("article", "ledger"):
        _copy(store.connection, copy.connection, table)
    copy.connection.execute("update article set hidden = 0")
    for entry in ledger.entries(store):
        if entry.kind == "shared":
            articles.project_shared(copy, entry)
            if entry.action == "import" and entry.payload:
                facts = {**entry.payload, "sentences": len(entry.payload["sentences"]), "id": entry.article_id}
                copy.connection.execute(
                    "update article set sentences = :sentences, language = :language, rights = :rights, "
                    "origin = :origin, splitter = :splitter where id = :id",
                    {name: facts[name] for name in ("sentences", "language", "rights", "origin", "splitter", "id")},
                )
        elif entry.kind == "decision" and entry.article_id is not None:
            projection.add_claims(copy, entry.article_id, [tuple(row) for row in entry.payload.get("claims", ())])
    copy = replace(copy, scheme=stored_scheme(copy.connection, copy.path))
    for reviewer, article_id in _pairs(store):
        step()
        found = list(ledger.entries(store, "reviewer = ? and article_id = ?", [reviewer, article_id]))
        state = [
            (register, value)
            for register, value in registers(effective(found)).items()
            if value is not None and register[0] != "source"
        ]
        projection.apply_registers(copy, reviewer, article_id, state)
        projection.write_progress(copy, load_review(copy, load_article(copy, article_id, suggested=False), reviewer))
    sources.rebuild(copy)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> None:
    cursor = source.execute(f"select * from {table}")
    marks = ", ".join("?" * len(cursor.description))
    target.executemany(f"insert into {table} values ({marks})", cursor)


def _compare(store: Store, step: Callable[[], None]) -> Iterator[Problem]:
    try:
        copy = rebuilt(store, step)
    except UNREADABLE as error:
        yield Problem("projection", f"it cannot be rebuilt from the ledger: {_why(error)}")
        return
    try:
        for table in PROJECTED:
            stored, made = _rows(store, table), _rows(copy, table)
            for row in sorted(stored - made):
                yield Problem("projection", f"{table}: stored, but the ledger does not say so: {row}")
            for row in sorted(made - stored):
                yield Problem("projection", f"{table}: the ledger says so, but it is not stored: {row}")
    finally:
        copy.close()


def _rows(store: Store, table: str) -> set[str]:
    """The table's rows as text, to compare and to show."""
    columns = _COLUMNS.get(table, "*")
    where = _WHERE.get(table, "")
    return {repr(row) for row in store.connection.execute(f"select {columns} from {table} {where}")}
