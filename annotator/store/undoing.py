"""What a reviewer's next undo and redo take back, found without going through all that was taken back before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from annotator.errors import DecisionRefused
from annotator.model.late import dataclass
from annotator.model.ledger import Entry
from annotator.store import aliases, ledger
from annotator.store.connection import Store
from annotator.store.packing import packed_id

What = Literal["undo", "redo"]

_DUE: dict[What, str] = {
    "undo": f"ledger.kind = {ledger.DECISION} and ledger.erased = 0 and {ledger.HOLDS}",
    "redo": (
        f"ledger.kind = {ledger.UNDO} and not exists (select 1 from ledger redo "
        f"indexed by ledger_by_undoes where redo.undoes = ledger.key and redo.kind = {ledger.REDO}) "
        "and ledger.lamport > (select coalesce(max(lamport), 0) from ledger decided indexed by ledger_by_reviewer "
        f"where decided.reviewer {{own}} and decided.kind = {ledger.DECISION}) "
        "and exists (select 1 from ledger undone where undone.key = ledger.undoes and undone.erased = 0 "
        "and undone.reviewer {own})"
    ),
}


@dataclass(slots=True)
class Trail:
    """How far one session of a reviewer has gone back with undo, or forward with redo, since she did anything else.

    Behind the Lamport counter `lamport` is nothing that `what` could still take back, as of the entry with the number
    `key` in this file. `due` is what was last found to be next with nothing passed over (what takes it back, and it),
    and the number of the last entry of this file before it was looked for.
    """

    what: What | None = None
    lamport: int = 0
    key: int = 0
    due: tuple[What, Entry, int] | None = None

    def found(self, what: What, last: int) -> Entry | None:
        """What was last found to be next, where the entry with this number was the last one then as well; else None."""
        known = self.due
        return known[1] if known is not None and (known[0], known[2]) == (what, last) else None

    def forget(self) -> None:
        """Nothing is known: the next search begins at the end."""
        self.what = None

    def reach(self, what: What, taken: Entry, key: int) -> None:
        """`taken`, the last of all that could be, was taken back by the entry with this number."""
        self.what, self.lamport, self.key = what, taken.lamport, key

    def end(self, store: Store, own: Sequence[int], what: What, last: int) -> int | None:
        """The Lamport counter to search from, None for the end of the ledger; `last` is its last entry's number.

        What others decide and open meanwhile changes nothing. After everything else, another terminal of the same
        reviewer among it, the search begins at the end again.
        """
        if self.what != what:
            return None
        if self.key == last:
            return self.lamport
        changed = store.connection.execute(
            f"select 1 from ledger where key > ? and (kind in ({ledger.UNDO}, {ledger.REDO}, {ledger.SHARED}) "
            f"or kind = {ledger.DECISION} and reviewer {aliases.one_of(tuple(own))}) limit 1",
            (self.key, *own),
        ).fetchone()
        return self.lamport if changed is None else None


def next_undo(store: Store, reviewer: str, passed: Sequence[str] = (), trail: Trail | None = None) -> Entry | None:
    """The reviewer's last decision that still holds, is not erased and is not passed over by its id, or None."""
    return _next(store, reviewer, "undo", passed, trail)


def next_redo(store: Store, reviewer: str, passed: Sequence[str] = (), trail: Trail | None = None) -> Entry | None:
    """The reviewer's last undo that no redo took back, no later decision cleared and is not passed over, or None."""
    return _next(store, reviewer, "redo", passed, trail)


def _next(
    store: Store, reviewer: str, what: What, passed: Sequence[str], trail: Trail | None, last: int | None = None
) -> Entry | None:
    own = aliases.own_keys(store.connection, reviewer)
    where = _DUE[what].format(own=aliases.one_of(own))
    parameters: list[Any] = [] if what == "undo" else [*own, *own]
    end = trail.end(store, own, what, ledger.last_key(store) if last is None else last) if trail is not None else None
    if end is not None:
        where += " and ledger.lamport <= ?"
        parameters.append(end)
    for id_ in passed:
        where += " and ledger.id <> ?"
        parameters.append(packed_id(id_))
    return ledger.last_of(store, own, where, parameters)


def due(
    store: Store, reviewer: str, what: What, is_passed: Callable[[Entry], bool], trail: Trail | None = None
) -> tuple[Entry | None, bool]:
    """What the next undo or redo takes back, or None, and whether that is the last of all: nothing is passed over."""
    last = ledger.last_key(store) if trail is not None else 0
    known = trail.found(what, last) if trail is not None else None
    if known is not None and not is_passed(known):
        return known, True
    passed: list[str] = []
    while (entry := _next(store, reviewer, what, passed, trail, last)) is not None and is_passed(entry):
        passed.append(entry.id)
    if trail is not None:
        trail.due = None if passed or entry is None else (what, entry, last)
    return entry, not passed


def check_due(
    store: Store, reviewer: str, entry: Entry, stuck: Callable[[Store, Entry], bool], trail: Trail | None = None
) -> bool:
    """Raise DecisionRefused unless the entry is what the reviewer's next undo or redo takes back.

    What is `stuck` cannot be taken back, and is passed over; gives whether nothing was.
    """
    what: What = "undo" if entry.kind == "decision" else "redo"
    found, is_last = due(store, reviewer, what, lambda found: found.id != entry.id and stuck(store, found), trail)
    if found is None or found.id != entry.id:
        raise DecisionRefused(f"something else was decided meanwhile: press {what} again to see what is next")
    return is_last


def taken_back(trail: Trail | None, entry: Entry, key: int, *, is_last: bool) -> None:
    """Note on the trail, once it is committed, that the entry was taken back by the one with this number."""
    if trail is None:
        return
    if is_last:
        trail.reach("undo" if entry.kind == "decision" else "redo", entry, key)
    else:
        trail.forget()
