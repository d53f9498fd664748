"""Rows that point nowhere, and what was erased without a purge or outlived one: all that SQL alone can see."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.store.connection import Store
from annotator.store.ledger import DECISION, KINDS, REDO, SHARED, UNDO
from annotator.store.names import known_key
from annotator.store.packing import unpacked_id
from annotator.store.soundness.problem import Problem


def foreign_keys(store: Store) -> Iterator[Problem]:
    """Every row that names a row of another table which is not there, where the schema says that it must be."""
    for table, rowid, parent, _ in store.connection.execute("pragma foreign_key_check"):
        yield Problem("foreign keys", f"{table} row {rowid} points at a missing row of {parent}")


def of_the_ledger(store: Store) -> Iterator[Problem]:
    """Undos and redos that take back nothing, and payloads that are gone or here against what the purges say."""
    rows = store.connection.execute(
        "select ledger.id, ledger.kind from ledger join name origin on origin.key = ledger.database "
        "left join ledger undone on undone.key = ledger.undoes "
        "left join name before on before.key = undone.database "
        f"where ledger.kind in ({UNDO}, {REDO}) and (undone.key is null "
        f"or undone.kind <> case ledger.kind when {UNDO} then {DECISION} else {UNDO} end "
        "or (undone.lamport, before.text, undone.id) >= (ledger.lamport, origin.text, ledger.id))"
    )
    for id_, kind in rows:
        wanted = "decision" if KINDS[kind] == "undo" else "undo"
        yield Problem("ledger", f"entry {unpacked_id(id_)}: this {KINDS[kind]} names no earlier {wanted}")
    rows = store.connection.execute(
        "select ledger.id, erased from ledger left join article on article.ordinal = ledger.article "
        "where erased = 1 and purged_at is null or erased = 0 and purged_at is not null"
    )
    for id_, erased in rows:
        gone, kept = "its payload was erased, its article was not purged", "its article was purged, its payload is here"
        yield Problem("ledger", f"entry {unpacked_id(id_)}: {gone if erased else kept}")


def of_articles(store: Store) -> Iterator[Problem]:
    """Articles without their text or the entry of their import, and purged ones with a text."""
    rows = store.connection.execute(
        "select id, purged_at is not null from article "
        "left join article_text on article_text.article = article.ordinal "
        "where (purged_at is null) <> (article_text.article is not null) order by ordinal"
    )
    for id_, purged in rows:
        said = "it was purged, and its text is still here" if purged else "its text is not here, and it was not purged"
        yield Problem("article", f"{str(id_)[:12]}: {said}")
    rows = store.connection.execute(
        "select id from article where purged_at is null and not exists (select 1 from ledger indexed by ledger_shared "
        f"where ledger.article = article.ordinal and kind = {SHARED} and action = ? and erased = 0) order by ordinal",
        (known_key(store.connection, "action", "import"),),
    )
    for (id_,) in rows:
        yield Problem("article", f"{str(id_)[:12]}: it has lost its sentences: the entry of its import is gone")


_ABOUT_ATTRIBUTIONS = (("attribution_source", "attribution"), ("verdict", "target"), ("evidence", "target"))
"""Tables with a column that names an attribution of the same reviewer and article, or has 0."""


def of_attributions(store: Store) -> Iterator[Problem]:
    """Sources, verdicts and evidence of attributions that are not there."""
    for table, column in _ABOUT_ATTRIBUTIONS:
        rows = store.connection.execute(
            f"select article.id, name.text from {table} as it join article on article.ordinal = it.article "
            f"join name on name.key = it.reviewer where it.{column} <> 0 and not exists (select 1 from attribution "
            f"where attribution.article = it.article and attribution.reviewer = it.reviewer and id = it.{column})"
        )
        for article_id, reviewer in rows:
            said = f"{table} of an attribution that is not there"
            yield Problem("loose end", f"{reviewer}, article {article_id[:12]}: {said}")
