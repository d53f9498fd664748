"""Recovering what no entry of the ledger determines, where a digest proves it: places, drafts and fact-checks.

Places and drafts of the first two schemas have no digests, nor have fact-checks before the ninth: they are taken as
they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TypeAlias

from annotator.model.check import Check
from annotator.model.draft_key import DraftKey
from annotator.store.bookmarks import place_digest
from annotator.store.connection import Store
from annotator.store.drafts import draft_digest
from annotator.store.fact_checks.check_index import FIELDS, check_digest, check_from, key_of
from annotator.store.names import NONE, article_key
from annotator.store.names import key_of as name_key
from annotator.store.own_digests import NEXT
from annotator.store.recovery.mending import Mender, Row
from annotator.store.recovery.recovered_rows import CHANGED, Reader, Recovered
from annotator.store.recovery.schema_version import told_schema
from annotator.store.soundness.damage import UNREADABLE


def write_places(target: Store, reader: Reader, found: Recovered) -> None:
    """Write where reviewers were, in the caller's transaction."""

    def made(reviewer: str, article_id: str, claim: object, at: object) -> bytes:
        return place_digest(article_id, reviewer, claim, at)

    for reviewer, article_id, claim, at, digest in reader.owned("place", ("claim", "at"), made):
        row = (reviewer, article_id, (claim, at, made(reviewer, article_id, claim, at)))
        _write_owned(target, found, "place", row, digest, "where {} was")


def write_drafts(target: Store, reader: Reader, found: Recovered) -> None:
    """Write what was typed or marked and not kept yet, in the caller's transaction."""

    def made(reviewer: str, article_id: str, kind: str, subject: str, payload: str, at: object) -> bytes:
        return draft_digest(reviewer, DraftKey(article_id, kind, subject), payload, at)

    columns = ("kind", "subject", "payload", "at")
    for reviewer, article_id, *values, digest in reader.owned("draft", columns, made):
        row = (reviewer, article_id, (*values, made(reviewer, article_id, *values)))
        _write_owned(target, found, "draft", row, digest, f"what {{}} had begun ({values[0]})")


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
        found.lost.append(f"{name}: {'the article is not here' if article == NONE else CHANGED}")
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
    columns = f"replaced_by, key, collection, {digest}, {', '.join(FIELDS)}"
    followed: dict[int, int] = {}
    for ordinal, newer, collection, check in _checks_in(source, reader, columns, found):
        fields = [getattr(check, name) for name in FIELDS]
        target.connection.execute(
            # Each by itself for a moment: the key of what is present is unique.
            f"insert into fact_check (ordinal, key, replaced_by, collection, digest, {', '.join(FIELDS)}) "
            f"values (?1, ?2, ?1, {', '.join('?' * (2 + len(fields)))})",
            (ordinal, key_of(check), collection, check_digest(collection, check), *fields),
        )
        found.fact_checks += 1
        if newer is not None:
            followed[ordinal] = newer
    if found.fact_checks and digest == _NO_DIGEST:
        found.unproved = "fact-checks had no digests in its schema: what could be read of them was taken as it is"
    target.connection.execute(
        f"update fact_check set replaced_by = following from (select ordinal as own, {NEXT} as following "
        "from fact_check) where own = ordinal"
    )
    present = {row[0] for row in target.connection.execute("select ordinal from fact_check where replaced_by is null")}
    _count_lost(source, found, found.fact_checks if digest == _NO_DIGEST else len(present))
    found.lost += [
        f"fact-check {newer}: it is not here, so fact-check {older}, which it corrected, is again what is found; "
        "import its file again"
        for older, newer in sorted(followed.items())
        if older in present and newer > older
    ]


_Numbered: TypeAlias = tuple[int, int | None, str, Check]
"""A fact-check: its number, that of what took its place, its collection, and what it says."""


