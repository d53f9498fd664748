"""JSON of other programs into values, and the fields of an object as what they should be."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_DEEPEST = 100
"""Levels of nesting; no format that is read here has ten."""

_PRUNED = '{"": "nested too deeply"}'
_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*+"|[\[{\]}]', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89abAB-Fc-f]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value; `suspect` says that parts of it may be ones that `trouble` finds."""

    value: Any
    suspect: bool


def parsed(text: str) -> Parsed:
    """The value of a JSON text, without what is nested deeper than 100 levels; raises ValueError for broken JSON.

    NaN and Infinity, which tables write for what is not there, are null.
    """
    try:
        return Parsed(json.loads(text, parse_constant=_nothing), _SURROGATE.search(text) is not None)
    except RecursionError:
        return Parsed(json.loads(_pruned(text), parse_constant=_nothing), suspect=True)


def _nothing(_constant: str) -> None:
    return None


def trouble(value: Any) -> str | None:
    """Why a value cannot be taken: it was nested too deeply, or a text in it is no Unicode; None where it can."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            if any("\ud800" <= character <= "\udfff" for character in each):
                return "half of a surrogate pair (\\ud800 to \\udfff) is no text"
        elif isinstance(each, dict):
            if "" in each and json.dumps(each) == _PRUNED:
                return f"nested deeper than {_DEEPEST} levels"
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
    return None


def _pruned(text: str) -> str:
    """The text with a mark in place of everything below the deepest level."""
    kept: list[str] = []
    depth = at = 0
    for token in _TOKEN.finditer(text):
        if token[0] in ("[", "{"):
            depth += 1
            if depth == _DEEPEST + 1:
                kept.append(text[at : token.start()])
        elif token[0] in ("]", "}"):
            if depth == _DEEPEST + 1:
                kept.append(_PRUNED)
                at = token.end()
            depth -= 1
    return "".join(kept) + (text[at:] if depth <= _DEEPEST else "")


def text_value(values: Mapping[str, Any], name: str) -> str:
    """The text under this name; empty where there is none."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def id_value(values: Mapping[str, Any], name: str = "id") -> str:
    """The id under this name, a text or a whole number; empty where there is neither."""
    value = values.get(name)
    number = number_in(values, name)
    return value if isinstance(value, str) else str(number) if number != NO_NUMBER else ""


NO_NUMBER = -1
"""What no offset is."""


def number_in(values: Mapping[str, Any], name: str) -> int:
    """A whole number under this name, `3.0` too; NO_NUMBER where there is none."""
    return whole_number(values.get(name))


def whole_number(value: object) -> int:
    """The value as a whole number; NO_NUMBER where it is none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else NO_NUMBER
