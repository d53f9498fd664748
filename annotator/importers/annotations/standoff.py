"""Lines of brat standoff into their parts (https://brat.nlplab.org/standoff.html); nothing is made of them here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field

from annotator.errors import ImportFailure
from annotator.model.late import dataclass

_OFFSETS = re.compile(r"\d{1,15} \d{1,15}(?:;\d{1,15} \d{1,15})*")
_NO_LINE = "not a line of brat standoff"
_TWICE = "the id is there twice: left out"
_SAID = {"R": "relations", "A": "attributes", "M": "attributes", "#": "notes"}
_OTHERS = {"*": "equivalence", "N": "normalisation"}
_NUMBER = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class TextBound:
    """A `T` line: a label and its fragments as offsets; `quoted` joins their texts by spaces, None where there is none.

    `line` counts from 1.
    """

    label: str
    pairs: tuple[tuple[int, int], ...]
    quoted: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Event:
    """An `E` line: its label and trigger, and its arguments as (role without its number, target)."""

    label: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Said:
    """An `R`, `A`, `M` or `#` line: what it says (its name), of what, and the other end, the value or the text."""

    name: str
    of: str
    value: str
    line: int


@dataclass(slots=True)
class Standoff:
    """Everything that one .ann file says, by id where ids are referred to; `others` counts what nothing is made of."""

    text_bounds: dict[str, TextBound] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    relations: list[Said] = field(default_factory=list)
    attributes: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    failures: list[ImportFailure] = field(default_factory=list)


def read_standoff(text: str, origin: str) -> Standoff:
    """The parts of a file; a line that is none of brat's is among the failures, with its number."""
    found = Standoff()
    for number, line in _lines(text):
        reason = _read_line(found, line, number)
        if reason:
            found.failures.append(ImportFailure(origin, reason, f"line {number}"))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            yield number, line.removesuffix("\r")


def _read_line(found: Standoff, line: str, number: int) -> str | None:
    """Put the line among what was found; the reason where it is no line of brat's, or has an id again."""
    id_, _, rest = line.partition("\t")
    kind = id_[:1]
    head, tab, tail = rest.partition("\t")
    words = head.split()
    if not words:
        return _NO_LINE
    if kind == "T" and (bound := _text_bound(head, tail if tab and tail else None, number)):
        return _TWICE if found.text_bounds.setdefault(id_, bound) is not bound else None
    if kind == "E" and (event := _event(words, number)):
        return _TWICE if found.events.setdefault(id_, event) is not event else None
    if kind in _SAID and (said := _said(kind, words, tail, number)):
        getattr(found, _SAID[kind]).append(said)
    elif kind in _OTHERS:
        found.others[_OTHERS[kind]] += 1
    else:
        return _NO_LINE
    return None


def _text_bound(head: str, quoted: str | None, number: int) -> TextBound | None:
    label, _, offsets = head.partition(" ")
    if not _OFFSETS.fullmatch(offsets):
        return None
    pairs = tuple((int(start), int(end)) for start, end in (pair.split() for pair in offsets.split(";")))
    return TextBound(label, pairs, quoted, number)


def _event(words: Sequence[str], number: int) -> Event | None:
    parts = [word.partition(":") for word in words]
    if not all(colon and target for _, colon, target in parts):
        return None
    (label, _, trigger), *rest = parts
    return Event(label, trigger, tuple((_NUMBER.sub("", role), target) for role, _, target in rest), number)


def _said(kind: str, words: Sequence[str], tail: str, number: int) -> Said | None:
    if kind == "R":
        ends = {name: target for name, _, target in (word.partition(":") for word in words[1:])}
        return Said(words[0], ends["Arg1"], ends["Arg2"], number) if set(ends) == {"Arg1", "Arg2"} else None
    if len(words) < 2:
        return None
    return Said(words[0], words[1], tail if kind == "#" else " ".join(words[2:]), number)
