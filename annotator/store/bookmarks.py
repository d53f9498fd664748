"""Where each reviewer left off, and drafts of what she had not finished: neither is a decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from annotator.model.ledger import payload_json, utc_now
from annotator.store import articles
from annotator.store.connection import Store, translated
from annotator.store.damage import readable


def leave_at(store: Store, reviewer: str, article_id: str, claim_id: str | None) -> None:
    """Remember the claim (None keeps the one that is remembered) and the time, in the caller's transaction."""
    store.connection.execute(
        "insert into place (reviewer, article_id, claim_id, at) values (?, ?, ?, ?) on conflict (reviewer, article_id) "
        "do update set claim_id = coalesce(excluded.claim_id, claim_id), at = excluded.at",
        (reviewer, article_id, claim_id, utc_now()),
    )


def leave(store: Store, reviewer: str, article_id: str, claim_id: str, start: int, end: int) -> None:
    """Remember where the reviewer is, in a transaction of its own."""
    with store.transaction():
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


def save_draft(
    store: Store, reviewer: str, article_id: str, kind: str, subject: str, payload: Mapping[str, Any] | None
) -> None:
    """Keep what is being typed or marked, so that it outlives a crash; None forgets it."""
    key = (reviewer, article_id, kind, subject)
    with store.transaction():
        if payload is None:
            store.connection.execute(
                "delete from draft where reviewer = ? and article_id = ? and kind = ? and subject = ?", key
            )
        else:
            articles.check_held(store, article_id)
            store.connection.execute(
                "insert or replace into draft (reviewer, article_id, kind, subject, payload, at) "
                "values (?, ?, ?, ?, ?, ?)",
                (*key, payload_json(payload), utc_now()),
            )


def draft(store: Store, reviewer: str, article_id: str, kind: str, subject: str) -> dict[str, Any] | None:
    """A draft that was kept, or None."""
    with translated(store.path):
        row = store.connection.execute(
            "select payload from draft where reviewer = ? and article_id = ? and kind = ? and subject = ?",
            (reviewer, article_id, kind, subject),
        ).fetchone()
    with readable(store.path, f"{reviewer}'s draft in article {article_id[:12]}"):
        return dict(json.loads(row[0])) if row else None
