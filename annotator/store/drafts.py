"""Drafts of what a reviewer had not finished typing or marking; they are no decisions.

A draft is forgotten in the transaction that stores what has become of it, never before: neither a refusal nor the end
of the program between the two loses what was typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from annotator.errors import NotFoundError, RowDamagedError
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import payload_json, utc_now
from annotator.store.connection import Store, translated
from annotator.store.damage import readable


def save_draft(store: Store, reviewer: str, key: DraftKey, payload: Mapping[str, Any] | None) -> None:
    """Keep what is being typed or marked, so that it outlives the program's end; None forgets it.

    Raises NotFoundError where the article is not here, or no more.
    """
    with store.transaction(flushed=False):
        if payload is None:
            forget_draft(store, reviewer, key)
            return
        made = store.connection.execute(
            "insert or replace into draft (reviewer, article_id, kind, subject, payload, at) select ?, id, ?, ?, ?, ? "
            "from article where id = ? and text is not null",
            (reviewer, key.kind, key.subject, payload_json(payload), utc_now(), key.article_id),
        )
        if not made.rowcount:
            raise NotFoundError(f"{store.path}: article {key.article_id[:12]} is not here, or no more")


def forget_draft(store: Store, reviewer: str, key: DraftKey | None) -> None:
    """Forget a draft, where there is one, in the caller's transaction."""
    if key is not None:
        store.connection.execute(
            "delete from draft where reviewer = ? and article_id = ? and kind = ? and subject = ?", (reviewer, *key)
        )


def drafts(store: Store, reviewer: str) -> dict[DraftKey, dict[str, Any]]:
    """All of the reviewer's drafts, the oldest first; one that was damaged is passed over."""
    with translated(store.path):
        rows = store.connection.execute(
            "select article_id, kind, subject, payload from draft where reviewer = ? order by at",
            (reviewer,),
        ).fetchall()
    found = {}
    for *key, payload in rows:
        with suppress(RowDamagedError), readable(store.path, f"{reviewer}'s draft"):
            found[DraftKey(*key)] = dict(json.loads(payload))
    return found
