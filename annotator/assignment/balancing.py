"""Who gets which unit: everybody about the same number of claims, and what somebody has begun stays with her.

The largest units go first, each to whoever has least to do (Graham 1969, "Bounds on Multiprocessing Timing Anomalies",
longest processing time first); then single units move from who has most to who has least for as long as that helps.
"""

from __future__ import annotations

import random
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import combinations

from annotator.assignment.overlap import Overlap
from annotator.assignment.units import Unit
from annotator.errors import DomainError
from annotator.model.late import dataclass


@dataclass(frozen=True, slots=True)
class Handout:
    """What a handing out would change: (unit id, reviewer) that come and that go; and what it leads to.

    `before` and `after` are the claims that each reviewer has left to do; `shared` are the claims of each pair of
    reviewers that both hold, from which their agreement can be told.
    """

    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    before: Mapping[str, int]
    after: Mapping[str, int]
    shared: Mapping[tuple[str, str], int]


@dataclass(slots=True)
class _Desk:
    """The state of a handing out: who holds which unit (by its index), and how much everybody has left."""

    units: Sequence[Unit]
    reviewers: Sequence[str]
    held: list[set[str]]
    load: Counter[str]
    shared: Counter[tuple[str, str]] = field(default_factory=Counter)

    def give(self, at: int, reviewer: str) -> None:
        self._count_pairs(at, reviewer, 1)
        self.held[at].add(reviewer)
        self.load[reviewer] += self.left(at, reviewer)

    def take(self, at: int, reviewer: str) -> None:
        self.held[at].discard(reviewer)
        self.load[reviewer] -= self.left(at, reviewer)
        self._count_pairs(at, reviewer, -1)

    def left(self, at: int, reviewer: str) -> int:
        holding = self.units[at].held.get(reviewer)
        return self.units[at].size if holding is None else holding.left

    def movable(self, at: int, reviewer: str) -> bool:
        holding = self.units[at].held.get(reviewer)
        return holding is None or holding.movable

    def _count_pairs(self, at: int, reviewer: str, sign: int) -> None:
        for other in self.held[at]:
            self.shared[_pair(reviewer, other)] += sign * self.units[at].size


def hand_out(
    units: Sequence[Unit],
    reviewers: Sequence[str],
    overlap: Overlap,
    seed: int = 0,
    elsewhere: Mapping[str, int] | None = None,
) -> Handout:
    """Plan who does which unit, the same for the same units, reviewers and seed.

    A unit stays with who has begun or done it; what is open of a reviewer who is not named goes to others.
    `elsewhere` are the claims that reviewers have left in other units, which count as well. Raises DomainError where
    no reviewer is named, one is named twice, or fewer than the overlap asks for.
    """
    if not reviewers or len(set(reviewers)) != len(reviewers):
        raise DomainError("name the reviewers, each once")
    if overlap.times > len(reviewers):
        raise DomainError(f"an overlap of {overlap.times} needs {overlap.times} reviewers, not {len(reviewers)}")
    chance = random.Random(seed)  # noqa: S311 - a seeded draw that everybody can repeat, no secret
    wanted = overlap.wanted(units, chance)
    ranks = {reviewer: rank for rank, reviewer in enumerate(chance.sample(reviewers, len(reviewers)))}
    desk = _Desk(
        units, reviewers, [set() for _ in units], Counter({**dict.fromkeys(reviewers, 0), **(elsewhere or {})})
    )
    for at, unit in enumerate(units):
        for reviewer in unit.held:
            desk.give(at, reviewer)
    before = dict(desk.load)
    _clear(desk, wanted)
    order = list(range(len(units)))
    chance.shuffle(order)
    order.sort(key=lambda at: (wanted[at] > 1, units[at].size), reverse=True)
    _fill(desk, wanted, order, ranks)
    _level(desk, ranks)
    return _handout(desk, before)


