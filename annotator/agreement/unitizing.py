"""Krippendorff's alpha for unitizing: agreement on where units begin and end, and on what they are.

The coefficients are those of Krippendorff, Mathet, Bouvry and Widlöcher 2016 ("On the reliability of unitizing textual
continua: Further developments", Quality & Quantity 50), which Krippendorff 2019 (Content Analysis, 4th edition, 12.6)
repeats; not the alpha for unitizing of 1995 and 2004, which is another formula and gives other numbers. Several texts
are one continuum, laid end to end: their coincidences are added up, and no unit reaches from one text into another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Literal

from annotator.agreement.coefficients import ALL_ALIKE, NOTHING_PAIRABLE, Undefined
from annotator.model.late import dataclass

GAP = ""
"""The value of what lies in no unit."""
TWO_NEEDED = "no text was read by two reviewers"

Variant = Literal["u", "binary", "cu"]
Unit = tuple[int, int, str]
"""Where a unit begins and ends, in code points of its text, end exclusive, and its value."""

_COINCIDENCE, _SELF, _SHARED_SELF = "coincidence", "self", "shared self"
Key = tuple[str, int, str, str]
"""What is counted, the number of a text's reviewers, and one value or two."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of text, added up over texts.

    `coincidences` are the lengths on which one reviewer has the one value and another the other, each ordered pair of
    reviewers weighing 1 / (reviewers - 1). `alone` is for each value what a unit's length pairs with itself: the square
    of its length, and for gaps, whose every code point is one by itself, the length. `shared_alone` is the same for the
    parts of units that lie in units of others.
    """

    coincidences: Mapping[tuple[str, str], float]
    alone: Mapping[str, float]
    shared_alone: Mapping[str, float]


def unit_counts(length: int, readers: Sequence[Sequence[Unit]]) -> Counter[Key]:
    """What is counted of one text of that length, of whose readers each has marked these units, in order and disjoint.

    The counts of several texts can be added up. A text with fewer than two readers counts for nothing.
    """
    counts: Counter[Key] = Counter()
    size = len(readers)
    if size < 2:
        return counts
    partitions = [_partition(length, units) for units in readers]
    for one, other in combinations(partitions, 2):
        for first, second, common in _overlaps(one, other):
            counts[_COINCIDENCE, size, first, second] += common
            counts[_COINCIDENCE, size, second, first] += common
    for place, units in enumerate(readers):
        others = _merged(unit for at, theirs in enumerate(readers) if at != place for unit in theirs)
        for start, end, value in units:
            counts[_SELF, size, value, value] += (end - start) ** 2
            counts[_SHARED_SELF, size, value, value] += _covered(start, end, others) ** 2
        counts[_SELF, size, GAP, GAP] += length - sum(end - start for start, end, _ in units)
    return counts


def lengths_of(items: Iterable[tuple[Key, int]]) -> Lengths:
    """The lengths from counts under their keys."""
    coincidences: defaultdict[tuple[str, str], float] = defaultdict(float)
    alone: defaultdict[str, float] = defaultdict(float)
    shared: defaultdict[str, float] = defaultdict(float)
    for (what, size, one, other), count in items:
        if what == _COINCIDENCE:
            coincidences[one, other] += count / (size - 1)
        elif what == _SELF:
            alone[one] += count
        else:
            shared[one] += count
    return Lengths(coincidences, alone, shared)


def unitized_alpha(lengths: Lengths, variant: Variant = "u") -> float:
    """One of the family: "u" of units and their values, "binary" of units whatever their value, "cu" of values alone.

    "u" is the paper's uα (nominal), "binary" its |uα, and "cu" its cuα: the values of what both have in units.
    """
    coincidences, alone = lengths.coincidences, lengths.alone
    if not coincidences:
        raise Undefined(TWO_NEEDED)
    if variant == "binary":
        coincidences, alone = _two_valued(coincidences, alone)
    elif variant == "cu":
        coincidences = {pair: length for pair, length in coincidences.items() if GAP not in pair}
        alone = lengths.shared_alone
    total = sum(coincidences.values())
    if not total:
        raise Undefined(NOTHING_PAIRABLE)
    margins: Counter[str] = Counter()
    for (one, _), length in coincidences.items():
        margins[one] += length  # type: ignore[assignment]  # a counter of lengths, some of them not whole
    left = total**2 - sum(alone.values())
    alike = sum(margin**2 - alone.get(value, 0.0) for value, margin in margins.items())
    expected = total * (left - alike) / left if left > 0 else 0.0
    if len(margins) < 2 or not expected:
        raise Undefined(ALL_ALIKE)
    observed = total - sum(length for (one, other), length in coincidences.items() if one == other)
    return 1 - observed / expected


def _two_valued(
    coincidences: Mapping[tuple[str, str], float], alone: Mapping[str, float]
) -> tuple[Mapping[tuple[str, str], float], Mapping[str, float]]:
    """The same with one value for all units."""
    unit = "unit"
    lengths: defaultdict[tuple[str, str], float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(float)
    for (one, other), length in coincidences.items():
        lengths[one and unit, other and unit] += length
    for value, square in alone.items():
        squares[value and unit] += square
    return lengths, squares


def flattened(units: Iterable[Unit]) -> list[Unit]:
    """The units in order without overlaps: where two overlap the one that begins first is kept, the longer of two.

    What a later one has behind its end stays a unit.
    """
    kept: list[Unit] = []
    for start, end, value in sorted(units, key=lambda unit: (unit[0], -unit[1], unit[2])):
        since = max(start, kept[-1][1]) if kept else start
        if since < end:
            kept.append((since, end, value))
    return kept


def _partition(length: int, units: Iterable[Unit]) -> list[Unit]:
    parts, at = [], 0
    for start, end, value in units:
        if at < start:
            parts.append((at, start, GAP))
        parts.append((start, end, value))
        at = end
    if at < length:
        parts.append((at, length, GAP))
    return parts


def _overlaps(one: Sequence[Unit], other: Sequence[Unit]) -> Iterable[tuple[str, str, int]]:
    """The values of two partitions of one text, with the length on which they stand beside each other."""
    place = at = 0
    for start, end, value in one:
        while at < end:
            _, other_end, other_value = other[place]
            until = min(end, other_end)
            yield value, other_value, until - max(at, start)
            at = until
            place += until == other_end


def _merged(units: Iterable[Unit]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end, _ in sorted(units):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _covered(start: int, end: int, others: Sequence[tuple[int, int]]) -> int:
    return sum(max(0, min(end, until) - max(start, since)) for since, until in others)
