"""Bootstrap intervals: clusters (articles) are drawn with replacement, because claims of one article are alike.

The patterns of each cluster are packed into one whole number, a field of bits for each, so that a resample's patterns
are the sum of the numbers of the clusters that were drawn.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from annotator.agreement.coefficients import Undefined
from annotator.agreement.ratings import Patterns

INSIDE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """The percentile interval that holds 95 % of the resampled values; `undefined` counts resamples without one."""

    low: float
    high: float
    undefined: int


def resampled(clusters: Sequence[Patterns], count: int, seed: int) -> Iterator[Patterns]:
    """The patterns of so many resamples, each with as many clusters as there are; the same seed gives the same."""
    names = sorted({pattern for cluster in clusters for pattern in cluster}, key=repr)
    largest = max((sum(cluster.values()) for cluster in clusters), default=0)
    width = (largest * max(1, len(clusters))).bit_length()
    mask = (1 << width) - 1
    place = {pattern: width * number for number, pattern in enumerate(names)}
    packed = [sum(times << place[pattern] for pattern, times in cluster.items()) for cluster in clusters]
    draw = random.Random(seed)  # noqa: S311 - a seeded draw that everybody can repeat, no secret
    for _ in range(count):
        added = sum(draw.choices(packed, k=len(packed)))
        yield {pattern: times for pattern, shift in place.items() if (times := added >> shift & mask)}


def interval(values: Sequence[float], undefined: int) -> Interval | None:
    """The percentile interval of resampled values (Efron 1979); None where no resample had one."""
    if not values:
        return None
    ordered = sorted(values)
    tail = (1 - INSIDE) / 2
    last = len(ordered) - 1
    return Interval(ordered[round(tail * last)], ordered[round((1 - tail) * last)], undefined)


def value_of(coefficient: Callable[[Patterns], float], patterns: Patterns) -> float | None:
    """The coefficient of the patterns, or None where it is undefined."""
    try:
        return coefficient(patterns)
    except Undefined:
        return None
