"""What is handed out: an article or a claim, and who has it already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from annotator.model.late import dataclass


@dataclass(frozen=True, slots=True)
class Holding:
    """A reviewer's part in a unit: how many of its claims she has left, and whether she has decided anything in it."""

    left: int
    begun: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.left == 0

    @property
    def movable(self) -> bool:
        """Whether it can go to somebody else without anybody's work being in vain."""
        return not self.begun and not self.done


@dataclass(frozen=True, slots=True)
class Unit:
    """An article, or one claim of it, by its public id; `size` is its number of claims, at least 1."""

    id: str
    size: int
    held: Mapping[str, Holding] = field(default_factory=dict)
