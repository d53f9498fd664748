"""Where each reviewer left off; that is no decision."""

from __future__ import annotations

from annotator.model.ledger import utc_now
from annotator.store import articles
from annotator.store.connection import Store, translated


def leave_at(store: Store, reviewer: str, article_id: str, claim_id: str | None, at: str = "") -> None:
    """Remember the claim (None keeps the one that is remembered) and the time, in the caller's transaction."""
    store.connection.execute(
        "insert into place (reviewer, article_id, claim_id, at) values (?, ?, ?, ?) on conflict (reviewer, article_id) "
        "do update set claim_id = coalesce(excluded.claim_id, claim_id), at = excluded.at",
        (reviewer, article_id, claim_id, at or utc_now()),
    )


def leave(store: Store, reviewer: str, article_id: str, claim_id: str, start: int, end: int) -> None:
    """Remember where the reviewer is, in a transaction of its own; it outlives the program's end."""
    with store.transaction(flushed=False):
        articles.check_held(store, article_id)
        store.connection.execute(
            "insert into claim (id, article_id, start, end) values (?, ?, ?, ?) on conflict do nothing",
            (claim_id, article_id, start, end),
        )
        leave_at(store, reviewer, article_id, claim_id)


def last_place(store: Store, reviewer: str, article_id: str | None = None) -> tuple[str, str | None] | None:
    """The article and claim where the reviewer was last (of one article, or of all that are not hidden)."""
    with translated(store.path):
        row = store.connection.execute(
            "select place.article_id, place.claim_id from place join article on article.id = place.article_id "
            "where reviewer = ? and hidden = 0 and purged_at is null and (? is null or article_id = ?) "
            "order by at desc limit 1",
            (reviewer, article_id, article_id),
        ).fetchone()
    return (row[0], row[1]) if row else None


def left_by_decision(store: Store, reviewer: str, article_id: str) -> bool:
    """Whether the place in the article is that of the last decision on it, and she has not been elsewhere since."""
    with translated(store.path):
        row = store.connection.execute(
            "select 1 from place join ledger on ledger.reviewer = place.reviewer and ledger.article_id = "
            "place.article_id and ledger.claim_id = place.claim_id and ledger.at = place.at "
            "where place.reviewer = ? and place.article_id = ? limit 1",
            (reviewer, article_id),
        ).fetchone()
    return row is not None
