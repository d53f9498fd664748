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

    Words of a language are few, but a long file has ever new names: what is kept stays small. When half of the room is
    taken it is emptied into the other half, from where what is asked for again comes back: what was asked for longest
    ago goes, and the words of every text stay.
    """

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make
        self._before: dict[str, Made] = {}

    def __missing__(self, key: str) -> Made:
        # Another thread may put another table in its place.
        before = self._before
        made = before[key] if key in before else self._make(key)
        if len(key) <= _LONGEST:
            if len(self) >= ROOM // 2:
                self._before = dict(self)
                self.clear()
            self[key] = made
        return made
