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
from annotator.store import aliases
from annotator.store.connection import Store, translated
from annotator.store.digests import row_digest
from annotator.store.names import article_key, key_of, work_keys
from annotator.store.packing import packed_time
from annotator.store.soundness.damage import readable


def save_draft(store: Store, reviewer: str, key: DraftKey, payload: Mapping[str, Any] | None) -> None:
    """Keep what is being typed or marked, so that it outlives the program's end; None forgets it.

    Raises NotFoundError where the article is not here, or no more.
    """
    with store.transaction(flushed=False):
        if payload is None:
            forget_draft(store, reviewer, key)
            return
        connection = store.connection
        held = connection.execute(
            "select ordinal from article where id = ? and purged_at is null", (key.article_id,)
        ).fetchone()
        if held is None:
            raise NotFoundError(f"{store.path}: article {key.article_id[:12]} is not here, or no more")
        text, at = payload_json(payload), packed_time(utc_now())
        # A terminal may be open that knows her by an earlier name: what is typed there is found under the present one.
        name = _holder(store, reviewer, key)
        connection.execute(
            "insert or replace into draft (article, reviewer, kind, subject, payload, at, digest) "
            "values (?, ?, ?, ?, ?, ?, ?)",
            (
                held[0],
                key_of(connection, "reviewer", name),
                key.kind,
                key.subject,
                text,
                at,
                draft_digest(name, key, text, at),
            ),
        )


def draft_digest(reviewer: str, key: DraftKey, payload: str, at: object) -> bytes:
    """The digest of a row of the table draft."""
    return row_digest("draft", reviewer, *key, payload, at)


def forget_draft(store: Store, reviewer: str, key: DraftKey | None) -> None:
    """Forget a draft, where there is one, in the caller's transaction."""
    if key is not None:
        store.connection.execute(
            "delete from draft where article = ? and reviewer = ? and kind = ? and subject = ?",
            (*work_keys(store.connection, _holder(store, reviewer, key), key.article_id), key.kind, key.subject),
        )


def _holder(store: Store, reviewer: str, key: DraftKey) -> str:
    """The name under which the newest draft of this key stands that any name of the reviewer's has, else her own."""
    name = aliases.present_name(store.connection, reviewer)
    own = aliases.own_keys(store.connection, name)
    if len(own) == 1:
        return name
    row = store.connection.execute(
        "select name.text from draft join name on name.key = reviewer where article = ? and draft.kind = ? "
        f"and subject = ? and reviewer {aliases.one_of(own)} order by at desc limit 1",
        (article_key(store.connection, key.article_id), key.kind, key.subject, *own),
    ).fetchone()
    return name if row is None else str(row[0])


def drafts(store: Store, reviewer: str) -> dict[DraftKey, dict[str, Any]]:
    """All of the reviewer's drafts, the oldest first; one that was damaged is passed over.

    Where two names of hers have left one of the same kind and place, the newer one; once that is forgotten, the other.
    """
    with translated(store.path):
        own = aliases.own_keys(store.connection, aliases.present_name(store.connection, reviewer))
        rows = store.connection.execute(
            "select article.id, kind, subject, payload from draft join article on article.ordinal = draft.article "
            f"where reviewer {aliases.one_of(own)} order by at",
            own,
        ).fetchall()
    found = {}
    for *key, payload in rows:
        with suppress(RowDamagedError), readable(store.path, f"{reviewer}'s draft"):
            found[DraftKey(*key)] = dict(json.loads(payload))
    return found
