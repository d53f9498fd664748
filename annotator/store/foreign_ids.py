"""Ids that a file brings with its annotations: which of them are somebody else's here."""

from __future__ import annotations

import json
from collections.abc import Sequence

from annotator.store.connection import Store, translated


def used_by_others(store: Store, reviewer: str, article_id: str, ids: Sequence[str]) -> set[str]:
    """Those of the ids that attributions or evidence of another reviewer have, or her entries on the article name.

    A decision that was taken back still owns its ids: a redo brings them back.
    """
    if not ids:
        return set()
    with translated(store.path):
        rows = store.connection.execute(
            "select distinct value from json_each(:ids) where exists (select 1 from attribution where "
            "attribution.id = value and attribution.reviewer <> :reviewer) or exists (select 1 from evidence where "
            "evidence.id = value and evidence.reviewer <> :reviewer) or exists (select 1 from ledger where "
            "ledger.article_id = :article and ledger.reviewer <> :reviewer and instr(ledger.payload, value) > 0)",
            {"ids": json.dumps(list(ids)), "reviewer": reviewer, "article": article_id},
        )
        return {str(row[0]) for row in rows}
