"""Publications of an article: listed, and changed by entries of the ledger, so that a change can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from annotator.errors import DecisionRefused
from annotator.model.article import Publication
from annotator.model.ledger import Entry
from annotator.store import ledger
from annotator.store.connection import Store, translated
from annotator.store.names import article_key

EDIT = "edit-publication"
"""The ledger's action; its payload says what the publication `was` and what it is `now`."""
_NAMES = tuple(each.name for each in fields(Publication))
_COLUMNS = ", ".join(_NAMES)
_EQUAL = " and ".join(f"{name} = ?" for name in _NAMES)


def publications_of(store: Store, article_id: str) -> list[Publication]:
    """The article's publications in the order they were added."""
    with translated(store.path):
        return publications_with(store, article_key(store.connection, article_id))


def publications_with(store: Store, article: int) -> list[Publication]:
    """The same of the article with this number."""
    rows = store.connection.execute(f"select {_COLUMNS} from publication where article = ? order by id", (article,))
    return [Publication(*row) for row in rows]


def edit_publication(
    store: Store, article_id: str, was: Publication, now: Publication, reviewer: str | None
) -> Publication:
    """Give one of the article's publications other values, as one entry of the ledger, and return it.

    Raises DecisionRefused where the article has `was` no more, and where it has `now` already.
    """
    with store.transaction():
        known = publications_of(store, article_id)
        if was not in known:
            raise DecisionRefused("the publication was changed meanwhile: look at it again")
        if now == was:
            return now
        if now in known:
            raise DecisionRefused("the article has a publication with these values already")
        payload = {"was": asdict(was), "now": asdict(now)}
        project(store, ledger.append(store, "shared", EDIT, payload, reviewer=reviewer, article_id=article_id))
    return now


def last_edit(store: Store, article_id: str) -> tuple[Publication, Publication] | None:
    """What the last change of the article's publications was from and to; None where none was made or is left."""
    with translated(store.path):
        edits = list(ledger.entries_on(store, article_id, EDIT))
    open_: list[Mapping[str, Any]] = []
    for entry in edits:
        if open_ and entry.payload == {"was": open_[-1]["now"], "now": open_[-1]["was"]}:
            # It took the one before back.
            open_.pop()
        else:
            open_.append(entry.payload)
    return (Publication(**open_[-1]["was"]), Publication(**open_[-1]["now"])) if open_ else None


def insert(store: Store, article_id: str, publication: Publication) -> None:
    """Add a publication that the article has not yet; one with these values stays as it is."""
    article = article_key(store.connection, article_id)
    known = store.connection.execute(
        f"select 1 from publication where article = ? and {_EQUAL}", (article, *_values(publication))
    ).fetchone()
    if known is None:
        insert_first(store, article, publication)


def _values(publication: Publication) -> list[str]:
    return [getattr(publication, name) for name in _NAMES]


def insert_first(store: Store, article: int, publication: Publication) -> None:
    """Add a publication of an article that is known, by its number, not to have it."""
    marks = ", ".join("?" * len(_NAMES))
    store.connection.execute(
        f"insert into publication (article, {_COLUMNS}) values (?, {marks})", (article, *_values(publication))
    )


def project(store: Store, entry: Entry) -> None:
    """Write what an entry of a change says into the table; an erased entry says nothing."""
    if entry.payload:
        was, now = Publication(**entry.payload["was"]), Publication(**entry.payload["now"])
        if now in publications_of(store, entry.article_id or ""):
            return
        sets = ", ".join(f"{name} = ?" for name in _NAMES)
        store.connection.execute(
            f"update publication set {sets} where article = ? and {_EQUAL}",
            (
                *asdict(now).values(),
                article_key(store.connection, entry.article_id or ""),
                *asdict(was).values(),
            ),
        )
