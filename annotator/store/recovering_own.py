"""Recovering what no entry of the ledger determines, where a digest proves it: places, drafts and fact-checks.

Places and drafts of the first two schemas have no digests, nor have fact-checks before the ninth: they are taken as
they are.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from annotator.model.draft_key import DraftKey
from annotator.store.bookmarks import place_digest
from annotator.store.check_index import FIELDS, check_digest, check_from, key_of
from annotator.store.connection import Store
from annotator.store.damage import UNREADABLE
from annotator.store.drafts import draft_digest
from annotator.store.names import NONE, article_key
from annotator.store.names import key_of as name_key
from annotator.store.own_digests import NEXT
from annotator.store.recovered_rows import Reader, Recovered

_CHANGED = "it is not what was written"


def write_places(target: Store, reader: Reader, found: Recovered) -> None:
    """Write where reviewers were, in the caller's transaction."""
    for reviewer, article_id, claim, at, digest in reader.owned("place", ("claim", "at")):
        made = place_digest(article_id, reviewer, claim, at)
        _write_owned(target, found, "place", (reviewer, article_id, (claim, at, made)), digest, "where {} was")


def write_drafts(target: Store, reader: Reader, found: Recovered) -> None:
    """Write what was typed or marked and not kept yet, in the caller's transaction."""
    for reviewer, article_id, kind, subject, payload, at, digest in reader.owned(
        "draft", ("kind", "subject", "payload", "at")
    ):
        made = draft_digest(reviewer, DraftKey(article_id, kind, subject), payload, at)
        row = (reviewer, article_id, (kind, subject, payload, at, made))
        _write_owned(target, found, "draft", row, digest, f"what {{}} had begun ({kind})")


def _write_owned(
    target: Store,
    found: Recovered,
    table: str,
    row: tuple[str, str, tuple[object, ...]],
    digest: bytes | None,
    called: str,
) -> None:
    """Write a row whose digest is right; `row` is whose, in which article, and what, with the digest that it has."""
    reviewer, article_id, values = row
    name = f"{called.format(reviewer)} in article {article_id[:12]}"
    connection = target.connection
    article = article_key(connection, article_id)
    if article == NONE or (digest is not None and digest != values[-1]):
        found.lost.append(f"{name}: {'the article is not here' if article == NONE else _CHANGED}")
        return
    try:
        connection.execute(
            f"insert into {table} values ({', '.join('?' * (2 + len(values)))})",
            (article, name_key(connection, "reviewer", reviewer), *values),
        )
    except sqlite3.IntegrityError as error:
        found.lost.append(f"{name}: {error}")


def write_fact_checks(source: sqlite3.Connection, target: Store, reader: Reader, found: Recovered) -> None:
    """Write the fact-checks, in the caller's transaction; their index is still to be made."""
    digest = _digest_column(source)
    if digest is None:
        return
    columns = f"key, collection, {digest}, {', '.join(FIELDS)}"
    for ordinal, (key, collection, is_digest, *fields) in reader.rows("fact_check", columns):
        try:
            check = check_from(fields)
            made = check_digest(collection, check)
            whole = key == key_of(check) and is_digest in (None, made)
        except UNREADABLE:
            whole = False
        if not whole:
            found.lost.append(f"fact-check {ordinal}: it is not what was imported; import its file again")
            continue
        if is_digest is None:
            found.unproved = "fact-checks had no digests in its schema: what could be read of them was taken as it is"
        target.connection.execute(
            # Each by itself for a moment: the key of what is present is unique.
            f"insert into fact_check (ordinal, key, replaced_by, collection, digest, {', '.join(FIELDS)}) "
            f"values (?1, ?2, ?1, {', '.join('?' * (2 + len(fields)))})",
            (ordinal, key, collection, made, *fields),
        )
        found.fact_checks += 1
    _count_lost(source, found)
    target.connection.execute(
        f"update fact_check set replaced_by = following from (select ordinal as own, {NEXT} as following "
        "from fact_check) where own = ordinal"
    )


def _count_lost(source: sqlite3.Connection, found: Recovered) -> None:
    """Tell how many fact-checks were not even found, where it is known how many there were."""
    told = sum(line.startswith("fact") for line in found.lost)
    with suppress(sqlite3.DatabaseError, TypeError):
        (there,) = source.execute("select checks from fact_check_size").fetchone()
        if (missing := there - found.fact_checks - told) > 0:
            found.lost.append(f"{missing} of {there} fact-checks are not here: import their files again")


def _digest_column(source: sqlite3.Connection) -> str | None:
    """What to ask for as the digest of a fact-check; None where there are no fact-checks yet."""
    try:
        columns = {name for _, name, *_ in source.execute("pragma table_info (fact_check)")}
    except sqlite3.DatabaseError:
        return "digest"
    if not columns:
        return None
    return "digest" if "digest" in columns else "null"
