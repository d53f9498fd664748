"""The ledger's table: appending entries, reading them, and finding one of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from annotator.errors import NotFoundError
from annotator.model.instants import written
from annotator.model.ledger import PAYLOAD_VERSION, Entry, Kind, effective, payload_json, utc_now, uuid7
from annotator.model.renaming import called, own_entries
from annotator.store import aliases, digests
from annotator.store.connection import Store
from annotator.store.names import NONE, article_key, key_of, known_key, no_article, work_keys
from annotator.store.packing import (
    packed_hash,
    packed_hashes,
    packed_id,
    packed_time,
    unpacked_hash,
    unpacked_hashes,
    unpacked_id,
)
from annotator.store.payloads import lengthened, shortened
from annotator.store.soundness.damage import UNREADABLE, damaged

KINDS: tuple[Kind, ...] = ("decision", "undo", "redo", "shared", "event")
"""The kinds of entries; the table has their places in this tuple."""
DECISION, UNDO, REDO, SHARED, EVENT = range(len(KINDS))

# What an entry is made of, and the tables it stands in.
COLUMNS = (
    "ledger.id, origin.text, ledger.lamport, ledger.kind, act.text, ledger.at, who.text, sitting.text, article.id, "
    "ledger.claim, ledger.payload, ledger.payload_version, under.text, ledger.suggestions, ledger.others_visible, "
    "undone.id"
)
JOINED = (
    "join name origin on origin.key = ledger.database join name act on act.key = ledger.action "
    "left join name who on who.key = ledger.reviewer left join name sitting on sitting.key = ledger.session "
    "left join article on article.ordinal = ledger.article left join name under on under.key = ledger.scheme "
    "left join ledger undone on undone.key = ledger.undoes"
)
# The order is that of the Lamport counters but where two databases were united, so an index on them is enough.
ORDER = "order by ledger.lamport, origin.text, ledger.id"
_LAST = "order by ledger.lamport desc, origin.text desc, ledger.id desc limit 1"

HOLDS = (
    "not exists (select 1 from ledger undo indexed by ledger_by_undoes where undo.undoes = ledger.key and "
    f"undo.kind = {UNDO} and not exists (select 1 from ledger redo indexed by ledger_by_undoes "
    f"where redo.undoes = undo.key and redo.kind = {REDO}))"
)
"""Whether a decision in the ledger's table is effective, as SQL."""

_MOST_NAMED = 50
"""Up to so many ids are looked for in payloads; it is quicker to read all entries than to look for more."""


def append(
    store: Store,
    kind: Kind,
    action: str,
    payload: Mapping[str, Any],
    *,
    reviewer: str | None = None,
    session: str | None = None,
    article_id: str | None = None,
    claim_id: str | None = None,
    suggestions: Sequence[str] = (),
    undoes: str | None = None,
    others_visible: bool = False,
) -> Entry:
    """Append one entry inside the caller's transaction, with the next Lamport counter of this database.

    Raises DecisionRefused for a reviewer who is called otherwise by now: another terminal may have her old name.
    """
    aliases.check_present(store.connection, reviewer)
    last = store.connection.execute("select coalesce(max(lamport), 0) from ledger").fetchone()[0]
    entry = Entry(
        id=uuid7(),
        database_id=store.database_id,
        lamport=last + 1,
        kind=kind,
        action=action,
        at=utc_now(),
        reviewer=reviewer,
        session=session,
        article_id=article_id,
        claim_id=claim_id,
        payload=payload,
        payload_version=PAYLOAD_VERSION,
        scheme_version=store.scheme.label,
        suggestions=tuple(suggestions),
        others_visible=others_visible,
        undoes=undoes,
    )
    write(store, entry)
    return entry


