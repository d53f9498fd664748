"""Coefficients of agreement, each from patterns of ratings, with its source.

A coefficient that its formula leaves undefined raises Undefined with the reason: it is never 0, 1 or not a number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate

from annotator.agreement.ratings import Level, Pattern, Patterns

ALL_ALIKE = "all values alike"
NOTHING_PAIRABLE = "no unit has two values"
NOT_COMPLETE = "not every reviewer has a value for every unit"

Distance = Callable[[int, int], float]
Weights = Sequence[Sequence[float]]


class Undefined(Exception):
    """The coefficient has no value for these ratings; the message says why."""


def unit_counts(pattern: Pattern) -> Counter[int]:
    """How often each category was given to a unit of this pattern."""
    return Counter(value for value in pattern if value is not None)


def percent_agreement(patterns: Patterns) -> float:
    """The mean over units with at least two values of the share of pairs of values that are equal (Fleiss 1971, P)."""
    total = agreed = 0.0
    for pattern, times in patterns.items():
        counts = unit_counts(pattern)
        size = counts.total()
        if size >= 2:
            total += times
            agreed += times * sum(count * (count - 1) for count in counts.values()) / (size * (size - 1))
    if not total:
        raise Undefined(NOTHING_PAIRABLE)
    return agreed / total


def krippendorff_alpha(patterns: Patterns, level: Level, numbers: Sequence[float]) -> float:
    """Krippendorff's alpha by coincidences, missing values allowed (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"); `numbers` are the categories' values for interval and ratio.
    """
    coincidences: defaultdict[tuple[int, int], float] = defaultdict(float)
    for pattern, times in patterns.items():
        counts = unit_counts(pattern)
        size = counts.total()
        if size < 2:
            continue
        for one, count in counts.items():
            for other, others in counts.items():
                pairs = count * (others - (one == other))
                if pairs:
                    coincidences[one, other] += times * pairs / (size - 1)
    margins = [0.0] * len(numbers)
    for (one, _), share in coincidences.items():
        margins[one] += share
    total = sum(margins)
    if total < 2:
        raise Undefined(NOTHING_PAIRABLE)
    distance = _distance(level, numbers, margins)
    used = [category for category, margin in enumerate(margins) if margin]
    expected = sum(margins[one] * margins[other] * distance(one, other) for one in used for other in used)
    if not expected:
        raise Undefined(ALL_ALIKE)
    observed = sum(count * distance(*pair) for pair, count in coincidences.items())
    return 1 - (total - 1) * observed / expected


def _distance(level: Level, numbers: Sequence[float], margins: Sequence[float]) -> Distance:
    """The squared distance of two categories at a level, as Krippendorff 2011 defines it."""
    if level is Level.NOMINAL:
        return lambda one, other: float(one != other)
    if level is Level.ORDINAL:
        below = [0.0, *accumulate(margins)]

        def ordinal(one: int, other: int) -> float:
            low, high = min(one, other), max(one, other)
            between = below[high + 1] - below[low]
            return (between - (margins[low] + margins[high]) / 2) ** 2 if low != high else 0.0

        return ordinal
    if level is Level.INTERVAL:
        return lambda one, other: (numbers[one] - numbers[other]) ** 2

    def ratio(one: int, other: int) -> float:
        added = numbers[one] + numbers[other]
        return ((numbers[one] - numbers[other]) / added) ** 2 if added else 0.0

    return ratio


def fleiss_kappa(patterns: Patterns) -> float:
    """Fleiss' kappa for the same number of values for every unit (Fleiss 1971); Undefined where one lacks a value."""
    sizes = {unit_counts(pattern).total() for pattern in patterns}
    if len(sizes) != 1 or sizes == {1}:
        raise Undefined(NOT_COMPLETE if len(sizes) > 1 else NOTHING_PAIRABLE)
    totals: Counter[int] = Counter()
    for pattern, times in patterns.items():
        for category, count in unit_counts(pattern).items():
            totals[category] += times * count
    every = totals.total()
    chance = sum((count / every) ** 2 for count in totals.values())
    return _beyond_chance(percent_agreement(patterns), chance)


def gwet_ac1(patterns: Patterns, categories: int) -> float:
    """Gwet's AC1 over that many categories of the scheme, used or not; missing values allowed (Gwet 2008, 2014)."""
    shares: defaultdict[int, float] = defaultdict(float)
    units = 0
    for pattern, times in patterns.items():
        counts = unit_counts(pattern)
        size = counts.total()
        if size:
            units += times
            for category, count in counts.items():
                shares[category] += times * count / size
    observed = percent_agreement(patterns)
    if categories < 2:
        raise Undefined(ALL_ALIKE)
    chance = sum((share / units) * (1 - share / units) for share in shares.values()) / (categories - 1)
    return _beyond_chance(observed, chance)


def cohen_kappa(table: Weights, weights: Weights | None = None) -> float:
    """Cohen's kappa of two reviewers from their table of frequencies (Cohen 1960).

    With weights of disagreement, 0 on the diagonal, it is the weighted kappa (Cohen 1968). `table[i][j]` counts the
    units that the first reviewer put into category i and the second into j.
    """
    size = len(table)
    total = sum(map(sum, table))
    if not total:
        raise Undefined(NOTHING_PAIRABLE)
    rows = [sum(row) for row in table]
    columns = [sum(row[category] for row in table) for category in range(size)]

    def weight(one: int, other: int) -> float:
        return float(one != other) if weights is None else weights[one][other]

    cells = [(one, other) for one in range(size) for other in range(size)]
    observed = sum(weight(*cell) * table[cell[0]][cell[1]] for cell in cells)
    expected = sum(weight(*cell) * rows[cell[0]] * columns[cell[1]] for cell in cells) / total
    if not expected:
        raise Undefined(ALL_ALIKE)
    return 1 - observed / expected


def scott_pi(table: Weights) -> float:
    """Scott's pi of two reviewers: chance from the categories' shares in both together (Scott 1955)."""
    total = sum(map(sum, table))
    if not total:
        raise Undefined(NOTHING_PAIRABLE)
    both = [sum(table[category]) + sum(row[category] for row in table) for category in range(len(table))]
    agreed = sum(table[category][category] for category in range(len(table))) / total
    return _beyond_chance(agreed, sum((share / (2 * total)) ** 2 for share in both))


def quadratic_weights(categories: int) -> Weights:
    """Weights of disagreement that grow with the square of the steps between two categories of an order."""
    return [[float((one - other) ** 2) for other in range(categories)] for one in range(categories)]


def pair_table(patterns: Patterns, first: int, second: int, categories: int) -> list[list[int]]:
    """The frequencies of two reviewers' values (by their places in the pattern) for units that both have rated."""
    table = [[0] * categories for _ in range(categories)]
    for pattern, times in patterns.items():
        one, other = pattern[first], pattern[second]
        if one is not None and other is not None:
            table[one][other] += times
    return table


def _beyond_chance(observed: float, chance: float) -> float:
    if chance >= 1:
        raise Undefined(ALL_ALIKE)
    return (observed - chance) / (1 - chance)
