"""What languages are told by, from `alphabets.toml`: letters, the commonest words, and pieces of words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from annotator.model.late import dataclass

LATIN = "Latin"


@dataclass(frozen=True, slots=True)
class Alphabet:
    """A language's letters beyond ASCII, its commonest words, and the commonest letters of a script of its own.

    `more` are further common words; `pieces` are strings that its words have, ^ and $ standing for beginning and end;
    a language that is `guessed_only` says nothing about encodings.
    """

    script: str
    letters: frozenset[str]
    common: frozenset[str]
    words: frozenset[str]
    more: frozenset[str]
    pieces: frozenset[str]
    guessed_only: bool


@cache
def alphabets() -> Mapping[str, Alphabet]:
    """The alphabets by language (BCP 47), in the order of the file."""
    table = tomllib.loads((files(__package__) / "alphabets.toml").read_text(encoding="utf-8"))
    return {
        code: Alphabet(
            row.get("script", LATIN),
            frozenset(row["letters"]),
            frozenset(row.get("common", "")),
            frozenset(row["words"].split()),
            frozenset(row.get("more", "").split()),
            frozenset(row.get("pieces", "").split()),
            row.get("guessed_only", False),
        )
        for code, row in table.items()
    }