def _clear(desk: _Desk, wanted: Sequence[int]) -> None:
    """Take away what is open of reviewers who are not named, and open holdings beyond what a unit wants."""
    for at in range(len(desk.units)):
        for reviewer in [*_leaving(desk, at), *_spare(desk, at, wanted[at])]:
            desk.take(at, reviewer)


def _leaving(desk: _Desk, at: int) -> list[str]:
    held = desk.units[at].held
    return [reviewer for reviewer, holding in held.items() if reviewer not in desk.reviewers and not holding.done]


def _spare(desk: _Desk, at: int, wanted: int) -> list[str]:
    """Open holdings beyond what is wanted, those of who has most to do first."""
    staying = desk.held[at].difference(_leaving(desk, at))
    open_ = [reviewer for reviewer in staying if desk.movable(at, reviewer)]
    return sorted(open_, key=lambda name: (-desk.load[name], name))[: max(0, len(staying) - wanted)]


def _fill(desk: _Desk, wanted: Sequence[int], order: Iterable[int], ranks: Mapping[str, int]) -> None:
    for at in order:
        held = desk.held[at]
        for _ in range(wanted[at] - len(held)):
            free = [reviewer for reviewer in desk.reviewers if reviewer not in held]
            if not free:
                break
            desk.give(at, min(free, key=lambda name: (_cost(desk, at, name), ranks[name])))


def _cost(desk: _Desk, at: int, reviewer: str) -> int:
    """What she has to do, and what she shares already with those who hold the unit: all pairs are to meet."""
    return desk.load[reviewer] + sum(desk.shared[_pair(reviewer, other)] for other in desk.held[at])


def _level(desk: _Desk, ranks: Mapping[str, int]) -> None:
    """Move open units from who has most to who has least for as long as the difference shrinks."""
    open_: dict[str, list[tuple[int, int]]] = {reviewer: [] for reviewer in desk.reviewers}
    for at, held in enumerate(desk.held):
        for reviewer in held & open_.keys():
            if desk.movable(at, reviewer):
                open_[reviewer].append((desk.units[at].size, at))
    for mine in open_.values():
        mine.sort()
    while True:
        least = min(desk.reviewers, key=lambda name: (desk.load[name], ranks[name]))
        for most in sorted(desk.reviewers, key=lambda name: (-desk.load[name], ranks[name])):
            found = _best_move(desk, open_[most], least, desk.load[most] - desk.load[least])
            if found is not None:
                break
        else:
            return
        size, at = open_[most].pop(found)
        desk.take(at, most)
        desk.give(at, least)
        insort(open_[least], (size, at))


def _best_move(desk: _Desk, open_: Sequence[tuple[int, int]], receiver: str, gap: int) -> int | None:
    """The index of the open unit, smaller than the gap, whose move brings the two nearest to each other; or None."""
    best: int | None = None
    middle = bisect_left(open_, (gap // 2, 0))
    above = next((at for at in range(middle, len(open_)) if receiver not in desk.held[open_[at][1]]), None)
    below = next((at for at in range(middle - 1, -1, -1) if receiver not in desk.held[open_[at][1]]), None)
    for at in (above, below):
        if at is not None and open_[at][0] < gap and (best is None or _off(open_[at], gap) < _off(open_[best], gap)):
            best = at
    return best


def _off(unit: tuple[int, int], gap: int) -> int:
    return abs(gap - 2 * unit[0])


def _handout(desk: _Desk, before: Mapping[str, int]) -> Handout:
    added, removed = [], []
    for unit, held in zip(desk.units, desk.held, strict=True):
        added += [(unit.id, reviewer) for reviewer in sorted(held - unit.held.keys())]
        removed += [(unit.id, reviewer) for reviewer in sorted(unit.held.keys() - held)]
    shared = {pair: desk.shared[pair] for pair in combinations(sorted(desk.reviewers), 2)}
    return Handout(tuple(added), tuple(removed), before, dict(desk.load), shared)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
