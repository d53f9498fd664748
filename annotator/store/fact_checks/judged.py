"""Where reviewers gave verdicts, and where that may have changed since an entry of the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.model.reviewer import ADJUDICATED
from annotator.model.uniting import MERGE
from annotator.store.aliases import RENAME, own_keys
from annotator.store.connection import SCHEME, Store, translated
from annotator.store.ledger import DECISION, REDO, SHARED, UNDO
from annotator.store.names import known_key
from annotator.store.packing import packed_hash
from annotator.store.project import exercises

_BY_REVIEWER = "verdict on verdict.article = begun.article and verdict.reviewer = begun.reviewer"
"""Every article that somebody has begun has her number of `open_worth`, and its index leads to her verdicts."""


def judged_id(reviewer: str, claim_id: str) -> str:
    """What names a judgement among all reviewers': whose it is, and of which claim."""
    return f"{reviewer}:{claim_id}"


def judged_by(id_: str) -> str:
    """Whose judgement it is that has this id."""
    return id_.rpartition(":")[0]


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


def standing(store: Store, article_id: str, reviewer: str, judged_in: Mapping[str, str]) -> frozenset[str]:
    """Which of these judgements the reviewer may be shown in an article, as they are now.

    They are named by `judged_id`, and lead to the id of the claim's article. A verdict must still stand there, and the
    article be shown; nothing that the lead has settled is shown of an exercise, nor in one, but to the lead.
    """
    by_lead = {id_ for id_ in judged_in if judged_by(id_) == ADJUDICATED}
    keys = exercises(store) if by_lead and reviewer != ADJUDICATED else {}
    if article_id in keys:
        judged_in = {id_: other for id_, other in judged_in.items() if id_ not in by_lead}
    with translated(store.path):
        return frozenset(
            id_
            for id_, other in judged_in.items()
            if not (id_ in by_lead and other in keys) and has_verdict(store, other, id_)
        )


def has_verdict(store: Store, article_id: str, id_: str) -> bool:
    """Whether a verdict of this judgement's reviewer stands on its claim's content, and the claim's article is shown.

    The caller translates errors.
    """
    reviewer = judged_by(id_)
    claim_id = id_.removeprefix(judged_id(reviewer, ""))
    row = store.connection.execute(
        "select 1 from article join verdict on verdict.article = article.ordinal where article.id = ? and hidden = 0 "
        "and purged_at is null and verdict.reviewer = ? and verdict.claim = ? and target = 0 and value is not null",
        (article_id, known_key(store.connection, "reviewer", reviewer), packed_hash(claim_id)),
    ).fetchone()
    return row is not None
