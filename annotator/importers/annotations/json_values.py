"""JSON of other programs into values, and the fields of an object as what they should be."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from typing import Any

from annotator.importers.json_text import DEEPEST, pruned
from annotator.model.late import dataclass

_TOO_DEEP = f"nested deeper than {DEEPEST} levels"
_TOO_LONG = "broken JSON: a number of more than 4300 digits"
_MARK = json.dumps({"": _TOO_DEEP})
_SUSPECT = re.compile(rf"\\u[dD][89abAB-Fc-f]|{_TOO_DEEP}")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value; `suspect` says that parts of it may be ones that `trouble` finds."""

    value: Any
    suspect: bool


def parsed(text: str) -> Parsed:
    """The value of a JSON text; raises ValueError for broken JSON.

    What is nested too deeply for Python, below 100 levels, and numbers that are too long for it are left out, and
    `trouble` finds where they were. NaN and Infinity, which tables write for what is not there, are null.
    """
    try:
        try:
            value = json.loads(text, parse_constant=_nothing)
        except RecursionError:
            text = pruned(text, _MARK)
            value = json.loads(text, parse_constant=_nothing)
    except json.JSONDecodeError:
        raise
    except ValueError:
        # Python's limit for the digits of a whole number.
        text = pruned(text, _MARK)
        return Parsed(json.loads(text, parse_constant=_nothing, parse_int=_whole), suspect=True)
    return Parsed(value, _SUSPECT.search(text) is not None)


def _whole(digits: str) -> Any:
    return {"": _TOO_LONG} if len(digits) > sys.get_int_max_str_digits() else int(digits)


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
            if each.get("") in (_TOO_DEEP, _TOO_LONG):
                return str(each[""])
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
    return None


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
