"""Ids that a file brings with its annotations: which of them are somebody else's here."""

from __future__ import annotations

import json
from collections.abc import Sequence

from annotator.store.connection import Store, translated
from annotator.store.names import work_keys
from annotator.store.packing import packed_id


def used_by_others(store: Store, reviewer: str, article_id: str, ids: Sequence[str]) -> set[str]:
    """Those of the ids that attributions or evidence of another reviewer have, or her entries on the article name.

    A decision that was taken back still owns its ids: a redo brings them back.
    """
    if not ids:
        return set()
    others: set[str] = set()
    with translated(store.path):
        article, own = work_keys(store.connection, reviewer, article_id)
        for id_ in ids:
            for table in ("attribution", "evidence"):
                row = store.connection.execute(
                    f"select 1 from {table} where id = ? and reviewer <> ?", (packed_id(id_), own)
                ).fetchone()
                if row is not None:
                    others.add(id_)
        payloads = store.connection.execute(
            "select payload from ledger indexed by ledger_by_article where article = ? and reviewer <> ?",
            (article, own),
        )
        for (payload,) in payloads:
            others |= {id_ for id_ in ids if json.dumps(id_, ensure_ascii=False)[1:-1] in payload}
    return others
