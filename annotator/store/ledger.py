"""The ledger's table: appending entries, and finding what can be undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from annotator.errors import DecisionRefused, NotFoundError
from annotator.model.ledger import PAYLOAD_VERSION, Entry, Kind, payload_json, utc_now, uuid7
from annotator.store.connection import Store
from annotator.store.damage import UNREADABLE, damaged

_COLUMNS = (
    "id, database_id, lamport, kind, action, at, reviewer, session, article_id, claim_id, payload, payload_version, "
    "scheme_version, suggestions, others_visible, undoes"
)
HOLDS = (
    "not exists (select 1 from ledger undo where undo.undoes = ledger.id and undo.kind = 'undo' and not exists "
    "(select 1 from ledger redo where redo.undoes = undo.id and redo.kind = 'redo'))"
)
"""Whether a decision in the ledger's table is effective, as SQL."""
_NOT_PASSED = "ledger.id not in (select value from json_each(?))"


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
) -> Entry:
    """Append one entry inside the caller's transaction, with the next Lamport counter of this database."""
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
        undoes=undoes,
    )
    store.connection.execute(
        f"insert into ledger ({_COLUMNS}) values (?{', ?' * 15})",
        (
            entry.id,
            entry.database_id,
            entry.lamport,
            entry.kind,
            entry.action,
            entry.at,
            entry.reviewer,
            entry.session,
            entry.article_id,
            entry.claim_id,
            payload_json(payload),
            entry.payload_version,
            entry.scheme_version,
            json.dumps(entry.suggestions),
            entry.others_visible,
            entry.undoes,
        ),
    )
    return entry


def entries(store: Store, where: str = "1", parameters: Sequence[Any] = ()) -> Iterator[Entry]:
    """Entries in their total order; `where` is this package's own SQL, never anybody's input."""
    cursor = store.connection.execute(
        f"select {_COLUMNS} from ledger where {where} order by lamport, database_id, id",
        parameters,
    )
    return (_entry(store, row) for row in cursor)


def decisions(store: Store, reviewer: str, article_id: str) -> Sequence[Entry]:
    """The reviewer's decisions on an article that still hold and are not erased, the last one first."""
    where = f"reviewer = ? and article_id = ? and kind = 'decision' and erased = 0 and {HOLDS}"
    return list(entries(store, where, [reviewer, article_id]))[::-1]


def entry_by_id(store: Store, entry_id: str) -> Entry:
    """One entry; raises NotFoundError where there is none."""
    for entry in entries(store, "id = ?", [entry_id]):
        return entry
    raise NotFoundError(f"no ledger entry {entry_id}")


def _entry(store: Store, row: tuple[Any, ...] | sqlite3.Row) -> Entry:
    values = list(row)
    try:
        values[10] = json.loads(values[10])
        if not isinstance(values[10], dict):
            raise TypeError("a payload that is no object")
        values[13] = tuple(json.loads(values[13]))
        values[14] = bool(values[14])
        return Entry(*values)
    except UNREADABLE as error:
        raise damaged(store.path, f"ledger entry {values[0]}", error) from error


def next_undo(store: Store, reviewer: str, passed: Sequence[str] = ()) -> Entry | None:
    """The reviewer's last decision that still holds, is not erased and is not passed over by its id, or None."""
    where = f"reviewer = ? and kind = 'decision' and erased = 0 and {_NOT_PASSED} and {HOLDS}"
    return _first(store, where, [reviewer, json.dumps(passed)])


def next_redo(store: Store, reviewer: str, passed: Sequence[str] = ()) -> Entry | None:
    """The reviewer's last undo that no redo took back, no later decision cleared and is not passed over, or None."""
    return _first(
        store,
        "reviewer = ? and kind = 'undo' and not exists (select 1 from ledger redo where redo.undoes = ledger.id) "
        "and lamport > (select coalesce(max(lamport), 0) from ledger where reviewer = ? and kind = 'decision') "
        "and exists (select 1 from ledger undone where undone.id = ledger.undoes and undone.erased = 0) "
        f"and {_NOT_PASSED}",
        [reviewer, reviewer, json.dumps(passed)],
    )


def check_due(store: Store, reviewer: str, entry: Entry, stuck: Callable[[Store, Entry], bool]) -> None:
    """Raise DecisionRefused unless the entry is what the reviewer's next undo or redo takes back.

    What is `stuck` cannot be taken back, and is passed over.
    """
    find = next_undo if entry.kind == "decision" else next_redo
    passed: list[str] = []
    while (due := find(store, reviewer, passed)) is not None and due.id != entry.id and stuck(store, due):
        passed.append(due.id)
    if due is None or due.id != entry.id:
        what = "undo" if entry.kind == "decision" else "redo"
        raise DecisionRefused(f"something else was decided meanwhile: press {what} again to see what is next")


def _first(store: Store, where: str, parameters: Sequence[Any]) -> Entry | None:
    row = store.connection.execute(
        f"select {_COLUMNS} from ledger where {where} order by lamport desc, database_id desc, id desc limit 1",
        parameters,
    ).fetchone()
    return _entry(store, row) if row else None
