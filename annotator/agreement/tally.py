"""Tallies: the counts of values and pairs of values that every coefficient is a function of.

The tally of two sets of units is the sum of their tallies, so that a resample of articles costs one sum and no look at
a unit. A tally counts by the size of a unit, which is how many values it has: that size is what weighs its pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from annotator.agreement.ratings import Pattern, Patterns
from annotator.model.late import dataclass

Key = tuple[int, ...]
"""What is counted: one of the kinds below, then what the kind says."""
Counts = Mapping[Key, int]
Cells = Mapping[tuple[int, int], int]
"""The table of two reviewers: how many units the first put into one category and the second into another."""

_UNITS, _VALUES, _COINCIDENCES, _PAIR = range(4)


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of some units, by the kinds of keys.

    `units` by size; `values` by (size, category); `coincidences`, the ordered pairs of values inside a unit, by (size,
    category, category); `pairs` has the table of each two reviewers, by their places, who have units in common.
    """

    units: Mapping[int, int]
    values: Mapping[tuple[int, int], int]
    coincidences: Mapping[tuple[int, int, int], int]
    pairs: Mapping[tuple[int, int], Cells]

    def table(self, first: int, second: int) -> Cells:
        """The table of two reviewers, by their places; empty where they have no unit in common."""
        return self.pairs.get((first, second), {})


def counts_of_one(pattern: Pattern) -> Counts:
    """The counts of one unit with this pattern, under keys that can be added up."""
    counts: Counter[Key] = Counter()
    given = [(place, value) for place, value in enumerate(pattern) if value is not None]
    size = len(given)
    counts[_UNITS, size] += 1
    for (place, value), (other_place, other) in combinations(given, 2):
        counts[_COINCIDENCES, size, value, other] += 1
        counts[_COINCIDENCES, size, other, value] += 1
        counts[_PAIR, place, other_place, value, other] += 1
    for _, value in given:
        counts[_VALUES, size, value] += 1
    return counts


def tally_of(items: Iterable[tuple[Key, int]]) -> Tally:
    """The tally from counts under their keys; those that are 0 are left out."""
    units: dict[int, int] = {}
    values: dict[tuple[int, int], int] = {}
    coincidences: dict[tuple[int, int, int], int] = {}
    pairs: dict[tuple[int, int], dict[tuple[int, int], int]] = {}
    for key, count in items:
        if not count:
            continue
        kind = key[0]
        if kind == _COINCIDENCES:
            coincidences[key[1], key[2], key[3]] = count
        elif kind == _PAIR:
            pairs.setdefault((key[1], key[2]), {})[key[3], key[4]] = count
        elif kind == _VALUES:
            values[key[1], key[2]] = count
        elif key[1]:
            units[key[1]] = count
    return Tally(units, values, coincidences, pairs)


def tallied(patterns: Patterns) -> Tally:
    """The tally of units with these patterns."""
    counts: Counter[Key] = Counter()
    for pattern, times in patterns.items():
        for key, count in counts_of_one(pattern).items():
            counts[key] += count * times
    return tally_of(counts.items())


def cells_of(rows: Sequence[Sequence[int]]) -> Cells:
    """The table of two reviewers from its rows."""
    return {(one, other): count for one, row in enumerate(rows) for other, count in enumerate(row) if count}
