"""Handing out: balanced by claims, reproducible, and nobody's begun work goes away."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.assignment import Handout, Holding, Overlap, Unit, hand_out
from annotator.errors import DomainError

FIVE = ("ana", "ben", "caro", "dai", "eve")
SMALLEST = 5
"""Claims of the smallest unit: a difference below it no move can mend."""


def corpus(count: int, seed: int = 1) -> list[Unit]:
    chance = random.Random(seed)
    return [Unit(f"a{number}", chance.randint(SMALLEST, 80)) for number in range(count)]


def taken(units: list[Unit], handout: Handout, *, begun: frozenset[str] = frozenset()) -> list[Unit]:
    """The units as they are after a handing out, those of `begun` begun by everybody who holds them."""
    held: dict[str, dict[str, Holding]] = {unit.id: dict(unit.held) for unit in units}
    for id_, reviewer in handout.removed:
        del held[id_][reviewer]
    sizes = {unit.id: unit.size for unit in units}
    for id_, reviewer in handout.added:
        held[id_][reviewer] = Holding(sizes[id_], begun=id_ in begun)
    return [Unit(unit.id, unit.size, held[unit.id]) for unit in units]


def times(handout: Handout) -> Counter[int]:
    return Counter(Counter(id_ for id_, _ in handout.added).values())


def test_everybody_gets_the_same_number_of_claims() -> None:
    units = corpus(300)
    handout = hand_out(units, FIVE, Overlap(2))
    assert sum(handout.after.values()) == 2 * sum(unit.size for unit in units)
    assert max(handout.after.values()) - min(handout.after.values()) <= SMALLEST
    assert times(handout) == {2: 300}


def test_a_share_is_done_twice_and_the_rest_once() -> None:
    assert times(hand_out(corpus(300), FIVE, Overlap.parsed("20%"))) == {1: 240, 2: 60}


def test_every_pair_of_reviewers_shares_claims() -> None:
    handout = hand_out(corpus(300), FIVE, Overlap.parsed("20%"))
    even = sum(handout.shared.values()) / 10
    assert len(handout.shared) == 10
    assert all(0.5 * even < claims < 1.5 * even for claims in handout.shared.values())


def test_the_seed_decides_and_nothing_else() -> None:
    units = corpus(50)
    assert hand_out(units, FIVE, Overlap(2), 7) == hand_out(units, FIVE, Overlap(2), 7)
    assert hand_out(units, FIVE, Overlap(2), 7).added != hand_out(units, FIVE, Overlap(2), 8).added


def test_handing_out_again_changes_nothing() -> None:
    units = corpus(80)
    for overlap in (Overlap(1), Overlap(3), Overlap.parsed("35%")):
        again = hand_out(taken(units, hand_out(units, FIVE, overlap)), FIVE, overlap)
        assert (again.added, again.removed) == ((), ())


def test_articles_that_came_later_go_to_who_has_least() -> None:
    units = corpus(40)
    old = taken(units, hand_out(units, FIVE, Overlap(1)))
    handout = hand_out([*old, *(Unit(f"b{number}", 30) for number in range(20))], FIVE, Overlap(1))
    assert {id_ for id_, _ in handout.added} >= {f"b{number}" for number in range(20)}
    assert max(handout.after.values()) - min(handout.after.values()) <= 30


def test_who_leaves_keeps_what_is_done_and_the_rest_goes_to_others() -> None:
    units = [
        Unit("done", 9, {"ben": Holding(0, begun=True)}),
        Unit("begun", 9, {"ben": Holding(4, begun=True)}),
        Unit("open", 9, {"ben": Holding(9)}),
    ]
    handout = hand_out(units, ("ana", "caro"), Overlap(1))
    assert handout.removed == (("begun", "ben"), ("open", "ben"))
    assert {id_ for id_, _ in handout.added} == {"begun", "open"}


def test_who_joins_gets_an_even_part_of_what_is_open_and_nothing_that_is_begun() -> None:
    units = corpus(60)
    begun = frozenset(f"a{number}" for number in range(10))
    old = taken(units, hand_out(units, ("ana", "ben"), Overlap(1)), begun=begun)
    handout = hand_out(old, ("ana", "ben", "caro"), Overlap(1))
    assert not begun & {id_ for id_, _ in handout.removed}
    assert {reviewer for _, reviewer in handout.added} == {"caro"}
    assert max(handout.after.values()) - min(handout.after.values()) <= SMALLEST


@pytest.mark.parametrize(
    ("reviewers", "overlap", "said"),
    [
        ((), Overlap(1), "name the reviewers"),
        (("ana", "ana"), Overlap(1), "each once"),
        (("ana",), Overlap(2), "needs 2"),
    ],
)
def test_what_cannot_be_handed_out(reviewers: tuple[str, ...], overlap: Overlap, said: str) -> None:
    with pytest.raises(DomainError, match=said):
        hand_out(corpus(2), reviewers, overlap)


def test_what_somebody_gives_back_is_shared_no_more() -> None:
    both = {"ana": Holding(3), "ben": Holding(3)}
    assert hand_out([Unit("a0", 3, both)], ("ana", "ben"), Overlap(2)).shared == {("ana", "ben"): 3}
    handout = hand_out([Unit("a0", 3, both)], ("ana", "ben"), Overlap(1))
    assert len(handout.removed) == 1
    assert handout.shared == {("ana", "ben"): 0}


def test_what_somebody_has_left_elsewhere_counts() -> None:
    for busy, free in (("ana", "ben"), ("ben", "ana")):
        handout = hand_out([Unit("a0", 3)], ("ana", "ben"), Overlap(1), elsewhere={busy: 5})
        assert handout.added == (("a0", free),)
        assert (handout.before, handout.after) == ({busy: 5, free: 0}, {busy: 5, free: 3})


@pytest.mark.parametrize(
    ("written", "overlap"),
    [
        ("100%", Overlap(2, Fraction(1))),
        (" 12.5 % ", Overlap(2, Fraction(1, 8))),
        ("0%", Overlap(2, Fraction(0))),
        ("1", Overlap(1)),
        ("100", Overlap(100)),
    ],
)
def test_an_overlap_is_a_share_or_a_number_of_reviewers(written: str, overlap: Overlap) -> None:
    assert Overlap.parsed(written) == overlap


@pytest.mark.parametrize("written", ["", "0", "-1", "two", "101%", "100.1%", "101", "1.5", "20 percent", "%", "٢"])
def test_what_is_no_overlap(written: str) -> None:
    with pytest.raises(DomainError, match="is no overlap"):
        Overlap.parsed(written)


@st.composite
def _work(draw: st.DrawFn) -> list[Unit]:
    holdings = st.builds(Holding, st.integers(0, 5), st.booleans())
    held = st.dictionaries(st.sampled_from(FIVE), holdings, max_size=3)
    sizes = draw(st.lists(st.tuples(st.integers(5, 60), held), max_size=25))
    return [Unit(f"a{number}", size, holders) for number, (size, holders) in enumerate(sizes)]


@given(_work(), st.sets(st.sampled_from(FIVE), min_size=2), st.sampled_from(["1", "2", "0%", "40%"]))
def test_nobodys_begun_work_goes_away_and_every_unit_has_somebody(
    units: list[Unit], reviewers: set[str], overlap: str
) -> None:
    handout = hand_out(units, sorted(reviewers), Overlap.parsed(overlap))
    held = {unit.id: unit.held for unit in units}
    for id_, reviewer in handout.removed:
        assert held[id_][reviewer].movable or (reviewer not in reviewers and not held[id_][reviewer].done)
    assert all(unit.held for unit in taken(units, handout))
    assert not set(handout.added) & set(handout.removed)
    assert {reviewer for _, reviewer in handout.added} <= reviewers
