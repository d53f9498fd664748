"""Renaming a reviewer, joining two, and taking that back: one shared entry, and their work made anew from the ledger.

The entry assigns the new name to a setting that the old name has. Nothing in the ledger is rewritten.
"""

from __future__ import annotations

from annotator.errors import DecisionRefused
from annotator.model.ledger import Change, Entry, changes_payload, registers
from annotator.model.renaming import ALIAS
from annotator.model.reviewer import ADJUDICATED
from annotator.store import aliases, ledger, project
from annotator.store.aliases import RENAME
from annotator.store.connection import Store, translated
from annotator.store.names import key_of
from annotator.store.rebuilding import refold_reviewers

_TAKES_BACK = "takes_back"


def rename(store: Store, old: str, new: str, reviewer: str | None) -> None:
    """Let a name mean another reviewer's from now on, or one that nobody has yet: one shared entry.

    Raises DecisionRefused where one of the two leads to another already.
    """
    with store.transaction():
        aliases.check_present(store.connection, old)
        aliases.check_present(store.connection, new)
        _record(store, changes_payload([Change("setting", (ALIAS + old,), new)]), reviewer)


def take_back(store: Store, entry: Entry, reviewer: str | None) -> None:
    """Let a name mean what it did before it was renamed: one shared entry.

    Raises DecisionRefused where that entry does not hold any more, or another renamed the same name later.
    """
    with store.transaction():
        holding = renamings(store, old_name(entry))
        if not holding or holding[-1].id != entry.id:
            raise DecisionRefused("somebody was renamed meanwhile: look at it again")
        before = registers(holding[:-1])
        changes = [Change(change.table, change.key, before.get(change.register)) for change in entry.changes]
        _record(store, changes_payload(changes, **{_TAKES_BACK: entry.id}), reviewer)


def _record(store: Store, payload: dict[str, object], reviewer: str | None) -> None:
    project.project(store, entry := ledger.append(store, "shared", RENAME, payload, reviewer=reviewer))
    touched = {old_name(entry), *(change.value for change in entry.changes if change.value is not None)}
    names = frozenset[str]().union(*(aliases.ever_connected(store.connection, name) for name in touched))
    for name in names:
        key_of(store.connection, "reviewer", name)
    refold_reviewers(store, names)


def renamings(store: Store, name: str | None = None) -> list[Entry]:
    """The renamings (all, or of one name) that have not been taken back, in the ledger's order."""
    found = list(ledger.shared_entries(store, RENAME))
    taken_back = {entry.payload.get(_TAKES_BACK) for entry in found}
    return [
        entry
        for entry in found
        if _TAKES_BACK not in entry.payload and entry.id not in taken_back and name in (None, old_name(entry))
    ]


def by_name(store: Store) -> dict[str, list[Entry]]:
    """The renamings that have not been taken back, by the names that they are about."""
    found: dict[str, list[Entry]] = {}
    for entry in renamings(store):
        found.setdefault(old_name(entry), []).append(entry)
    return found


def everybody(store: Store) -> list[str]:
    """All present names: of who has done anything, has something to review, or leads the project.

    The adjudicated layer is nobody.
    """
    with translated(store.path):
        rows = store.connection.execute(
            "select text from name where kind = 'reviewer' and "
            "(exists (select 1 from ledger where reviewer = name.key) or exists "
            "(select 1 from assignment where reviewer = name.key))"
        )
        found = {row[0] for row in rows}
        names = aliases.now_called(store.connection)
        lead = project.load_project(store).lead
    return sorted(({names.get(name, name) for name in found} | ({lead} if lead else set())) - {ADJUDICATED})


def decided(store: Store, reviewer: str) -> tuple[int, int]:
    """How many decisions a reviewer has taken, undone ones too, and on how many articles."""
    own = aliases.own_keys(store.connection, reviewer)
    with translated(store.path):
        row = store.connection.execute(
            "select count(*), count(distinct article) from ledger indexed by ledger_by_reviewer "
            f"where reviewer {aliases.one_of(own)} and kind = {ledger.DECISION}",
            own,
        ).fetchone()
    return int(row[0]), int(row[1])


def old_name(entry: Entry) -> str:
    """The name that a renaming, or what takes one back, is about."""
    return entry.changes[0].key[0].removeprefix(ALIAS)


def new_name(entry: Entry) -> str:
    """What a renaming calls its reviewer."""
    return str(entry.changes[0].value)
