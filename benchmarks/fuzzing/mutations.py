"""What is done to a valid file: bits, ranges and lines of its bytes, its numbers and texts, and the values of its JSON.

Every step is three whole numbers of bytes that Hypothesis draws, so that what a reader stumbles over shrinks to few
small steps.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

from hypothesis import strategies

from benchmarks.fuzzing.odd_values import DEEP, NUMBERS, VALUES, WORDS

Edit: TypeAlias = tuple[int, int, int]
"""Which operation, where, and what: each is taken modulo what there is to choose from."""

MOST_EDITS = 6
_STEP = 5
"""Bytes that a step is drawn as: one says which operation, two where, and two what."""
LONGEST = 300_000
"""Bytes: what a file grows beyond is cut off."""

_HERE = "\U000f0000here\U000f0001"
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_QUOTED = re.compile(rb'"(?:[^"\\\n]|\\.)*"')


@dataclass(frozen=True, slots=True)
class Shape:
    """How files are changed: `kind` is "whole" or "lines" for JSON, "xml" for XML; `words` are the format's own."""

    kind: str = ""
    words: tuple[str, ...] = ()


def drawn() -> strategies.SearchStrategy[bytes]:
    """Bytes that say which file, and up to six steps: all at once, because drawing takes as long as most readers."""
    return strategies.binary(min_size=8, max_size=1 + MOST_EDITS * _STEP)


def steps_of(data: bytes) -> tuple[int, list[Edit]]:
    """The number of the file, and the steps, that the bytes stand for."""
    places = range(1, len(data) - _STEP + 1, _STEP)
    return data[0], [(data[at], data[at + 1] << 8 | data[at + 2], data[at + 3] << 8 | data[at + 4]) for at in places]


def mutated(data: bytes, steps: Sequence[Edit], shape: Shape) -> bytes:
    """The file after these steps."""
    of_kind = _OF_KINDS.get(shape.kind)
    operations = (*_OF_BYTES, *((of_kind,) * 2 * len(_OF_BYTES) if of_kind else ()))
    for which, where, what in steps:
        data = operations[which % len(operations)](data, where, what, shape)[:LONGEST]
    return data


# Bytes


def _flip(data: bytes, where: int, what: int, _: Shape) -> bytes:
    at = where % max(1, len(data))
    return data[:at] + bytes(byte ^ 1 << what % 8 for byte in data[at : at + 1]) + data[at + 1 :]


def _put(data: bytes, where: int, what: int, _: Shape) -> bytes:
    at = where % max(1, len(data))
    return data[:at] + bytes([what % 256]) + data[at + what % 2 :]


def _cut(data: bytes, where: int, what: int, _: Shape) -> bytes:
    at = where % max(1, len(data))
    return data[:at] + data[at + 1 + what % 64 :]


def _end(data: bytes, where: int, _what: int, _: Shape) -> bytes:
    return data[: where % max(1, len(data))]


def _again(data: bytes, where: int, what: int, _: Shape) -> bytes:
    at = where % max(1, len(data))
    return data[: at + 1 + what % 256] + data[at:]


def _word(data: bytes, where: int, what: int, shape: Shape) -> bytes:
    words = (*shape.words, *WORDS)
    at = where % max(1, len(data) + 1)
    return data[:at] + words[what % len(words)].encode("utf-8", "surrogatepass") + data[at:]


def _number(data: bytes, where: int, what: int, shape: Shape) -> bytes:
    return _instead(data, _NUMBER, where, NUMBERS[what % len(NUMBERS)], shape)


def _text(data: bytes, where: int, what: int, shape: Shape) -> bytes:
    words = (*shape.words, *WORDS)
    return _instead(data, _QUOTED, where, f'"{words[what % len(words)]}"', shape)


def _instead(data: bytes, pattern: re.Pattern[bytes], where: int, new: str, shape: Shape) -> bytes:
    places = [match.span() for match in pattern.finditer(data)]
    if not places:
        return _word(data, where, len(new), shape)
    start, end = places[where % len(places)]
    return data[:start] + new.encode("utf-8", "surrogatepass") + data[end:]


def _line(data: bytes, where: int, what: int, shape: Shape) -> bytes:
    """A line goes, comes again, moves to the front, or begins with a word."""
    lines = data.split(b"\n")
    at = where % len(lines)
    match what % 4:
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[what % len(lines)])
        case 2:
            lines.insert(0, lines.pop(at))
        case _:
            words = (*shape.words, *WORDS)
            lines[at] = words[what // 4 % len(words)].encode("utf-8", "surrogatepass") + lines[at]
    return b"\n".join(lines)


_Operation: TypeAlias = Callable[[bytes, int, int, Shape], bytes]
_OF_BYTES: tuple[_Operation, ...] = (_flip, _put, _cut, _end, _again, _word, _word, _number, _text, _line)


# JSON


def _json_value(data: bytes, where: int, what: int, shape: Shape) -> bytes:
    """One value of the document, or of one of its lines, becomes another, goes, or comes again."""
    lines = data.split(b"\n") if shape.kind == "lines" else [data]
    at = where % len(lines)
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return _word(data, where, what, shape)
    places = list(_places(value))
    if not places:
        return data
    holder, key = places[(where // max(1, len(lines))) % len(places)]
    raw = ""
    if what % 7 == 0:
        del holder[key]
    elif what % 7 == 1 and isinstance(holder, list):
        holder.append(holder[key])
    elif what % 7 == 2:
        raw, holder[key] = DEEP[what // 7 % len(DEEP)], _HERE
    elif what % 7 == 3 and isinstance(holder, dict):
        holder[str(VALUES[what // 7 % len(VALUES)])] = holder.pop(key)
    else:
        holder[key] = VALUES[what // 7 % len(VALUES)]
    try:
        written = json.dumps(value, ensure_ascii=what % 2 == 0)
    except RecursionError:
        return data
    lines[at] = written.replace(json.dumps(_HERE), raw).replace(f'"{_HERE}"', raw).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    waiting = [value]
    for holder in waiting:
        for key in list(holder if isinstance(holder, dict) else range(len(holder) if isinstance(holder, list) else 0)):
            yield holder, key
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])


# XML


def _xml_element(data: bytes, where: int, what: int, shape: Shape) -> bytes:
    """One element goes, comes again, moves into another, or says something else in its text or attributes."""
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, ValueError, LookupError):
        return _word(data, where, what, shape)
    holders = [(parent, child) for parent in root.iter() for child in parent]
    if not holders:
        return data
    parent, child = holders[where % len(holders)]
    word = (*shape.words, *WORDS, *NUMBERS)[what // 6 % (len(shape.words) + len(WORDS) + len(NUMBERS))]
    readable = "".join(each for each in word if each.isprintable())
    match what % 6:
        case 0:
            parent.remove(child)
        case 1:
            parent.append(child)
        case 2:
            holders[what % len(holders)][1].append(copy.deepcopy(child))
        case 3:
            child.text = readable
        case 4 if child.attrib:
            child.set(list(child.attrib)[what % len(child.attrib)], readable)
        case _:
            child.tag = holders[what % len(holders)][1].tag
    try:
        return ET.tostring(root)
    except (RecursionError, ValueError):
        return data


_OF_KINDS: dict[str, _Operation] = {"whole": _json_value, "lines": _json_value, "xml": _xml_element}