def write(store: Store, entry: Entry, *, erased: bool = False) -> int:
    """Write an entry as it is, and give its number in this file; inside the caller's transaction.

    Of an entry that was `erased` before there were digests none is known. Raises NotFoundError where the article or the
    entry that it names is not here.
    """
    if erased:
        return write_sealed(store, entry, None, digests.UNKNOWN, digests.seal(entry, digests.UNKNOWN))
    salt, whole = digests.new_salt(), payload_json(entry.payload)
    digest = digests.written_digest(whole, salt)
    return write_sealed(store, entry, salt, digest, digests.seal(entry, digest), whole)


def write_sealed(
    store: Store, entry: Entry, salt: bytes | None, digest: bytes, seal: bytes, whole: str | None = None
) -> int:
    """Write an entry with the digest and seal that it has; without a salt its payload is not written.

    `whole` is what `payload_json` makes of the payload, where that is known.
    """
    connection = store.connection
    article = undoes = None
    if entry.article_id is not None:
        article = article_key(connection, entry.article_id) or None
        if article is None:
            raise no_article(store.path, entry.article_id)
    if entry.undoes is not None:
        undoes = entry_key(store, entry.undoes)
    cursor = connection.execute(
        "insert into ledger (id, database, lamport, kind, action, at, reviewer, session, article, claim, payload, "
        "payload_version, scheme, suggestions, others_visible, undoes, erased, salt, digest, seal) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            packed_id(entry.id),
            key_of(connection, "database", entry.database_id),
            entry.lamport,
            KINDS.index(entry.kind),
            key_of(connection, "action", entry.action),
            packed_time(entry.at),
            None if entry.reviewer is None else key_of(connection, "reviewer", entry.reviewer),
            None if entry.session is None else key_of(connection, "session", entry.session),
            article,
            None if entry.claim_id is None else packed_hash(entry.claim_id),
            shortened(entry.payload, entry.claim_id, whole) if salt is not None else "",
            entry.payload_version,
            None if entry.scheme_version is None else key_of(connection, "scheme", entry.scheme_version),
            packed_hashes(entry.suggestions),
            entry.others_visible,
            undoes,
            salt is None,
            salt,
            digest,
            seal,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


# Reading


def entries(store: Store) -> Iterator[Entry]:
    """All entries in their total order."""
    return _found(store, "ledger", "1", ())


def entries_of(store: Store, reviewer: str, article_id: str) -> Iterator[Entry]:
    """The entries of a reviewer on an article, in their order and in present terms; undos of them may be others'."""
    names = aliases.ever_connected(store.connection, reviewer)
    if names:
        return _connected_entries(store, reviewer, article_id, names)
    article, who = work_keys(store.connection, reviewer, article_id)
    return _found(store, _OF_ARTICLE, "ledger.article = ? and ledger.reviewer = ?", (article, who))


def _connected_entries(store: Store, reviewer: str, article_id: str, names: Collection[str]) -> Iterator[Entry]:
    connection = store.connection
    keys = tuple(known_key(connection, "reviewer", name) for name in names)
    where = f"ledger.article = ? and ledger.reviewer {aliases.one_of(keys)}"
    found = _as_made(store, _OF_ARTICLE, where, (article_key(connection, article_id), *keys))
    return own_entries(list(found), reviewer, aliases.now_called(connection))


def _is_own_id(named: str) -> bool:
    """Whether a key is the UUID of an attribution or a piece of evidence, and no claim's or place's."""
    return "-" in named


def in_present_terms(store: Store, entry: Entry) -> Entry:
    """An entry as it stands among its reviewer's, where her name was ever connected with another."""
    keys = (part for change in entry.changes for part in change.key)
    if (
        entry.article_id is None
        or not any(map(_is_own_id, keys))
        or not aliases.ever_connected(store.connection, entry.reviewer or "")
    ):
        return entry
    own = entries_of(store, entry.reviewer or "", entry.article_id)
    return next((each for each in own if each.id == entry.id), entry)


def decisions_since(
    store: Store, reviewer: str, article_id: str, named: Collection[str], lamport: int
) -> Iterator[Entry]:
    """The reviewer's decisions that hold on an article, from a Lamport counter on, in their order.

    All that assign a register of these are among them, maybe others. `named` are the ids that the registers'
    keys begin with, as the entries have them.
    """
    where, parameters = _about(store, reviewer, article_id, named)
    return _found(store, _OF_ARTICLE, f"{where} and ledger.lamport >= ? and {HOLDS}", (*parameters, lamport))


def decisions_until(
    store: Store, reviewer: str, article_id: str, named: Collection[str], lamport: int
) -> Iterator[Entry]:
    """The same up to a Lamport counter, the last one first; nothing is read before what is asked for."""
    where, parameters = _about(store, reviewer, article_id, named)
    # One at a time: a sorted list would be read on until the next Lamport counter, and Python reads a row ahead.
    last = (
        f"select ledger.lamport from {_OF_ARTICLE} where {where} and ledger.lamport <= ? and {HOLDS} "
        "order by ledger.lamport desc limit 1"
    )
    while row := store.connection.execute(last, (*parameters, lamport)).fetchone():
        at = _found(store, _OF_ARTICLE, f"{where} and ledger.lamport = ? and {HOLDS}", (*parameters, row[0]))
        yield from reversed(list(at))
        lamport = row[0] - 1


def is_named_before(store: Store, entry: Entry, named: Collection[str]) -> bool:
    """Whether an earlier decision of the entry's reviewer on its article, which holds, may name one of these ids.

    The ids are those in the entries, also where they are others in present terms.
    """
    where, parameters = _about(store, entry.reviewer or "", entry.article_id or "", named)
    found = store.connection.execute(
        f"select 1 from {_OF_ARTICLE} where {where} and ledger.lamport < ? and {HOLDS} limit 1",
        (*parameters, entry.lamport),
    )
    return found.fetchone() is not None


def _about(store: Store, reviewer: str, article_id: str, named: Collection[str]) -> tuple[str, list[Any]]:
    """The reviewer's decisions on an article that may assign a register with one of these ids in its key, as SQL."""
    own = aliases.own_keys(store.connection, reviewer)
    where = f"ledger.article = ? and ledger.reviewer {aliases.one_of(own)} and ledger.kind = {DECISION}"
    parameters: list[Any] = [article_key(store.connection, article_id), *own]
    if len(named) <= _MOST_NAMED:
        claims = [packed for packed in map(packed_hash, named) if isinstance(packed, bytes)]
        ways = [f"ledger.claim in ({', '.join('?' * len(claims))})"] if claims else []
        ways += ["instr(ledger.payload, ?) > 0"] * len(named)
        where += f" and ({' or '.join(ways)})"
        parameters += [*claims, *(json.dumps(id_, ensure_ascii=False)[1:-1] for id_ in named)]
    return where, parameters


def entries_on(store: Store, article_id: str, action: str) -> Iterator[Entry]:
    """The shared entries of an article with this action that are not erased, in their order."""
    keys = (article_key(store.connection, article_id), known_key(store.connection, "action", action))
    where = f"ledger.article = ? and ledger.kind = {SHARED} and ledger.action = ? and ledger.erased = 0"
    return _found(store, "ledger indexed by ledger_shared", where, keys)


def shared_entries(store: Store, action: str) -> Iterator[Entry]:
    """The shared entries of the whole project with this action, in their order."""
    where = f"ledger.article is null and ledger.kind = {SHARED} and ledger.action = ?"
    return _found(store, "ledger indexed by ledger_shared", where, (known_key(store.connection, "action", action),))


def has_action(store: Store, action: str) -> bool:
    """Whether any entry may have this action."""
    return known_key(store.connection, "action", action) != NONE


def shared_in_order(store: Store) -> Iterator[Entry]:
    """All shared entries, in their order."""
    return _found(store, "ledger", f"ledger.kind = {SHARED}", ())


def entries_where(store: Store, where: str, parameters: Sequence[Any]) -> Iterator[Entry]:
    """Entries in their order; `where` is this package's own SQL over the table ledger, never anybody's input."""
    return _found(store, "ledger", where, parameters)


def decisions(store: Store, reviewer: str, article_id: str) -> Sequence[Entry]:
    """The reviewer's decisions on an article that still hold and are not erased, the last one first."""
    if aliases.ever_connected(store.connection, reviewer):
        return effective(list(entries_of(store, reviewer, article_id)))[::-1]
    where = f"ledger.article = ? and ledger.reviewer = ? and ledger.kind = {DECISION} and ledger.erased = 0 and {HOLDS}"
    return list(_found(store, _OF_ARTICLE, where, work_keys(store.connection, reviewer, article_id)))[::-1]


def entry_by_id(store: Store, entry_id: str) -> Entry:
    """One entry; raises NotFoundError where there is none."""
    for entry in _found(store, "ledger", "ledger.id = ?", (packed_id(entry_id),)):
        return in_present_terms(store, entry)
    raise NotFoundError(f"no ledger entry {entry_id}")


def last_key(store: Store) -> int:
    """The number of the last entry in this file: another one where anything has been decided since."""
    return int(store.connection.execute("select coalesce(max(key), 0) from ledger").fetchone()[0])


def entry_key(store: Store, entry_id: str) -> int:
    """The number of an entry in this file; raises NotFoundError where there is none."""
    row = store.connection.execute("select key from ledger where id = ?", (packed_id(entry_id),)).fetchone()
    if row is None:
        raise NotFoundError(f"no ledger entry {entry_id}")
    return int(row[0])


_OF_ARTICLE = "ledger indexed by ledger_by_article"
_OF_REVIEWER = "ledger indexed by ledger_by_reviewer"


def last_of(store: Store, keys: Sequence[int], where: str, parameters: Sequence[Any]) -> Entry | None:
    """The last entry of these reviewers' numbers; `where` is this package's own SQL over the table ledger.

    Each is looked for by itself, so that an index leads to it.
    """
    ends = (
        next(_found(store, _OF_REVIEWER, f"ledger.reviewer = ? and {where}", (key, *parameters), _LAST), None)
        for key in keys
    )
    last = max((entry for entry in ends if entry is not None), key=lambda entry: entry.order, default=None)
    return None if last is None else in_present_terms(store, last)


def _found(store: Store, table: str, where: str, parameters: Sequence[Any], order: str = ORDER) -> Iterator[Entry]:
    found = _as_made(store, table, where, parameters, order)
    names = aliases.now_called(store.connection)
    return (called(entry, names) for entry in found) if names else found


def _as_made(store: Store, table: str, where: str, parameters: Sequence[Any], order: str = ORDER) -> Iterator[Entry]:
    cursor = store.connection.execute(f"select {COLUMNS} from {table} {JOINED} where {where} {order}", parameters)
    return (entry_of(store, row) for row in cursor)


def entry_of(store: Store, row: Sequence[Any]) -> Entry:
    """The entry of a row of COLUMNS; raises RowDamagedError where it cannot be read."""
    try:
        return entry_of_row(row)
    except UNREADABLE as error:
        raise damaged(store.path, f"ledger entry {unpacked_id(row[0])}", error) from error


def entry_of_row(row: Sequence[Any]) -> Entry:
    """The same; raises one of UNREADABLE."""
    claim_id = None if row[9] is None else unpacked_hash(row[9])
    return Entry(
        id=unpacked_id(row[0]),
        database_id=row[1],
        lamport=row[2],
        kind=KINDS[row[3]],
        action=row[4],
        at=written(row[5]),
        reviewer=row[6],
        session=row[7],
        article_id=row[8],
        claim_id=claim_id,
        payload=lengthened(row[10], claim_id),
        payload_version=row[11],
        scheme_version=row[12],
        suggestions=unpacked_hashes(row[13]),
        others_visible=bool(row[14]),
        undoes=None if row[15] is None else unpacked_id(row[15]),
    )
