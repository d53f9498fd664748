"""All coefficients of some ratings, with intervals: what a report of agreement prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Generic, TypeVar

from annotator.agreement.bootstrap import Interval, interval, resampled
from annotator.agreement.coefficients import (
    Undefined,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    quadratic_weights,
)
from annotator.agreement.ratings import LEVELS, Level, Patterns, Ratings
from annotator.agreement.tally import Tally, counts_of_one, tallied, tally_of
from annotator.model.late import dataclass

RESAMPLES = 1000
_Coefficient = Callable[[Tally], float]
K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measured:
    """One coefficient: its value, or why it has none, and the reviewers that it is about.

    `units` have at least one value, `pairable` is how many values stand in units with at least two.
    """

    coefficient: str
    value: float | None
    undefined: str
    interval: Interval | None
    units: int
    pairable: int
    reviewers: tuple[str, ...]


def measured(ratings: Ratings, *, resamples: int = RESAMPLES, seed: int = 0, pairs: bool = True) -> list[Measured]:
    """Every coefficient that the level of the ratings allows, over all reviewers and for each pair of them.

    Intervals are drawn over clusters, `resamples` times; with fewer than two clusters, or none drawn, there is none.
    Without `pairs` only those over all reviewers are measured.
    """
    patterns = ratings.patterns
    tally = tallied(patterns)
    wanted = list(_wanted(ratings, tally, pairs=pairs))
    drawn: list[list[float | None]] = [[] for _ in wanted]
    if len(ratings.clusters) > 1:
        for items in resampled(ratings.clusters, counts_of_one, resamples, seed):
            sample = tally_of(items)
            for values, (_, _, coefficient) in zip(drawn, wanted, strict=True):
                values.append(value_of(coefficient, sample))
    found = []
    for values, (name, reviewers, coefficient) in zip(drawn, wanted, strict=True):
        value, why = value_and_reason(coefficient, tally)
        between = interval(values) if value is not None else None
        units, pairable = _sizes(patterns, [ratings.reviewers.index(each) for each in reviewers])
        found.append(Measured(name, value, why, between, units, pairable, reviewers))
    return found


@dataclass(frozen=True, slots=True)
class Counted(Generic[K]):
    """A coefficient that is wanted of what was counted: its name, its function, and the units and reviewers of it."""

    coefficient: str
    function: Callable[[Mapping[K, int]], float]
    units: int
    reviewers: tuple[str, ...]


def measured_counts(
    clusters: Sequence[Mapping[K, int]], wanted: Sequence[Counted[K]], *, resamples: int, seed: int
) -> list[Measured]:
    """The wanted coefficients of what was counted of clusters, in order; all their units are pairable."""
    whole: Counter[K] = Counter()
    for counts in clusters:
        whole.update(counts)
    drawn: list[list[float | None]] = [[] for _ in wanted]
    if len(clusters) > 1:
        alone = [{number: 1} for number in range(len(clusters))]
        for items in resampled(alone, clusters.__getitem__, resamples, seed):
            sample = dict(items)
            for values, each in zip(drawn, wanted, strict=True):
                values.append(value_of(each.function, sample))
    found = []
    for values, each in zip(drawn, wanted, strict=True):
        value, why = value_and_reason(each.function, whole)
        between = interval(values) if value is not None else None
        found.append(Measured(each.coefficient, value, why, between, each.units, each.units, each.reviewers))
    return found


def value_of(coefficient: Callable[[T], float], counted: T) -> float | None:
    """The coefficient of what was counted, or None where it is undefined."""
    return value_and_reason(coefficient, counted)[0]


def value_and_reason(coefficient: Callable[[T], float], counted: T) -> tuple[float | None, str]:
    """The coefficient and an empty reason, or None and why it is undefined."""
    try:
        return coefficient(counted), ""
    except Undefined as undefined:
        return None, str(undefined)


def _wanted(ratings: Ratings, tally: Tally, *, pairs: bool) -> Iterator[tuple[str, tuple[str, ...], _Coefficient]]:
    """Name, reviewers and function of each coefficient; no pair of reviewers without a unit in common has any."""
    everybody, categories, numbers = ratings.reviewers, len(ratings.categories), ratings.numbers

    def alpha(level: Level) -> _Coefficient:
        return lambda tally: krippendorff_alpha(tally, level, numbers)

    yield "percent_agreement", everybody, percent_agreement
    for level in LEVELS[: LEVELS.index(ratings.level) + 1]:
        yield f"krippendorff_alpha_{level}", everybody, alpha(level)
    yield "fleiss_kappa", everybody, fleiss_kappa
    yield "gwet_ac1", everybody, lambda tally: gwet_ac1(tally, categories)
    weights = quadratic_weights(categories) if ratings.level is not Level.NOMINAL else None
    for first, second in combinations(range(len(everybody)), 2):
        if not pairs or (len(everybody) > 2 and not tally.table(first, second)):
            continue
        pair = (everybody[first], everybody[second])
        yield "cohen_kappa", pair, _kappa(first, second)
        if weights is not None:
            yield "weighted_kappa", pair, _kappa(first, second, weights)


def _kappa(first: int, second: int, weights: Sequence[Sequence[float]] | None = None) -> _Coefficient:
    return lambda tally: cohen_kappa(tally.table(first, second), weights)


def _sizes(patterns: Patterns, places: Sequence[int]) -> tuple[int, int]:
    units = pairable = 0
    for pattern, times in patterns.items():
        size = sum(pattern[place] is not None for place in places)
        units += times * (size > 0)
        pairable += times * size * (size > 1)
    return units, pairable
