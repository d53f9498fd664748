"""Where each reviewer left off; that is no decision."""

from __future__ import annotations

from annotator.model.ledger import utc_now
from annotator.store import aliases
from annotator.store.connection import Store, translated
from annotator.store.digests import row_digest
from annotator.store.held import check_held
from annotator.store.names import article_key, key_of
from annotator.store.packing import packed_hash, packed_time, unpacked_hash


def leave_at(store: Store, reviewer: str, article_id: str, claim_id: str | None, at: str = "") -> None:
    """Remember the claim (None keeps the one that is remembered) and the time, in the caller's transaction."""
    article, who = article_key(store.connection, article_id), key_of(store.connection, "reviewer", reviewer)
    claim, when = None if claim_id is None else packed_hash(claim_id), packed_time(at or utc_now())
    if claim is None:
        row = store.connection.execute(
            "select claim from place where article = ? and reviewer = ?", (article, who)
        ).fetchone()
        claim = row[0] if row else None
    store.connection.execute(
        "insert or replace into place (article, reviewer, claim, at, digest) values (?, ?, ?, ?, ?)",
        (article, who, claim, when, place_digest(article_id, reviewer, claim, when)),
    )


def place_digest(article_id: str, reviewer: str, claim: object, at: object) -> bytes:
    """The digest of a row of the table place."""
    return row_digest("place", article_id, reviewer, claim, at)


def leave(store: Store, reviewer: str, article_id: str, claim_id: str) -> None:
    """Remember where the reviewer is, in a transaction of its own; it outlives the program's end."""
    with store.transaction(flushed=False):
        check_held(store, article_id)
        leave_at(store, reviewer, article_id, claim_id)


def last_place(store: Store, reviewer: str, article_id: str | None = None) -> tuple[str, str | None] | None:
    """The article and claim where the reviewer was last (of one article, or of all that are not hidden)."""
    with translated(store.path):
        own = aliases.own_keys(store.connection, reviewer)
        shown = f"place.reviewer {aliases.one_of(own)} and hidden = 0 and purged_at is null"
        joined = "join article on article.ordinal = place.article"
        if article_id is None:
            row = store.connection.execute(
                f"select article.id, claim from place indexed by place_by_time {joined} where {shown} "
                "order by place.at desc limit 1",
                own,
            ).fetchone()
        else:
            row = store.connection.execute(
                f"select article.id, claim from place {joined} where {shown} and place.article = ? "
                "order by place.at desc limit 1",
                (*own, article_key(store.connection, article_id)),
            ).fetchone()
    if row is None:
        return None
    return row[0], None if row[1] is None else unpacked_hash(row[1])


def left_by_decision(store: Store, reviewer: str, article_id: str) -> bool:
    """Whether the place in the article is that of the last decision on it, and she has not been elsewhere since."""
    with translated(store.path):
        article, own = article_key(store.connection, article_id), aliases.own_keys(store.connection, reviewer)
        row = store.connection.execute(
            "select 1 from place join ledger indexed by ledger_by_article on ledger.article = place.article "
            "and ledger.reviewer = place.reviewer and ledger.claim = place.claim and ledger.at = place.at "
            f"where place.article = ? and place.reviewer {aliases.one_of(own)} limit 1",
            (article, *own),
        ).fetchone()
    return row is not None
