"""TOML that people write, into values: what Python's reader stumbles over is refused like any other mistake."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any

DEEPEST = 50
"""Levels of nesting; nothing that is read here has more than five."""

# What has more digits was read in hexadecimal, and cannot be shown again in decimal.
_LARGEST = 10**4000
_LONGEST_NUMBER = re.compile(r"""(?<![\w"'.])\d[\d_]{1000}""")
_BRACKETS = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[{\]}]')


def toml_values(text: str) -> dict[str, Any]:
    """The values of a TOML text.

    Raises tomllib.TOMLDecodeError for what is none, for whole numbers of more than 4000 digits, and for what is nested
    deeper than 50 levels, each with its place.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise tomllib.TOMLDecodeError(f"Nested too deeply ({_place(text, _deepest(text))})") from error
    except ValueError as error:
        # Python's own limit of digits, before TOML's is asked; dates that no calendar has are said so by the reader.
        found = _LONGEST_NUMBER.search(text)
        what = "A number that is too long" if found else f"A value that cannot be read: {error}"
        raise tomllib.TOMLDecodeError(f"{what} ({_place(text, found.start() if found else 0)})") from error
    _check(values, text)
    return values


def _check(values: dict[str, Any], text: str) -> None:
    """Raise tomllib.TOMLDecodeError for numbers and levels that nobody means."""
    level: list[Any] = [values]
    for _ in range(DEEPEST):
        level = [each for holder in level for each in _in(holder)]
        if any(isinstance(each, int) and abs(each) >= _LARGEST for each in level):
            raise tomllib.TOMLDecodeError(f"A number that is too long ({_place(text, _longest_number(text))})")
        if not level:
            return
    raise tomllib.TOMLDecodeError(f"Nested deeper than {DEEPEST} levels ({_place(text, _deepest(text))})")


def _in(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _place(text: str, at: int) -> str:
    """A place as tomllib says it, line and column from 1."""
    line = text.count("\n", 0, at) + 1
    return f"at line {line}, column {at - text.rfind(chr(10), 0, at)}"


def _deepest(text: str) -> int:
    """Where most brackets are open, or else where the longest line begins: that of a key with many dots."""
    depth = most = at = 0
    for token in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > most:
            most, at = depth, token.start()
    if most > DEEPEST // 2:
        return at
    return text.find(max(text.split("\n"), key=lambda line: line.count(".")))


def _longest_number(text: str) -> int:
    found = max(re.finditer(r"\w+", text), key=lambda word: len(word[0]) if word[0][0].isdigit() else 0)
    return found.start()
