"""Which articles are here: shown, hidden or purged."""

from __future__ import annotations

from annotator.errors import NotFoundError
from annotator.store.connection import Store

PURGE = "purge"
"""The ledger's action of erasing an article."""


def visibility(store: Store, article_id: str) -> str | None:
    """Whether the article is "shown", "hidden" or "purged" here, or None where it is unknown."""
    row = store.connection.execute("select hidden, purged_at from article where id = ?", (article_id,)).fetchone()
    if row is None:
        return None
    return "purged" if row[1] else "hidden" if row[0] else "shown"


def check_held(store: Store, article_id: str) -> None:
    """Raise NotFoundError unless the article's text is here: an open session may have outlived it."""
    if visibility(store, article_id) in (None, "purged"):
        raise NotFoundError(f"{store.path}: article {article_id[:12]} is not here, or no more; `annotator` lists them")
