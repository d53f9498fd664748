"""Ids that a file brings with its annotations: which of them are somebody else's here."""

from __future__ import annotations

import json
from collections.abc import Sequence

from annotator.store import aliases
from annotator.store.connection import Store, translated
from annotator.store.names import article_key
from annotator.store.packing import packed_id


def used_by_others(store: Store, reviewer: str, article_id: str, ids: Sequence[str]) -> set[str]:
    """Those of the ids that attributions or evidence of another reviewer have, or her entries on the article name.

    A decision that was taken back still owns its ids: a redo brings them back.
    """
    if not ids:
        return set()
    others: set[str] = set()
    with translated(store.path):
        article, own = article_key(store.connection, article_id), aliases.own_keys(store.connection, reviewer)
        another = f"not (reviewer {aliases.one_of(own)})"
        for id_ in ids:
            for table in ("attribution", "evidence"):
                row = store.connection.execute(
                    f"select 1 from {table} where id = ? and {another}", (packed_id(id_), *own)
                ).fetchone()
                if row is not None:
                    others.add(id_)
        payloads = store.connection.execute(
            f"select payload from ledger indexed by ledger_by_article where article = ? and {another}",
            (article, *own),
        )
        for (payload,) in payloads:
            others |= {id_ for id_ in ids if json.dumps(id_, ensure_ascii=False)[1:-1] in payload}
    return others
