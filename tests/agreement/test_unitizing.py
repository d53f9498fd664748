"""Alpha for unitizing (Krippendorff, Mathet, Bouvry and Widlöcher 2016) against values worked by hand."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import partial
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.coefficients import ALL_ALIKE, Undefined
from annotator.agreement.measuring import value_of
from annotator.agreement.unitizing import (
    TWO_NEEDED,
    Unit,
    Variant,
    flattened,
    lengths_of,
    unit_counts,
    unitized_alpha,
)

VARIANTS: tuple[Variant, ...] = ("u", "binary", "cu")


def alpha(length: int, *readers: list[Unit], variant: Variant = "u") -> float:
    return unitized_alpha(lengths_of(unit_counts(length, readers).items()), variant)


def test_the_example_of_the_manual() -> None:
    """A text of ten characters: ana marks 2 to 6, ben 2 to 5.

    Alike: the unit on 3, the gap on 6; different on 1. Each pair is counted both ways: lengths 6, 12, 1 and 1, of 20.
    Margins: unit 7, gap 13. What pairs with itself: units 16 + 9, gaps 6 + 7. Expected to differ, of 20:
    20 x (400 - 38 - (49 - 25) - (169 - 13)) / (400 - 38) = 20 x 182 / 362; observed 2.
    """
    value = alpha(10, [(2, 6, "x")], [(2, 5, "x")])
    assert value == pytest.approx(float(1 - Fraction(2 * 362, 20 * 182)), abs=1e-12)
    assert value == pytest.approx(729 / 910, abs=1e-12)


def test_values_differ_while_units_agree() -> None:
    """Ten characters, both mark 0 to 4 and 6 to 9; the second unit is x for ana and y for ben.

    Observed: of 20 they differ on 2 x 3. Margins x 4 + 4 + 3 = 11, y 3, gap 6; alone x 16 + 16 + 9 = 41, y 9, gap 6.
    """
    one, other = [(0, 4, "x"), (6, 9, "x")], [(0, 4, "x"), (6, 9, "y")]
    left = 400 - 56
    expected = Fraction(20 * (left - (121 - 41) - (9 - 9) - (36 - 6)), left)
    assert alpha(10, one, other) == pytest.approx(float(1 - 6 / expected), abs=1e-12)
    assert alpha(10, one, other, variant="binary") == 1
    # Of values alone: 14 of units, they differ on 6; expected 14 x (196 - 50 - 80 - 0) / (196 - 50).
    coding = 1 - 6 / Fraction(14 * (146 - 80), 146)
    assert alpha(10, one, other, variant="cu") == pytest.approx(float(coding), abs=1e-12)


def test_how_far_a_unit_goes_counts_by_what_the_other_left_unmarked() -> None:
    """120 characters, both mark a cue on 0 to 5; the content is 6 to 100 for ana and 6 to 10 for ben.

    Observed: of 240 they differ on 2 x 90. Margins: cue 10, content 98, gap 132; alone 25 + 25, 94 x 94 + 16, 132.
    """
    one, other = [(0, 5, "cue"), (6, 100, "content")], [(0, 5, "cue"), (6, 10, "content")]
    left = 240**2 - (50 + 8852 + 132)
    expected = Fraction(240 * (left - (100 - 50) - (98**2 - 8852) - (132**2 - 132)), left)
    assert alpha(120, one, other) == pytest.approx(float(1 - 180 / expected), abs=1e-12)
    assert alpha(120, one, other) == pytest.approx(-0.195343, abs=1e-6)
    # Of the labels alone, where both have units, they agree.
    assert alpha(120, one, other, variant="cu") == 1


def test_the_same_units_agree_wholly_and_nothing_at_all_is_undefined() -> None:
    units = [(3, 5, "x"), (8, 12, "y")]
    for variant in VARIANTS:
        assert alpha(20, units, units, units, variant=variant) == 1
    with pytest.raises(Undefined, match=ALL_ALIKE):
        alpha(20, [], [])
    with pytest.raises(Undefined, match=ALL_ALIKE):
        alpha(20, [(0, 20, "x")], [(0, 20, "x")])
    with pytest.raises(Undefined, match=TWO_NEEDED):
        alpha(20, units)


def test_two_texts_are_one_continuum_in_which_no_unit_runs_on() -> None:
    one = unit_counts(10, [[(2, 10, "x")], [(2, 9, "x")]])
    other = unit_counts(10, [[(0, 4, "x")], [(0, 5, "x")]])
    together = unitized_alpha(lengths_of((one + other).items()))
    joined = alpha(20, [(2, 10, "x"), (10, 14, "x")], [(2, 9, "x"), (10, 15, "x")])
    assert together == pytest.approx(joined, abs=1e-12)
    run_on = alpha(20, [(2, 14, "x")], [(2, 9, "x"), (10, 15, "x")])
    assert run_on != pytest.approx(joined, abs=1e-3)


def test_texts_that_more_reviewers_have_read_weigh_by_their_readers() -> None:
    """The paper's weight 1 / (m - 1): a text's lengths add up to its length for each reader, however many there are."""
    for readers in (2, 3, 5):
        lengths = lengths_of(unit_counts(12, [[(1, 4, "x")]] * readers).items())
        assert sum(lengths.coincidences.values()) == pytest.approx(12 * readers)


UNITS = st.lists(st.tuples(st.integers(0, 29), st.integers(1, 8), st.sampled_from("xy")), max_size=5).map(
    lambda found: flattened((start, min(30, start + length), value) for start, length, value in found)
)


def painted(units: list[Unit]) -> list[str]:
    """The value of each of thirty characters."""
    row = [""] * 30
    for start, end, value in units:
        row[start:end] = [value] * (end - start)
    return row


@given(st.lists(UNITS, min_size=2, max_size=4))
def test_observed_is_counted_character_by_character_and_the_order_of_reviewers_changes_nothing(
    readers: list[list[Unit]],
) -> None:
    lengths = lengths_of(unit_counts(30, readers).items())
    counted: Counter[tuple[str, str]] = Counter()
    for row, theirs in permutations(map(painted, readers), 2):
        counted.update(zip(row, theirs, strict=True))
    for pair, count in counted.items():
        assert lengths.coincidences[pair] == pytest.approx(count / (len(readers) - 1))
    turned = lengths_of(unit_counts(30, readers[::-1]).items())
    for variant in VARIANTS:
        one, other_way = (value_of(partial(unitized_alpha, variant=variant), each) for each in (lengths, turned))
        assert one == pytest.approx(other_way) if one is not None else other_way is None
        assert one is None or one <= 1 + 1e-12


def test_units_that_overlap_are_cut_and_the_first_and_longest_stays_whole() -> None:
    assert flattened([(4, 9, "x"), (0, 6, "y"), (0, 3, "x"), (10, 11, "x")]) == [
        (0, 6, "y"),
        (6, 9, "x"),
        (10, 11, "x"),
    ]
