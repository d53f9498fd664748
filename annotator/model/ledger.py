"""Ledger entries: every decision, import and removal, in an order that does not depend on clocks.

A decision's payload is a list of changes. Each change assigns a value to one register of its reviewer; the
present state of a register is the value of the last effective entry that assigns it, in the order
(Lamport counter, database id, entry id). A decision is effective unless an undo names it that no redo names.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import Any, Literal

from annotator.errors import DomainError
from annotator.model.hashing import sha256
from annotator.model.judgement import JUDGEMENT_FACETS, VERDICT_FACETS
from annotator.model.late import dataclass

PAYLOAD_VERSION = 1

Kind = Literal["decision", "undo", "redo", "event", "shared"]
Table = Literal[
    "judgement", "verdict", "attribution", "evidence", "boundary", "refusal", "source", "attribution_source",
    "setting", "assignment", "question",
]  # fmt: skip
_KEY_LENGTHS = {
    "judgement": 2, "verdict": 3, "attribution": 1, "evidence": 1, "boundary": 1, "refusal": 1, "source": 1,
    "attribution_source": 1, "setting": 1, "assignment": 2, "question": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """The assignment of `value` (None clears) to the register `key` of one of the reviewer's tables.

    Keys: judgement (claim id, facet); verdict (claim id, target, facet); attribution (id,); evidence (id,);
    boundary (offset in code points as text,); refusal (suggestion id,); attribution_source (attribution id,), whose
    value is a source's id. The registers of source (source id,) are the project's, not the reviewer's: what all
    reviewers' decisions and the shared entries assign to one is one register. Those of setting (name,) and assignment
    (reviewer, article id) are the project's too, and only shared entries assign to them; the value of an assignment
    is True for all of the article, or the spans of its claims. A question (id,) to the lead is shared as well.
    """

    table: Table
    key: tuple[str, ...]
    value: Any

    def __post_init__(self) -> None:
        _check_register(self.table, self.key)

    @property
    def register(self) -> tuple[str, ...]:
        """What is assigned: the table and the key in it."""
        return (self.table, *self.key)


def _check_register(table: str, key: tuple[str, ...]) -> None:
    """Raise DomainError where a table has no such register."""
    if _KEY_LENGTHS.get(table) != len(key):
        raise DomainError(f"a change of {table} cannot have the key {key!r}")
    if table == "judgement" and key[1] not in JUDGEMENT_FACETS:
        raise DomainError(f"no such facet of a judgement: {key[1]}")
    if table == "verdict" and key[2] not in VERDICT_FACETS:
        raise DomainError(f"no such facet of a verdict: {key[2]}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the append-only ledger.

    `at` is ISO 8601 in UTC with microseconds; `undoes` names the entry that an undo or a redo takes back.
    `suggestions` are the ids of the suggestions that a decision came from; `others_visible` says whether
    other reviewers' work could be seen when it was made. `signed` is the name under which it was made, where its
    reviewer has been renamed or joined with another since: it is read then as the work of `reviewer`.
    """

    id: str
    database_id: str
    lamport: int
    kind: Kind
    action: str
    at: str
    reviewer: str | None = None
    session: str | None = None
    article_id: str | None = None
    claim_id: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    payload_version: int = PAYLOAD_VERSION
    scheme_version: str | None = None
    suggestions: tuple[str, ...] = ()
    others_visible: bool = False
    undoes: str | None = None
    signed: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.lamport < 1:
            raise DomainError("a Lamport counter starts at 1")
        if (self.kind in ("undo", "redo")) != (self.undoes is not None):
            raise DomainError("an undo or a redo names the entry it takes back, and nothing else does")
        if self.kind in ("decision", "undo", "redo") and self.reviewer is None:
            raise DomainError("a decision needs a reviewer")

    @property
    def order(self) -> tuple[int, str, str]:
        """The place in the total order that is the same in every database."""
        return (self.lamport, self.database_id, self.id)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The assignments of a decision; none for other kinds and for erased payloads."""
        return tuple(Change(row[0], tuple(row[1]), row[2]) for row in self.payload.get("changes", ()))


def changes_payload(changes: Iterable[Change], **more: Any) -> dict[str, Any]:
    """The payload of a decision that makes these changes."""
    return {"changes": [[change.table, list(change.key), change.value] for change in changes], **more}


# One for all payloads: `json.dumps` would make one for each.
_COMPACT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def payload_json(payload: Mapping[str, Any]) -> str:
    """A payload as the ledger stores it: compact, keys sorted, not escaped to ASCII.

    Raises DomainError for a lone surrogate, which a paste can bring and UTF-8 cannot hold.
    """
    written = _COMPACT.encode(payload)
    try:
        written.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DomainError(f"not Unicode text: a lone surrogate (U+{ord(written[error.start]):04X})") from error
    return written


def effective(entries: Sequence[Entry]) -> list[Entry]:
    """The decisions that hold, in order: those that no undo names which no redo has taken back."""
    taken_back = {entry.undoes for entry in entries if entry.kind == "redo"}
    undone = {entry.undoes for entry in entries if entry.kind == "undo" and entry.id not in taken_back}
    decisions = (entry for entry in entries if entry.kind == "decision" and entry.id not in undone)
    return sorted(decisions, key=lambda entry: entry.order)


def registers(decisions: Iterable[Entry]) -> dict[tuple[str, ...], Any]:
    """The last value of each register that these decisions, in order, assign; cleared ones are None."""
    state: dict[tuple[str, ...], Any] = {}
    for entry in decisions:
        # As `entry.changes` has them, without making one of each.
        for row in entry.payload.get("changes", ()):
            table, key = row[0], tuple(row[1])
            _check_register(table, key)
            state[table, *key] = row[2]
    return state


def source_uses(changes: Iterable[Change]) -> list[tuple[str, str]]:
    """The sources that the changes name, each with how: "changed", "joined" (merged into it) or "assigned"."""
    found: list[tuple[str, str]] = []
    for change in changes:
        if change.table == "source":
            found.append((change.key[0], "changed"))
            if change.value and change.value["merged_into"]:
                found.append((change.value["merged_into"], "joined"))
        elif change.table == "attribution_source" and change.value:
            found.append((change.value, "assigned"))
    return list(dict.fromkeys(found))


_NAMING = ("source", "attribution_source")
"""The tables whose registers name sources."""


def names_sources(entry: Entry) -> bool:
    """Whether what an entry changes names sources, without making the changes.

    Raises LookupError or TypeError for a payload that no decision has.
    """
    return any(row[0] in _NAMING for row in entry.payload.get("changes", ()))


def utc_now() -> str:
    """The present time as entries store it: ISO 8601, UTC, microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def uuid7(milliseconds: int | None = None) -> str:
    """A UUID version 7 (RFC 9562): 48 bits of Unix time in milliseconds, then 74 random bits."""
    now = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (now & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10))
    return _uuid(value, 0x7)


def derived_id(*parts: str) -> str:
    """A UUID version 8 (RFC 9562) that follows from texts alone: the same on every machine."""
    digest = sha256("\0".join(parts).encode()).digest()
    return _uuid(int.from_bytes(digest[:16]), 0x8)


def _uuid(value: int, version: int) -> str:
    """128 bits as a UUID's text, with the version and the variant written over theirs."""
    value = value & ~(0xF << 76) | version << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
