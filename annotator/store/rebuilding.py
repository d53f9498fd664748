"""The projection made anew from the ledger alone: in its place, or beside it to see what differs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from urllib.parse import quote

from annotator.errors import DatabaseBusyError
from annotator.store import aliases, articles, ledger, project, projection, questions, sources, worths_anew
from annotator.store.connection import SCHEME, Store, stored_scheme
from annotator.store.names import key_of, work_keys
from annotator.store.review import load_article, load_review
from annotator.store.schemes import PAGE
from annotator.store.suggestions import CHOICE
from annotator.store.united_work import folded
from annotator.store.work_rows import TABLES

SHARED = (
    "article", "publication", "meta", "source_use", "source_entity", "source_alias", "setting", "assignment",
    "question",
)  # fmt: skip
"""The tables that the ledger alone determines, and that are everybody's."""

PROJECTED = (*SHARED, *TABLES, "progress")
"""The tables that the ledger alone determines."""

_COLUMNS = {
    "article": "id, sentences, language, rights, origin, splitter, hidden",
    "publication": "article, title, url, archived_url, publisher, author, published_at",
}
"""What is compared where it is not the whole row: the rest is the text's, a row number or the time of the import."""

_WHERE = {"meta": f"where key in ('{CHOICE}', '{SCHEME}') or key glob '{PAGE}:*'"}
"""Which rows are compared where it is not all of them."""

_TRIES = 100
"""How often two connections are begun until they see one moment; it takes a ten thousandth of a second."""

_OF_A_REVIEWER = (
    "boundary", "refusal", "judgement", "attribution", "attribution_source", "verdict", "evidence", "progress",
)  # fmt: skip
"""The tables with what reviewers have decided, each row one's own."""


@contextmanager
def one_moment(store: Store, begin: Callable[[], object] = lambda: None) -> Iterator[Store]:
    """Hold still what is read of a store, and see the same in an empty database beside it as `stored`; others write on.

    Meanwhile the write-ahead log grows by what they write. What is beside empties itself when it is closed. Whoever
    begins to read when `begin` is called, and forgets what an earlier call saw, sees the same too. Raises
    DatabaseBusyError where others write so much that no two connections see the same.
    """
    # An empty name is a private file that SQLite deletes: only a little of it is in memory.
    with closing(sqlite3.connect("", isolation_level=None, uri=True)) as connection:
        for pragma in ("foreign_keys = off", "synchronous = off", "journal_mode = off"):
            connection.execute(f"pragma {pragma}")
        connection.execute("attach ? as stored", (f"file:{quote(str(store.path.absolute()))}?mode=ro",))
        _begin_together(store, connection, begin)
        try:
            yield Store(connection, store.path, store.database_id, store.scheme)
        finally:
            # What is damaged, or a full disk, may have ended it already.
            with suppress(sqlite3.OperationalError):
                store.connection.execute("rollback")


def _begin_together(store: Store, connection: sqlite3.Connection, begin: Callable[[], object]) -> None:
    """Have both connections read one moment: between two looks of the one nobody wrote, and the other looked.

    So did whoever began in between.

    https://www.sqlite.org/pragma.html#pragma_data_version
    """
    for _ in range(_TRIES):
        (before,) = connection.execute("pragma stored.data_version").fetchone()
        store.connection.execute("begin")
        store.connection.execute("pragma data_version").fetchone()
        begin()
        connection.execute("begin")
        (after,) = connection.execute("pragma stored.data_version").fetchone()
        if before == after:
            return
        for each in (store.connection, connection):
            each.execute("rollback")
    raise DatabaseBusyError(f"{store.path}: others write all the time: do it again when less is done")


def shared_copy(store: Store, beside: Store) -> Store:
    """The tables that are everybody's, empty but for the articles, in what `one_moment` gave: to be folded into.

    It sees everything else (ledger, texts, names) of the store, without writing there.
    """
    connection = beside.connection
    marks = ", ".join("?" * len(SHARED))
    schema = store.connection.execute(
        f"select sql from sqlite_master where sql is not null and tbl_name in ({marks}) "
        "and type in ('table', 'index') order by type = 'index'",
        SHARED,
    ).fetchall()
    for (statement,) in schema:
        connection.execute(statement)
    connection.execute("insert into article select * from stored.article")
    connection.execute("update article set hidden = 0")
    return beside


def refold(store: Store) -> None:
    """Make the projection of a store anew from its ledger, inside the caller's transaction."""
    for table in reversed(PROJECTED):
        where = _WHERE.get(table, "")
        if table != "article":
            store.connection.execute(f"delete from {table} {where}")
    store.connection.execute("update article set hidden = 0")
    project.name_reviewers(store)
    for entry in ledger.shared_in_order(store):
        articles.project_shared(store, entry)
    project.unite_assignments(store)
    before, store = store.scheme, replace(store, scheme=stored_scheme(store.connection, store.path))
    for reviewer, article_id in work_pairs(store):
        _fold_work(store, reviewer, article_id)
    sources.rebuild(store)
    if store.scheme != before:
        worths_anew.after_another_scheme(store)
    worths_anew.after_folding(store)


def refold_reviewers(store: Store, names: Collection[str]) -> None:
    """Make anew what is these reviewers', by whatever name each is called now, inside the caller's transaction."""
    keys = tuple(key_of(store.connection, "reviewer", name) for name in names)
    for table in (*_OF_A_REVIEWER, "open_worth", "judged_vector"):
        store.connection.execute(f"delete from {table} where reviewer {aliases.one_of(keys)}", keys)
    project.unite_assignments(store)
    questions.renew(store)
    for reviewer, article_id in work_pairs(store):
        if reviewer in names:
            _fold_work(store, reviewer, article_id)
    worths_anew.renew(store, [pair for pair in worths_anew.wanted(store) if pair[0] in names])


def _fold_work(store: Store, reviewer: str, article_id: str) -> None:
    # By a name that she was given elsewhere nothing may have been written here.
    key_of(store.connection, "reviewer", reviewer)
    work = work_keys(store.connection, reviewer, article_id)
    projection.write_rows(store, work, folded(ledger.entries_of(store, reviewer, article_id)))
    article = load_article(store, article_id, suggested=False)
    projection.write_progress(store, load_review(store, article, reviewer))


def work_pairs(store: Store) -> list[tuple[str, str]]:
    """Reviewer, by her present name, and article of everything that was decided about an article whose text is here."""
    rows = store.connection.execute(
        "select name.text, article.id from (select distinct article, reviewer from ledger "
        f"where kind = {ledger.DECISION} and erased = 0 and article is not null) decided "
        "join article on article.ordinal = decided.article join name on name.key = decided.reviewer "
        "where purged_at is null order by 1, 2"
    ).fetchall()
    names = aliases.now_called(store.connection)
    return sorted({(names.get(reviewer, reviewer), article_id) for reviewer, article_id in rows}) if names else rows


def differences(copy: Store) -> Iterator[tuple[str, bool, str]]:
    """Each row in which the stored tables that are everybody's differ from a copy of them that was folded.

    Its table, whether it is stored, and the row.
    """
    for table in SHARED:
        columns, where = _COLUMNS.get(table, "*"), _WHERE.get(table, "")
        made, stored = (f"select {columns} from {place}.{table} {where}" for place in ("main", "stored"))
        for is_stored, one, other in ((True, stored, made), (False, made, stored)):
            for row in copy.connection.execute(f"{one} except {other}"):
                yield table, is_stored, repr(row)
