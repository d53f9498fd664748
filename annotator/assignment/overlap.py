"""How much is done by more than one reviewer: everything by so many, or a share of it by two and the rest by one."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from fractions import Fraction

from annotator.assignment.units import Unit
from annotator.errors import DomainError
from annotator.model.late import dataclass

_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%")
_MOST = 100


@dataclass(frozen=True, slots=True)
class Overlap:
    """`times` reviewers for a `share` (0 to 1) of the units, one for each other unit."""

    times: int = 1
    share: Fraction = Fraction(1)

    @classmethod
    def parsed(cls, written: str) -> Overlap:
        """From "2" (all by two) or "20%" (a fifth by two, the rest by one). Raises DomainError for other words."""
        share = _SHARE.fullmatch(written.strip())
        if share is not None and Fraction(share[1]) <= _MOST:
            return cls(2, Fraction(share[1]) / 100)
        if re.fullmatch(r"[0-9]{1,3}", written.strip()) and 1 <= int(written) <= _MOST:
            return cls(int(written))
        raise DomainError(
            f"{written!r} is no overlap: say 2 for everything by two reviewers, or 20% for a fifth by two"
        )

    def wanted(self, units: Sequence[Unit], chance: random.Random) -> list[int]:
        """How many reviewers each unit is to have, in the order of the units.

        The share counts units, rounded to the nearest. Those that several have begun or done are in it first, then
        those that several hold, then any, by chance.
        """
        several = round(self.share * len(units))
        order = list(range(len(units)))
        chance.shuffle(order)
        order.sort(key=lambda at: _engagement(units[at]), reverse=True)
        wanted = [1] * len(units)
        for at in order[:several]:
            wanted[at] = self.times
        return wanted


def _engagement(unit: Unit) -> tuple[bool, bool]:
    engaged = sum(not holding.movable for holding in unit.held.values())
    return engaged > 1, len(unit.held) > 1
