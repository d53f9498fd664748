"""Ratings by unit and reviewer, counted as patterns: all that any coefficient of agreement depends on.

A pattern is what each reviewer, in a fixed order, gave one unit: the number of a category, or None for nothing. However
many units there are, there are few patterns, so a coefficient costs what its patterns cost.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from enum import StrEnum

from annotator.errors import AgreementError
from annotator.model.late import dataclass

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


@dataclass(slots=True)
class RatingTable:
    """Ratings as they come, a whole number a unit: a field of bits for each reviewer with the number of her value."""

    _places: dict[str, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _clusters: dict[Hashable, dict[Hashable, int]] = field(default_factory=dict)

    @property
    def values(self) -> list[str]:
        """The values that are there, in the order in which they came."""
        return list(self._numbers)

    def add(self, unit: Hashable, reviewer: str, value: str, cluster: Hashable = "") -> None:
        """One more rating; raises AgreementError for two values of one reviewer for one unit."""
        place = _BITS * self._places.setdefault(reviewer, len(self._places))
        number = self._numbers.setdefault(value, len(self._numbers) + 1)
        units = self._clusters.setdefault(cluster, {})
        known = units.get(unit, 0)
        before = known >> place & _MASK
        if before and before != number:
            raise AgreementError(f"unit {unit}: {reviewer} gave it {self.values[before - 1]!r} and {value!r}")
        units[unit] = known | number << place

    def ratings(self, *, level: Level = Level.NOMINAL, order: Sequence[str] = ()) -> Ratings:
        """The ratings as patterns.

        `order` has the categories of the scheme, also those that nobody used; without it they are the values that are
        there, numbers by size and words by the alphabet. Raises AgreementError for a value that is not in the order or
        is no number where the level needs one.
        """
        categories = tuple(order) or tuple(sorted(self._numbers, key=_by_size))
        _check(categories, set(self._numbers), level)
        index = {category: number for number, category in enumerate(categories)}
        of_number = [None, *(index[value] for value in self._numbers)]
        reviewers = tuple(sorted(self._places))
        places = [_BITS * self._places[reviewer] for reviewer in reviewers]
        patterns: dict[int, Pattern] = {}

        def pattern_of(packed: int) -> Pattern:
            known = patterns.get(packed)
            if known is None:
                known = patterns[packed] = tuple(of_number[packed >> place & _MASK] for place in places)
            return known

        clusters = tuple(Counter(map(pattern_of, units.values())) for units in self._clusters.values())
        return Ratings(categories, reviewers, clusters, level)


_BITS = 24
_MASK = (1 << _BITS) - 1


def ratings_of(given: Iterable[Rating], *, level: Level = Level.NOMINAL, order: Sequence[str] = ()) -> Ratings:
    """The ratings as patterns; raises AgreementError as `RatingTable` does."""
    table = RatingTable()
    for rating in given:
        table.add(rating.unit, rating.reviewer, rating.value, rating.cluster)
    return table.ratings(level=level, order=order)


def _check(categories: Sequence[str], values: set[str], level: Level) -> None:
    unknown = sorted(values.difference(categories))
    if unknown:
        raise AgreementError(f"the value {unknown[0]!r} is not one of the order ({', '.join(categories)})")
    if level in (Level.INTERVAL, Level.RATIO):
        wrong = next((value for value in categories if not is_number(value)), None)
        if wrong is not None:
            raise AgreementError(f"the level {level.value} needs numbers, and {wrong!r} is none")


def is_number(value: str) -> bool:
    """Whether a category is a number, and so goes by its size where no order is given."""
    try:
        return math.isfinite(float(value))
    except ValueError:
        return False


def _by_size(value: str) -> tuple[bool, float, str]:
    return (False, float(value), value) if is_number(value) else (True, 0.0, value)
