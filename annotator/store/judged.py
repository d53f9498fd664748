"""Where reviewers gave verdicts, and where that may have changed since an entry of the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.uniting import MERGE
from annotator.store.aliases import RENAME, own_keys
from annotator.store.connection import SCHEME, Store, translated
from annotator.store.ledger import DECISION, REDO, SHARED, UNDO
from annotator.store.names import known_key

_BY_REVIEWER = "verdict on verdict.article = begun.article and verdict.reviewer = begun.reviewer"
"""Every article that somebody has begun has her number of `open_worth`, and its index leads to her verdicts."""


def has_judged(store: Store, reviewer: str) -> bool:
    """Whether a verdict of the reviewer's stands; the caller translates errors."""
    return bool(
        store.connection.execute(
            "select exists (select 1 from open_worth as begun indexed by open_worth_by_reviewer "
            f"cross join {_BY_REVIEWER} where begun.reviewer = ? and value is not null)",
            (known_key(store.connection, "reviewer", reviewer),),
        ).fetchone()[0]
    )


def judged_articles(store: Store, reviewers: Sequence[str]) -> list[str]:
    """The articles that are shown and in which a verdict of one of these reviewers stands, by id."""
    with translated(store.path):
        found: dict[str, None] = {}
        for reviewer in reviewers:
            rows = store.connection.execute(
                "select distinct article.id from open_worth as begun indexed by open_worth_by_reviewer "
                f"cross join {_BY_REVIEWER} join article on article.ordinal = begun.article "
                "where begun.reviewer = ? and value is not null and hidden = 0 and purged_at is null",
                (known_key(store.connection, "reviewer", reviewer),),
            )
            found |= dict.fromkeys(row[0] for row in rows)
        return list(found)


def touched_since(store: Store, reviewers: Sequence[str], since: int) -> list[str] | None:
    """The articles in which these reviewers decided anything, or that were changed, behind an entry with this number.

    None where all of them may be others: databases were united, somebody was renamed, or there is another scheme.
    """
    with translated(store.path):
        everything = [known_key(store.connection, "action", action) for action in (MERGE, RENAME, SCHEME)]
        if store.connection.execute(
            "select exists (select 1 from ledger not indexed "
            f"where key > ? and kind = {SHARED} and action in (?, ?, ?))",
            (since, *everything),
        ).fetchone()[0]:
            return None
        own = [key for reviewer in reviewers for key in own_keys(store.connection, reviewer)]
        rows = store.connection.execute(
            "select distinct article.id from ledger not indexed join article on article.ordinal = ledger.article "
            f"where ledger.key > ? and (ledger.kind = {SHARED} or (ledger.kind in ({DECISION}, {UNDO}, {REDO}) "
            f"and ledger.reviewer in ({', '.join('?' * len(own))})))",
            (since, *own),
        )
        return [row[0] for row in rows]


def is_shown(store: Store, article_id: str) -> bool:
    """Whether the article is here, and neither hidden nor purged."""
    with translated(store.path):
        row = store.connection.execute(
            "select 1 from article where id = ? and hidden = 0 and purged_at is null", (article_id,)
        ).fetchone()
        return row is not None
