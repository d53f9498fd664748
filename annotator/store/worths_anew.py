"""The numbers that the queue is sorted by worth with, written anew where what they follow from has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotator.store.connection import Store
from annotator.store.names import article_key
from annotator.store.review import load_article, load_review
from annotator.store.soundness.damage import UNREADABLE, is_of_file
from annotator.store.suggestions import write_worth
from annotator.store.worths import write_open_worth

if TYPE_CHECKING:
    from annotator.store.migration.updating import Pace

Pair = tuple[str, str]
"""A reviewer and the id of an article."""


def after_suggesting(store: Store, article_id: str) -> None:
    """Write those of who has begun an article whose suggestions are others now; inside the caller's transaction."""
    renew(store, wanted(store, article_id))


def after_assigning(store: Store, changed: Collection[Pair]) -> None:
    """Write those of reviewers whose claims to review are others now; inside the caller's transaction."""
    renew(store, [pair for pair in wanted(store) if pair in changed])


def after_another_scheme(store: Store) -> None:
    """Write all of them: other values may be worth checking, and other claims open. In the caller's transaction."""
    store.connection.execute("update article set worth = null where purged_at is null")
    complete(store)
    renew(store, wanted(store))


def after_folding(store: Store) -> None:
    """Write those that are not known yet, and those of all reviewers; inside the caller's transaction."""
    complete(store)
    store.connection.execute("delete from open_worth")
    renew(store, wanted(store))


def after_migrating(store: Store, pace: Pace) -> None:
    """Write all of them where there were none before; inside the caller's transaction.

    What is damaged has no number, and comes behind in the queue. Raises a StoreError or sqlite3.Error where the file
    itself is.
    """
    # Deferred: only a migration imports it.
    from annotator.store.migration.updating import WORTH

    for article_id in pace.over(unknown(store), WORTH):
        with _left_out():
            write_worth(store, article_id)
    for pair in pace.over(wanted(store), WORTH):
        with _left_out():
            renew(store, [pair])


@contextmanager
def _left_out() -> Iterator[None]:
    """What cannot be read is left out, where it is that row and not the file or the disk."""
    try:
        yield
    except UNREADABLE as error:
        if is_of_file(error):
            raise


def complete(store: Store) -> None:
    """Write those of the articles that have none yet; inside the caller's transaction."""
    for article_id in unknown(store):
        write_worth(store, article_id)


def unknown(store: Store) -> list[str]:
    """The ids of the articles that have none yet."""
    rows = store.connection.execute("select id from article where worth is null and purged_at is null")
    return [row[0] for row in rows]


def wanted(store: Store, article_id: str | None = None) -> list[Pair]:
    """Whose own ones there are, or have to be: who has begun (an article, or any), or has only some of its claims."""
    one = "" if article_id is None else "and article = :article"
    return store.connection.execute(
        f"select name.text, article.id from (select article, reviewer from progress where true {one} "
        f"union select article, reviewer from assignment where spans is not null {one} "
        f"union select article, reviewer from open_worth where true {one}) made "
        "join article on article.ordinal = made.article join name on name.key = made.reviewer "
        "where purged_at is null order by article.ordinal, name.text",
        {"article": article_key(store.connection, article_id) if article_id is not None else None},
    ).fetchall()


def renew(store: Store, pairs: Collection[Pair]) -> None:
    """Write those of some reviewers and articles; inside the caller's transaction."""
    article = None
    for reviewer, article_id in pairs:
        if article is None or article.id != article_id:
            article = load_article(store, article_id)
        write_open_worth(store, load_review(store, article, reviewer))
