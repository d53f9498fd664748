"""Lines of brat standoff into their parts (https://brat.nlplab.org/standoff.html); nothing is made of them here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.errors import ImportFailure

_OFFSETS = re.compile(r"\d+ \d+(?:;\d+ \d+)*")
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
    """Everything that one .ann file says, by id where ids are referred to."""

    text_bounds: dict[str, TextBound] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    relations: list[Said] = field(default_factory=list)
    attributes: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    failures: list[ImportFailure] = field(default_factory=list)


def read_standoff(text: str, origin: str) -> Standoff:
    """The parts of a file; a line that is none of brat's is among the failures, with its number."""
    found = Standoff()
    for number, line in _lines(text):
        if not _read_line(found, line, number):
            found.failures.append(ImportFailure(origin, "not a line of brat standoff", f"line {number}"))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            yield number, line.removesuffix("\r")


def _read_line(found: Standoff, line: str, number: int) -> bool:
    id_, _, rest = line.partition("\t")
    head, tab, tail = rest.partition("\t")
    words = head.split()
    if not words:
        return False
    if id_[0] == "T":
        label, _, offsets = head.partition(" ")
        if not _OFFSETS.fullmatch(offsets):
            return False
        pairs = tuple((int(start), int(end)) for start, end in (pair.split() for pair in offsets.split(";")))
        found.text_bounds[id_] = TextBound(label, pairs, tail if tab and tail else None, number)
    elif id_[0] == "E":
        parts = [word.partition(":") for word in words]
        if not all(colon and target for _, colon, target in parts):
            return False
        (label, _, trigger), *rest_ = parts
        arguments = tuple((_NUMBER.sub("", role), target) for role, _, target in rest_)
        found.events[id_] = Event(label, trigger, arguments, number)
    elif id_[0] == "R":
        ends = {name: target for name, _, target in (word.partition(":") for word in words[1:])}
        if set(ends) != {"Arg1", "Arg2"}:
            return False
        found.relations.append(Said(words[0], ends["Arg1"], ends["Arg2"], number))
    elif id_[0] in "AM":
        if len(words) < 2:
            return False
        found.attributes.append(Said(words[0], words[1], " ".join(words[2:]), number))
    elif id_[0] == "#":
        if len(words) < 2:
            return False
        found.notes.append(Said(words[0], words[1], tail, number))
    else:
        # Equivalences and normalisations are brat's; nothing of ours is in them.
        return id_[0] in "*N"
    return True
