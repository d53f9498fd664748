"""Bootstrap intervals: clusters (articles) are drawn with replacement, because claims of one article are alike.

What is counted of a cluster is packed into one whole number, 32 or 64 bits a count, so that a resample's counts are
the sum of the numbers of the clusters that were drawn. Clusters with the same counts are drawn together: how often each
kind of them comes is one multinomial draw, however many there are.
"""

from __future__ import annotations

import random
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import floor, lgamma, log, log1p, sqrt
from typing import TypeVar

from annotator.model.late import dataclass

INSIDE = 0.95
_FIELDS = {32: "I", 64: "Q"}
"""The bits that a count may have, with the letter for them in `struct`."""
_FEW = 10.0
"""Below so many expected successes the geometric method is used, as Hörmann 1993 says."""

E = TypeVar("E")
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Interval:
    """The percentile interval that holds 95 % of the resampled values; `undefined` counts resamples without one."""

    low: float
    high: float
    undefined: int


def resampled(
    clusters: Sequence[Mapping[E, int]], counts_of: Callable[[E], Mapping[K, int]], count: int, seed: int
) -> Iterator[list[tuple[K, int]]]:
    """The counts of so many resamples, each with as many clusters as there are; the same seed gives the same.

    A cluster says how often it has each element, `counts_of` what one element counts for. The keys come in the same
    order in every resample. No count of all clusters together may reach 2**64.
    """
    if not count:
        return
    counted = {element: counts_of(element) for cluster in clusters for element in cluster}
    place = {key: number for number, key in enumerate(dict.fromkeys(key for each in counted.values() for key in each))}
    bits = _bits(clusters, max((max(each.values(), default=0) for each in counted.values()), default=0))
    packed = {
        element: sum(value << bits * place[key] for key, value in counts.items()) for element, counts in counted.items()
    }
    kinds = Counter(sum(packed[element] * times for element, times in cluster.items()) for cluster in clusters)
    unpack = struct.Struct(f"<{len(place)}{_FIELDS[bits]}")
    draw = random.Random(seed)  # noqa: S311 - a seeded draw that everybody can repeat, no secret
    drawn = _one_by_one if len(kinds) * 2 > kinds.total() else _by_kind
    for added in drawn(draw, kinds, count):
        yield list(zip(place, unpack.unpack(added.to_bytes(unpack.size, "little")), strict=True))


def _bits(clusters: Sequence[Mapping[E, int]], highest: int) -> int:
    """How many bits a count needs, if the largest cluster were drawn every time."""
    largest = max((sum(cluster.values()) for cluster in clusters), default=0)
    return min((bits for bits in _FIELDS if len(clusters) * largest * highest < 1 << bits), default=max(_FIELDS))


def _one_by_one(draw: random.Random, kinds: Counter[int], count: int) -> Iterator[int]:
    """The sum of as many draws with replacement as there are clusters, so many times."""
    clusters = list(kinds.elements())
    for _ in range(count):
        yield sum(draw.choices(clusters, k=len(clusters)))


def _by_kind(draw: random.Random, kinds: Counter[int], count: int) -> Iterator[int]:
    """The same, drawing how often each kind comes: a multinomial draw is one binomial draw after another."""
    for _ in range(count):
        added = 0
        left = total = kinds.total()
        for whole, number in kinds.items():
            here = left if number == total else binomial(draw, left, number / total)
            added += here * whole
            left -= here
            total -= number
        yield added


def binomial(draw: random.Random, trials: int, chance: float) -> int:
    """A draw from the binomial distribution, exact, in a time that does not grow with the trials.

    Hörmann 1993, "The generation of binomial random variates": BG where few successes are expected, else BTRS.
    """
    if chance > 0.5:
        return trials - binomial(draw, trials, 1 - chance)
    if trials * chance < _FEW:
        return _by_gaps(draw, trials, chance)
    spread = sqrt(trials * chance * (1 - chance))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * chance
    centre = trials * chance + 0.5
    odds = log(chance / (1 - chance))
    mode = floor((trials + 1) * chance)
    height = lgamma(mode + 1) + lgamma(trials - mode + 1)
    scale = (2.83 + 5.1 / b) * spread
    while True:
        u = draw.random() - 0.5
        near = 0.5 - abs(u)
        if not near:
            continue
        found = floor((2 * a / near + b) * u + centre)
        if not 0 <= found <= trials:
            continue
        v = draw.random()
        if near >= 0.07 and v <= 0.92 - 4.2 / b:
            return found
        v *= scale / (a / (near * near) + b)
        likely = height - lgamma(found + 1) - lgamma(trials - found + 1) + (found - mode) * odds
        if not v or log(v) <= likely:
            return found


def _by_gaps(draw: random.Random, trials: int, chance: float) -> int:
    """The successes counted by the failures between them, which are geometrically distributed."""
    if not chance:
        return 0
    rate = log1p(-chance)
    found = at = 0
    while True:
        at += floor(log(1 - draw.random()) / rate) + 1
        if at > trials:
            return found
        found += 1


def interval(values: Iterable[float | None]) -> Interval | None:
    """The percentile interval of resampled values (Efron 1979); None where no resample had one."""
    given = list(values)
    ordered = sorted(value for value in given if value is not None)
    if not ordered:
        return None
    tail = (1 - INSIDE) / 2
    last = len(ordered) - 1
    return Interval(ordered[round(tail * last)], ordered[round((1 - tail) * last)], len(given) - len(ordered))
