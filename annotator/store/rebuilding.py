"""The projection made anew from the ledger alone, in a private file, and what differs from what is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote

from annotator.model.ledger import effective, registers
from annotator.model.uniting import sound
from annotator.store import articles, ledger, projection, sources
from annotator.store.connection import SCHEME, Store, stored_scheme
from annotator.store.review import load_article, load_review
from annotator.store.schemes import PAGE
from annotator.store.suggestions import CHOICE

PROJECTED = (
    "article", "publication", "boundary", "refusal", "judgement", "attribution", "attribution_source", "verdict",
    "evidence", "progress", "meta", "source_use", "source_entity", "source_alias",
    "setting", "assignment", "question",
)  # fmt: skip
"""The tables that the ledger alone determines."""

_COLUMNS = {
    "article": "id, sentences, language, rights, origin, splitter, hidden",
    "publication": "article, title, url, archived_url, publisher, author, published_at",
}
"""What is compared where it is not the whole row: the rest is the text's, a row number or the time of the import."""

_WHERE = {"meta": f"where key in ('{CHOICE}', '{SCHEME}') or key glob '{PAGE}:*'"}
"""Which rows are compared where it is not all of them."""


def rebuilt(store: Store, step: Callable[[], None] = lambda: None) -> Store:
    """A database of its own whose projection is made from the ledger alone, by folding what holds.

    It has the tables of the projection, empties itself when it is closed, and sees everything else (ledger, texts,
    names) of the store that it is made of, without writing there. `step` is called for each reviewer and article.
    """
    # An empty name is a private file that SQLite deletes: only a little of it is in memory.
    connection = sqlite3.connect("", isolation_level=None, uri=True)
    try:
        for pragma in ("foreign_keys = off", "synchronous = off", "journal_mode = off"):
            connection.execute(f"pragma {pragma}")
        marks = ", ".join("?" * len(PROJECTED))
        schema = store.connection.execute(
            f"select sql from sqlite_master where sql is not null and tbl_name in ({marks}) "
            "and type in ('table', 'index') order by type = 'index'",
            PROJECTED,
        ).fetchall()
        for (statement,) in schema:
            connection.execute(statement)
        connection.execute("attach ? as stored", (f"file:{quote(str(store.path.absolute()))}?mode=ro",))
        connection.execute("begin")
        copy = Store(connection, store.path, store.database_id, store.scheme)
        _fold(copy, step)
        connection.execute("commit")
    except BaseException:
        connection.close()
        raise
    return copy


def _fold(copy: Store, step: Callable[[], None]) -> None:
    execute = copy.connection.execute
    execute("insert into article select * from stored.article")
    _fold_into(copy, step)


def refold(store: Store) -> None:
    """Make the projection of a store anew from its ledger, inside the caller's transaction."""
    for table in reversed(PROJECTED):
        where = _WHERE.get(table, "")
        if table != "article":
            store.connection.execute(f"delete from {table} {where}")
    _fold_into(store, lambda: None)


def _fold_into(copy: Store, step: Callable[[], None]) -> None:
    copy.connection.execute("update article set hidden = 0")
    for entry in ledger.shared_in_order(copy):
        articles.project_shared(copy, entry)
    copy = replace(copy, scheme=stored_scheme(copy.connection, copy.path))
    for reviewer, article_id in work_pairs(copy):
        step()
        found = list(ledger.entries_of(copy, reviewer, article_id))
        state = sound({key: value for key, value in registers(effective(found)).items() if key[0] != "source"})
        projection.apply_registers(copy, reviewer, article_id, state.items())
        projection.write_progress(copy, load_review(copy, load_article(copy, article_id, suggested=False), reviewer))
    sources.rebuild(copy)


def work_pairs(store: Store) -> list[tuple[str, str]]:
    """Reviewer and article of everything that was decided about an article whose text is here."""
    return store.connection.execute(
        "select name.text, article.id from (select distinct article, reviewer from ledger "
        f"where kind = {ledger.DECISION} and erased = 0 and article is not null) decided "
        "join article on article.ordinal = decided.article join name on name.key = decided.reviewer "
        "where purged_at is null order by 1, 2"
    ).fetchall()


def differences(copy: Store) -> Iterator[tuple[str, bool, str]]:
    """Each row in which the rebuilt and the stored projection differ: its table, whether it is stored, and the row."""
    for table in PROJECTED:
        columns, where = _COLUMNS.get(table, "*"), _WHERE.get(table, "")
        made, stored = (f"select {columns} from {place}.{table} {where}" for place in ("main", "stored"))
        for is_stored, one, other in ((True, stored, made), (False, made, stored)):
            for row in copy.connection.execute(f"{one} except {other}"):
                yield table, is_stored, repr(row)
