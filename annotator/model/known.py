"""Known: what is made of a word or a piece of text, kept for the next time it is read, as long as there is room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")

ROOM = 30_000
"""How many keys are kept at most."""
# What is longer is no word that another text will have.
_LONGEST = 40


class Known(dict[str, Made]):
    """A table that makes what it has not got: `known[key]` is what the function makes of the key.

    Words of a language are few, but a long file has ever new names: what is kept stays small.
    """

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> Made:
        made = self._make(key)
        if len(key) <= _LONGEST:
            if len(self) >= ROOM:
                self.clear()
            self[key] = made
        return made