def _checks_in(source: sqlite3.Connection, reader: Reader, columns: str, found: Recovered) -> Iterator[_Numbered]:
    """The fact-checks that are what was imported: their numbers, those of what took their places, and what they say."""
    mender, expected = Mender(), _numbers(source)
    missing = set(expected)
    strangers = []
    for ordinal, row in reader.rows("fact_check", columns, expected):
        if expected and ordinal not in expected:
            strangers.append((ordinal, row))
            continue
        try:
            yield _numbered(ordinal, row, mender)
            missing.discard(ordinal)
        except UNREADABLE:
            found.lost.append(f"fact-check {ordinal}: it is not what was imported; import its file again")
    for ordinal, row in strangers:
        # Where only its number is another one by a bit, it is that of one that is missing.
        own = [each for each in missing if (each ^ ordinal).bit_count() == 1]
        with suppress(*UNREADABLE):
            yield _numbered(own[0] if len(own) == 1 else ordinal, row, mender)
            missing.difference_update(own[:1])
    if missing:
        yield from _odd_checks(reader, columns, missing)
    here = {f"fact{sign}check {ordinal}" for ordinal in expected - missing for sign in "_-"}
    found.lost = [line for line in found.lost if line.partition(": ")[0] not in here]


def _odd_checks(reader: Reader, columns: str, missing: set[int]) -> Iterator[_Numbered]:
    """Those of the missing ones that are one bit away from what stands where none is read; they are missing no more."""
    for place in reader.odd_rows("fact_check", columns):
        whole = next(filter(None, (_whole(ordinal, row) for ordinal, row in place if ordinal in missing)), None)
        if whole is not None:
            missing.discard(whole[0])
            yield whole


def _whole(ordinal: int, row: Row) -> _Numbered | None:
    try:
        return _numbered(ordinal, row, None)
    except UNREADABLE:
        return None


def _numbered(ordinal: int, row: Row, mender: Mender | None) -> _Numbered:
    """A row with what it says; raises what is UNREADABLE where that is not what was imported, and cannot be mended."""
    newer, *said = row
    made = mender.mended(tuple(said), _as_imported) if mender is not None else _as_imported(tuple(said))
    return ordinal, newer, *made


def _as_imported(row: tuple[Any, ...]) -> tuple[str, Check]:
    """Where a fact-check came from, and what it says; raises what is UNREADABLE where that is not what was imported."""
    key, collection, digest, *fields = row
    # Of no bytes only the kind may be another.
    check = check_from([each or "" if isinstance(each, bytes) else each for each in fields])
    # Its key follows from it, so the digest is enough.
    is_whole = key == key_of(check) if digest is None else digest == check_digest(collection, check)
    if not is_whole:
        raise ValueError(CHANGED)
    # A lone surrogate stands for what is no UTF-8.
    "".join((collection, *map(str, fields))).encode()
    return collection, check


_KNOWN = (
    "select rowid from fact_check indexed by fact_check_replaced where replaced_by is not null",
    "select id from fact_check_words_docsize",
)
"""What knows the numbers of fact-checks without their rows: an index, and that of their words."""


def _numbers(source: sqlite3.Connection) -> set[int]:
    """The numbers of the fact-checks that there were, as far as that can be read."""
    known: set[int] = set()
    for query in _KNOWN:
        with suppress(sqlite3.DatabaseError):
            known |= {number for (number,) in source.execute(query)}
    return known


def _count_lost(source: sqlite3.Connection, found: Recovered, counted: int) -> None:
    """Tell how many fact-checks were not even found, where it is known how many were counted."""
    told = sum(line.startswith("fact") for line in found.lost)
    with suppress(sqlite3.DatabaseError, TypeError):
        (there,) = source.execute("select checks from fact_check_size").fetchone()
        if (missing := there - counted - told) > 0:
            found.lost.append(f"{missing} of {there} fact-checks are not here: import their files again")


_NO_DIGEST = "null"
_WITH_CHECKS, _WITH_DIGESTS = 5, 9
"""The first schemas with fact-checks, and with their digests."""


def _digest_column(source: sqlite3.Connection) -> str | None:
    """What to ask for as the digest of a fact-check; None where there are no fact-checks yet."""
    with suppress(sqlite3.DatabaseError):
        columns = {name for _, name, *_ in source.execute("pragma table_info (fact_check)")}
        if columns:
            return "digest" if "digest" in columns else _NO_DIGEST
    # Where the table is not to be seen, as what says where it is was damaged, its pages may still be there.
    schema = told_schema(source)
    if schema is None or schema >= _WITH_DIGESTS:
        return "digest"
    return _NO_DIGEST if schema >= _WITH_CHECKS else None
