"""Ratings by unit and reviewer, counted as patterns: all that any coefficient of agreement depends on.

A pattern is what each reviewer, in a fixed order, gave one unit: the number of a category, or None for nothing. However
many units there are, there are few patterns, so a coefficient costs what its patterns cost.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from annotator.errors import AgreementError

Pattern = tuple[int | None, ...]
Patterns = Mapping[Pattern, int]


class Level(StrEnum):
    """The level of measurement: what the distance of two values means (Stevens 1946)."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


LEVELS = (Level.NOMINAL, Level.ORDINAL, Level.INTERVAL, Level.RATIO)
"""The levels, each with all that the ones before it have."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One value that one reviewer gave one unit; units of one `cluster` (an article) are resampled together."""

    unit: str
    reviewer: str
    value: str
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings as patterns, in all and by cluster.

    `categories` are the values in the order of the scheme, unused ones included, and `reviewers` the order of each
    pattern. `scale` says what number each category stands for where its name does not say it.
    """

    categories: tuple[str, ...]
    reviewers: tuple[str, ...]
    clusters: tuple[Patterns, ...]
    level: Level = Level.NOMINAL
    scale: tuple[float, ...] = ()

    @property
    def patterns(self) -> Patterns:
        """How often each pattern is there, over all clusters."""
        counts: Counter[Pattern] = Counter()
        for cluster in self.clusters:
            counts.update(cluster)
        return counts

    def of_those_who_rated(self) -> Ratings:
        """The same without reviewers who have no value at all."""
        places = sorted(
            {place for pattern in self.patterns for place, value in enumerate(pattern) if value is not None}
        )
        if len(places) == len(self.reviewers):
            return self
        clusters = []
        for cluster in self.clusters:
            kept: Counter[Pattern] = Counter()
            for pattern, times in cluster.items():
                kept[tuple(pattern[place] for place in places)] += times
            clusters.append(kept)
        reviewers = tuple(self.reviewers[place] for place in places)
        return replace(self, reviewers=reviewers, clusters=tuple(clusters))

    @property
    def numbers(self) -> tuple[float, ...]:
        """The categories as numbers; those of a level without distances are their places."""
        if self.scale:
            return self.scale
        if self.level in (Level.NOMINAL, Level.ORDINAL):
            return tuple(map(float, range(len(self.categories))))
        return tuple(map(float, self.categories))


def ratings_of(given: Iterable[Rating], *, level: Level = Level.NOMINAL, order: Sequence[str] = ()) -> Ratings:
    """The ratings as patterns.

    `order` has the categories of the scheme, also those that nobody used; without it they are the values that are
    there, numbers by size and words by the alphabet. Raises AgreementError for a value that is not in the order or is
    no number where the level needs one, and for two values of one reviewer for one unit.
    """
    units: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for rating in given:
        own = units[rating.cluster, rating.unit]
        if own.setdefault(rating.reviewer, rating.value) != rating.value:
            raise AgreementError(
                f"unit {rating.unit}: {rating.reviewer} gave it {own[rating.reviewer]!r} and {rating.value!r}"
            )
    values = {value for own in units.values() for value in own.values()}
    categories = tuple(order) or tuple(sorted(values, key=_by_size))
    _check(categories, values, level)
    index = {category: number for number, category in enumerate(categories)}
    reviewers = tuple(sorted({reviewer for own in units.values() for reviewer in own}))
    clusters: dict[str, Counter[Pattern]] = defaultdict(Counter)
    for (cluster, _), own in units.items():
        clusters[cluster][tuple(index[own[name]] if name in own else None for name in reviewers)] += 1
    return Ratings(categories, reviewers, tuple(clusters.values()), level)


def _check(categories: Sequence[str], values: set[str], level: Level) -> None:
    unknown = sorted(values.difference(categories))
    if unknown:
        raise AgreementError(f"the value {unknown[0]!r} is not one of the order ({', '.join(categories)})")
    if level in (Level.INTERVAL, Level.RATIO):
        wrong = next((value for value in categories if not _is_number(value)), None)
        if wrong is not None:
            raise AgreementError(f"the level {level.value} needs numbers, and {wrong!r} is none")


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value))
    except ValueError:
        return False


def _by_size(value: str) -> tuple[bool, float, str]:
    return (False, float(value), value) if _is_number(value) else (True, 0.0, value)
