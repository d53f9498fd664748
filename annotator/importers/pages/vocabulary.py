"""The names and words by which the parts of web pages are known, from `vocabulary.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _tables() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))


def listed(name: str) -> tuple[str, ...]:
    """The entries of a table, in its order."""
    return tuple(_tables()[name])


def one_of(name: str) -> frozenset[str]:
    """The entries of a table, for looking one up."""
    return frozenset(_tables()[name])


def pattern(name: str) -> str:
    """The entries of a table as one group of a regular expression, without a number."""
    return f"(?:{'|'.join(_tables()[name])})"


def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in listed("months"):
        for number, names in enumerate(language.split("|"), 1):
            for name in (names, *names.split()):
                found.setdefault(name.casefold(), number)
    return found


MONTHS = _months()
"""The number of each month by its casefolded names."""
