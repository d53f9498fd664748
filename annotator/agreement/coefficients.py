"""Coefficients of agreement, each from a tally of ratings, with its source.

A coefficient that its formula leaves undefined raises Undefined with the reason: it is never 0, 1 or not a number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate

from annotator.agreement.ratings import Level
from annotator.agreement.tally import Cells, Tally

ALL_ALIKE = "all values alike"
NOTHING_PAIRABLE = "no unit has two values"
NOT_COMPLETE = "not every reviewer has a value for every unit"

Distance = Callable[[int, int], float]
Weights = Sequence[Sequence[float]]


class Undefined(Exception):
    """The coefficient has no value for these ratings; the message says why."""


def percent_agreement(tally: Tally) -> float:
    """The mean over units with at least two values of the share of pairs of values that are equal (Fleiss 1971, P)."""
    total = sum(count for size, count in tally.units.items() if size >= 2)
    if not total:
        raise Undefined(NOTHING_PAIRABLE)
    alike: Counter[int] = Counter()
    for (size, one, other), count in tally.coincidences.items():
        if one == other:
            alike[size] += count
    return sum(count / (size * (size - 1)) for size, count in alike.items()) / total


def krippendorff_alpha(tally: Tally, level: Level, numbers: Sequence[float]) -> float:
    """Krippendorff's alpha by coincidences, missing values allowed (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"); `numbers` are the categories' values for interval and ratio.
    """
    coincidences: defaultdict[tuple[int, int], float] = defaultdict(float)
    for (size, one, other), count in tally.coincidences.items():
        coincidences[one, other] += count / (size - 1)
    margins = [0.0] * len(numbers)
    for (one, _), share in coincidences.items():
        margins[one] += share
    total = sum(margins)
    if total < 2:
        raise Undefined(NOTHING_PAIRABLE)
    used = [category for category, margin in enumerate(margins) if margin]
    if len(used) < 2:
        raise Undefined(ALL_ALIKE)
    if level is Level.NOMINAL:
        observed = total - sum(coincidences.get((category, category), 0.0) for category in used)
        expected = total**2 - sum(margins[category] ** 2 for category in used)
    else:
        distance = _distance(level, numbers, margins)
        observed = sum(count * distance(*pair) for pair, count in coincidences.items())
        expected = sum(margins[one] * margins[other] * distance(one, other) for one in used for other in used)
    if not expected:
        raise Undefined(ALL_ALIKE)
    return 1 - (total - 1) * observed / expected


def _distance(level: Level, numbers: Sequence[float], margins: Sequence[float]) -> Distance:
    """The squared distance of two categories at a level above nominal, as Krippendorff 2011 defines it."""
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


def fleiss_kappa(tally: Tally) -> float:
    """Fleiss' kappa for the same number of values for every unit (Fleiss 1971); Undefined where one lacks a value."""
    sizes = set(tally.units)
    if len(sizes) != 1 or sizes == {1}:
        raise Undefined(NOT_COMPLETE if len(sizes) > 1 else NOTHING_PAIRABLE)
    totals: Counter[int] = Counter()
    for (_, category), count in tally.values.items():
        totals[category] += count
    every = totals.total()
    chance = sum((count / every) ** 2 for count in totals.values())
    return _beyond_chance(percent_agreement(tally), chance)


def gwet_ac1(tally: Tally, categories: int) -> float:
    """Gwet's AC1 over that many categories of the scheme, used or not; missing values allowed (Gwet 2008, 2014)."""
    observed = percent_agreement(tally)
    if categories < 2:
        raise Undefined(ALL_ALIKE)
    units = sum(tally.units.values())
    shares: defaultdict[int, float] = defaultdict(float)
    for (size, category), count in tally.values.items():
        shares[category] += count / size
    chance = sum((share / units) * (1 - share / units) for share in shares.values()) / (categories - 1)
    return _beyond_chance(observed, chance)


def cohen_kappa(table: Cells, weights: Weights | None = None) -> float:
    """Cohen's kappa of two reviewers from their table of frequencies (Cohen 1960).

    With weights of disagreement, 0 on the diagonal, it is the weighted kappa (Cohen 1968).
    """
    total = sum(table.values())
    if not total:
        raise Undefined(NOTHING_PAIRABLE)
    rows, columns = margins(table)
    if weights is None:
        observed: float = total - sum(count for (one, other), count in table.items() if one == other)
        expected: float = total - sum(count * columns[category] for category, count in rows.items()) / total
    else:
        observed = sum(count * weights[one][other] for (one, other), count in table.items())
        expected = (
            sum(weights[one][other] * rows[one] * columns[other] for one in list(rows) for other in list(columns))
            / total
        )
    if not expected or (len(rows) == 1 and rows.keys() == columns.keys()):
        raise Undefined(ALL_ALIKE)
    return 1 - observed / expected


def scott_pi(table: Cells) -> float:
    """Scott's pi of two reviewers: chance from the categories' shares in both together (Scott 1955)."""
    total = sum(table.values())
    if not total:
        raise Undefined(NOTHING_PAIRABLE)
    rows, columns = margins(table)
    both = rows + columns
    agreed = sum(count for (one, other), count in table.items() if one == other) / total
    return _beyond_chance(agreed, sum((share / (2 * total)) ** 2 for share in both.values()))


def bennett_s(table: Cells, categories: int) -> float:
    """Bennett's S of two reviewers: chance is one by the number of categories (Bennett, Alpert and Goldstein 1954)."""
    total = sum(table.values())
    if not total:
        raise Undefined(NOTHING_PAIRABLE)
    agreed = sum(count for (one, other), count in table.items() if one == other) / total
    return _beyond_chance(agreed, 1 / categories)


def margins(table: Cells) -> tuple[Counter[int], Counter[int]]:
    """How often each of two reviewers gave each category, in the units that both have."""
    rows: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    for (one, other), count in table.items():
        rows[one] += count
        columns[other] += count
    return rows, columns


def quadratic_weights(categories: int) -> Weights:
    """Weights of disagreement that grow with the square of the steps between two categories of an order."""
    return [[float((one - other) ** 2) for other in range(categories)] for one in range(categories)]


def _beyond_chance(observed: float, chance: float) -> float:
    if chance >= 1:
        raise Undefined(ALL_ALIKE)
    return (observed - chance) / (1 - chance)
