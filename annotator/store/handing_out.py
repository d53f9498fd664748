"""Handing work out, and taking that back: one transaction each that records it and counts anew."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.errors import DecisionRefused
from annotator.model.ledger import Change, Entry, changes_payload, registers
from annotator.store import aliases, ledger, worths_anew
from annotator.store.connection import Store
from annotator.store.project import ASSIGN, HANDING_OUT, UNASSIGN, begun, handed_out, project, unite_assignments
from annotator.store.projection import write_progress
from annotator.store.review import load_article, load_review

_TAKES_BACK = "takes_back"


def assign(store: Store, changes: Sequence[Change], reviewer: str | None) -> None:
    """Hand work out as the changes of assignments say: one shared entry.

    What was handed out to an earlier name of a reviewer's is replaced with it.
    """
    with store.transaction():
        payload = changes_payload([*changes, *_of_other_names(store, changes)])
        _record(store, ledger.append(store, "shared", ASSIGN, payload, reviewer=reviewer))


def _of_other_names(store: Store, changes: Sequence[Change]) -> list[Change]:
    names = aliases.now_called(store.connection)
    if not names:
        return []
    replaced = {change.key for change in changes}
    return [
        Change("assignment", (name, article_id), None)
        for (_, name, article_id), value in handed_out(store).items()
        if value is not None and (names.get(name), article_id) in replaced
    ]


def take_back(store: Store, entry: Entry, reviewer: str | None) -> None:
    """Let the assignments be what they were before a handing out: one shared entry.

    Raises DecisionRefused where it is not the last one that holds any more.
    """
    with store.transaction():
        holding = _holding(store)
        if not holding or holding[-1].id != entry.id:
            raise DecisionRefused("work was handed out meanwhile: look at it again")
        before = registers(holding[:-1])
        changes = [Change(change.table, change.key, before.get(change.register)) for change in entry.changes]
        payload = changes_payload(changes, **{_TAKES_BACK: entry.id})
        _record(store, ledger.append(store, "shared", UNASSIGN, payload, reviewer=reviewer))


def last_handout(store: Store) -> Entry | None:
    """The last handing out that has not been taken back, or None."""
    return next(reversed(_holding(store)), None)


def _holding(store: Store) -> list[Entry]:
    found = [entry for action in HANDING_OUT for entry in ledger.shared_entries(store, action)]
    found.sort(key=lambda entry: entry.order)
    taken_back = {entry.payload[_TAKES_BACK] for entry in found if entry.action == UNASSIGN}
    return [entry for entry in found if entry.action == ASSIGN and entry.id not in taken_back]


def _record(store: Store, entry: Entry) -> None:
    """Write the assignments, and the counts of what somebody has begun: they are of the claims she is to review."""
    project(store, entry)
    unite_assignments(store)
    names = aliases.now_called(store.connection)
    changed = {(names.get(name, name), article_id) for name, article_id in (change.key for change in entry.changes)}
    for article_id, reviewer in begun(store):
        if (reviewer, article_id) in changed:
            write_progress(store, load_review(store, load_article(store, article_id, suggested=False), reviewer))
    worths_anew.after_assigning(store, {(reviewer, article_id) for reviewer, article_id in changed})
