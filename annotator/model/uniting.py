"""United ledgers: what stands after machines that knew nothing of each other wrote, and where they differ. Pure.

Each ledger alone keeps the rules of the domain; the union of two may not. A nesting may run in a circle, an attribution
be nested in one that the other machine removed. What is cut then follows from the ids alone, so that it is the same
whoever is united with whom, and in which order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from annotator.model.attribution import Attribution
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.ledger import Entry, effective

Register = tuple[str, ...]
MERGE = "merge"
"""The ledger's action of uniting with other databases; its payload has the `heads` that are known from then on."""
HEADS = "heads"


def sound(state: Mapping[Register, Any]) -> dict[Register, Any]:
    """One reviewer's registers of one article without what the union of ledgers has made impossible.

    An attribution whose parent is gone, does not hold its content any more, or is nested in it in turn, is nested in
    none; of a circle the one with the largest id is cut out. What was judged of an attribution that is gone goes with
    it, and evidence on it becomes evidence on the content.
    """
    kept = {register: value for register, value in state.items() if value is not None}
    values = {register[1]: value for register, value in kept.items() if register[0] == "attribution"}
    for id_ in _cut(_nested(values)):
        kept["attribution", id_] = {**kept["attribution", id_], "parent": None}
    gone = [register for register in kept if _of_nothing(register, values)]
    for register in gone:
        del kept[register]
    for register, value in kept.items():
        if register[0] == "evidence" and value["target"] not in (CONTENT, *values):
            kept[register] = {**value, "target": CONTENT}
    return kept


def _nested(values: Mapping[str, Any]) -> dict[str, Attribution]:
    """Of the attributions with these values those that are nested, and those that they are nested in."""
    parents = {id_: value.get("parent") for id_, value in values.items()}
    concerned = {id_ for pair in parents.items() if pair[1] is not None for id_ in pair}
    return {id_: Attribution.from_payload(id_, value) for id_, value in values.items() if id_ in concerned}


def _of_nothing(register: Register, made: Mapping[str, Any]) -> bool:
    if register[0] == "attribution_source":
        return register[1] not in made
    return register[0] == "verdict" and register[2] != CONTENT and register[2] not in made


def _cut(made: Mapping[str, Attribution]) -> list[str]:
    """The attributions that are to be nested in none."""
    loose = [id_ for id_, each in made.items() if each.parent is not None and not _lies_in_parent(each, made)]
    parents = {id_: each.parent for id_, each in made.items() if each.parent is not None and id_ not in loose}
    return [*loose, *circles(parents)]


def _lies_in_parent(attribution: Attribution, made: Mapping[str, Attribution]) -> bool:
    parent = made.get(attribution.parent or "")
    return parent is not None and attribution.lies_in(parent)


def circles(parents: Mapping[str, str]) -> list[str]:
    """Of each circle of ids that lead to ids the largest one."""
    found: set[str] = set()
    for start in parents:
        path: list[str] = []
        at: str | None = start
        while at is not None and at not in path:
            path.append(at)
            at = parents.get(at)
        if at is not None:
            found.add(max(path[path.index(at) :]))
    return sorted(found)


# What two machines decided, neither knowing of the other


@dataclass(frozen=True, slots=True)
class Conflict:
    """A register to which one reviewer gave two values on two machines, neither knowing of the other.

    `standing` is the entry whose value stands, the later one; `other` the entry whose value does not.
    """

    register: Register
    standing: Entry
    other: Entry

    def values(self) -> tuple[Any, Any]:
        """The value that stands, and the other one."""
        return _value(self.standing, self.register), _value(self.other, self.register)


def _value(entry: Entry, register: Register) -> Any:
    return [change.value for change in entry.changes if change.register == register][-1]


_NO_CONFLICT = ("source", "attribution_source", "refusal")
"""Tables without conflicts: sources are everybody's, and one that was made twice is proposed to be joined."""


class Knowledge:
    """What each entry knew of other databases, and of other names of its reviewer's.

    Built from the entries of uniting, in the ledger's order, and those of renaming by the names that they are about.
    """

    def __init__(
        self, merges: Iterable[Entry], renamings: Mapping[str, Sequence[Entry]] = MappingProxyType({})
    ) -> None:
        self._renamings = renamings
        self._merges: dict[str, list[tuple[int, Mapping[str, int]]]] = {}
        for entry in merges:
            self._merges.setdefault(entry.database_id, []).append((entry.lamport, entry.payload[HEADS]))

    def knew(self, entry: Entry, other: Entry) -> bool:
        """Whether an entry was made where another was known, and as the same reviewer's.

        What two did under names that were joined later is unknown to each other.
        """
        if not self._had(entry, other):
            return False
        if entry.signed == other.signed:
            return True
        about = [*self._renamings.get(entry.signed or "", ()), *self._renamings.get(other.signed or "", ())]
        return any(self._had(entry, renaming) for renaming in about)

    def _had(self, entry: Entry, other: Entry) -> bool:
        if entry.database_id == other.database_id:
            return entry.order > other.order
        return self._head(entry, other.database_id) >= other.lamport

    def _head(self, entry: Entry, database_id: str) -> int:
        heads = [
            known.get(database_id, 0)
            for lamport, known in self._merges.get(entry.database_id, ())
            if lamport < entry.lamport
        ]
        return max(heads, default=0)


def conflicts(entries: Iterable[Entry], knowledge: Knowledge) -> Iterator[Conflict]:
    """Where one reviewer's entries differ that knew nothing of each other, and nothing later knows of both."""
    by_register: dict[Register, list[Entry]] = {}
    for entry in effective(list(entries)):
        for change in entry.changes:
            if change.table not in _NO_CONFLICT:
                by_register.setdefault(change.register, []).append(entry)
    for register, found in by_register.items():
        standing = found[-1]
        unknown = [entry for entry in found[:-1] if not knowledge.knew(standing, entry)]
        for other in unknown[-1:]:
            if _value(other, register) != _value(standing, register):
                yield Conflict(register, standing, other)
