"""All coefficients of some ratings, with intervals: what a report of agreement prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from annotator.agreement.bootstrap import Interval, interval, resampled, value_of
from annotator.agreement.coefficients import (
    Undefined,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    pair_table,
    percent_agreement,
    quadratic_weights,
    unit_counts,
)
from annotator.agreement.ratings import Level, Patterns, Ratings

RESAMPLES = 1000
_Coefficient = Callable[[Patterns], float]


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


def measured(ratings: Ratings, *, resamples: int = RESAMPLES, seed: int = 0) -> list[Measured]:
    """Every coefficient that the level of the ratings allows, over all reviewers and for each pair of them.

    Intervals are drawn over clusters, `resamples` times; with fewer than two clusters, or none drawn, there is none.
    """
    wanted = list(_wanted(ratings))
    drawn: list[list[float | None]] = [[] for _ in wanted]
    if len(ratings.clusters) > 1:
        for patterns in resampled(ratings.clusters, resamples, seed):
            for values, (_, _, coefficient) in zip(drawn, wanted, strict=True):
                values.append(value_of(coefficient, patterns))
    patterns = ratings.patterns
    found = []
    for values, (name, reviewers, coefficient) in zip(drawn, wanted, strict=True):
        value, why = None, ""
        try:
            value = coefficient(patterns)
        except Undefined as undefined:
            why = str(undefined)
        defined = [each for each in values if each is not None]
        between = interval(defined, len(values) - len(defined)) if value is not None else None
        units, pairable = _sizes(patterns, [ratings.reviewers.index(each) for each in reviewers])
        found.append(Measured(name, value, why, between, units, pairable, reviewers))
    return found


def _wanted(ratings: Ratings) -> Iterator[tuple[str, tuple[str, ...], _Coefficient]]:
    """Name, reviewers and function of each coefficient."""
    everybody, categories, numbers = ratings.reviewers, len(ratings.categories), ratings.numbers

    def alpha(level: Level) -> _Coefficient:
        return lambda patterns: krippendorff_alpha(patterns, level, numbers)

    yield "percent_agreement", everybody, percent_agreement
    yield f"krippendorff_alpha_{Level.NOMINAL}", everybody, alpha(Level.NOMINAL)
    if ratings.level is not Level.NOMINAL:
        yield f"krippendorff_alpha_{ratings.level}", everybody, alpha(ratings.level)
    yield "fleiss_kappa", everybody, fleiss_kappa
    yield "gwet_ac1", everybody, lambda patterns: gwet_ac1(patterns, categories)
    for first, second in combinations(range(len(everybody)), 2):
        pair = (everybody[first], everybody[second])
        yield "cohen_kappa", pair, _kappa(first, second, categories, weighted=False)
        if ratings.level is not Level.NOMINAL:
            yield "weighted_kappa", pair, _kappa(first, second, categories, weighted=True)


def _kappa(first: int, second: int, categories: int, *, weighted: bool) -> _Coefficient:
    weights = quadratic_weights(categories) if weighted else None
    return lambda patterns: cohen_kappa(pair_table(patterns, first, second, categories), weights)


def _sizes(patterns: Patterns, places: list[int]) -> tuple[int, int]:
    units = pairable = 0
    for pattern, times in patterns.items():
        size = unit_counts(tuple(pattern[place] for place in places)).total()
        units += times * (size > 0)
        pairable += times * size * (size > 1)
    return units, pairable
