"""Coefficients against published or exactly computed values; the tables are facts from the papers named."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import Level, Rating, Ratings
from annotator.agreement.coefficients import (
    ALL_ALIKE,
    NOT_COMPLETE,
    NOTHING_PAIRABLE,
    Undefined,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    quadratic_weights,
    scott_pi,
)
from annotator.agreement.measuring import value_of
from annotator.agreement.ratings import Pattern, Patterns, ratings_of
from annotator.agreement.tally import Tally, cells_of, tallied
from annotator.errors import AgreementError

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", table D: four observers, twelve units.
KRIPPENDORFF_2011 = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
# Cohen 1968: two judges, three categories, 200 cases.
COHEN_1968 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
# Fleiss 1971: thirty patients, a word of counts each: how many of six psychiatrists gave each of five diagnoses.
FLEISS_1971 = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
    "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
)


def table(rows: list[list[int | None]], level: Level = Level.NOMINAL) -> Ratings:
    return ratings_of(
        [
            Rating(str(unit), f"r{reviewer}", str(value))
            for reviewer, row in enumerate(rows)
            for unit, value in enumerate(row)
            if value is not None
        ],
        level=level,
    )


def alpha(rows: list[list[int | None]], level: Level) -> float:
    made = table(rows, level)
    return krippendorff_alpha(tallied(made.patterns), level, made.numbers)


@pytest.mark.parametrize(
    ("level", "exact"),
    [
        (Level.NOMINAL, Fraction(113, 152)),
        (Level.ORDINAL, Fraction(108577, 133160)),
        (Level.INTERVAL, Fraction(951, 1120)),
        (Level.RATIO, Fraction(18222619, 22852465)),
    ],
)
def test_alpha_of_krippendorff_2011_at_four_levels(level: Level, exact: Fraction) -> None:
    assert alpha(KRIPPENDORFF_2011, level) == pytest.approx(float(exact), abs=1e-12)


def test_missing_values_are_neither_dropped_by_unit_nor_a_category_nor_averaged_by_pair() -> None:
    value = alpha(KRIPPENDORFF_2011, Level.NOMINAL)
    for trap in (0.652661, 0.576577, 0.700163):
        assert abs(value - trap) > 0.04


def test_ac1_depends_on_categories_that_nobody_used() -> None:
    tally = tallied(table(KRIPPENDORFF_2011).patterns)
    assert gwet_ac1(tally, 5) == pytest.approx(31825 / 41041, abs=1e-12)
    assert gwet_ac1(tally, 6) > gwet_ac1(tally, 5)
    assert gwet_ac1(of_pairs(COHEN_1968), 3) == pytest.approx(163 / 283, abs=1e-12)


def test_kappa_of_cohen_1968_plain_and_weighted() -> None:
    cells = cells_of(COHEN_1968)
    assert cohen_kappa(cells) == pytest.approx(29 / 59, abs=1e-12)
    assert cohen_kappa(cells, [[0, 1, 3], [1, 0, 6], [3, 6, 0]]) == pytest.approx(8 / 23, abs=1e-12)
    assert scott_pi(cells) == pytest.approx(0.48717948717948717, abs=1e-12)


def test_kappa_and_ac1_of_fleiss_1971() -> None:
    patterns: Counter[Pattern] = Counter(
        tuple(category for category, count in enumerate(map(int, word)) for _ in range(count))
        for word in FLEISS_1971.split()
    )
    assert patterns.total() == 30
    tally = tallied(patterns)
    assert fleiss_kappa(tally) == pytest.approx(0.43024452006014086, abs=1e-12)
    assert gwet_ac1(tally, 5) == pytest.approx(23363 / 52163, abs=1e-12)


def test_quadratic_kappa_and_alpha_by_interval_and_by_order_are_three_numbers() -> None:
    tally = of_pairs(COHEN_1968)
    assert cohen_kappa(cells_of(COHEN_1968), quadratic_weights(3)) == pytest.approx(0.4545, abs=5e-5)
    assert krippendorff_alpha(tally, Level.INTERVAL, (0, 1, 2)) == pytest.approx(0.4458, abs=5e-5)
    assert krippendorff_alpha(tally, Level.ORDINAL, (0, 1, 2)) == pytest.approx(0.4935, abs=5e-5)


def test_one_value_for_all_is_undefined_and_neither_0_nor_1() -> None:
    alike = tallied({(0, 0): 9})
    with pytest.raises(Undefined, match=ALL_ALIKE):
        krippendorff_alpha(alike, Level.NOMINAL, (0, 1))
    with pytest.raises(Undefined, match=ALL_ALIKE):
        fleiss_kappa(alike)
    with pytest.raises(Undefined, match=ALL_ALIKE):
        cohen_kappa(alike.table(0, 1))
    assert gwet_ac1(alike, 2) == 1


def test_what_cannot_be_paired_is_undefined() -> None:
    lonely = tallied({(0, None): 3, (None, 1): 2})
    with pytest.raises(Undefined, match=NOTHING_PAIRABLE):
        krippendorff_alpha(lonely, Level.NOMINAL, (0, 1))
    with pytest.raises(Undefined, match=NOTHING_PAIRABLE):
        percent_agreement(lonely)
    with pytest.raises(Undefined, match=NOT_COMPLETE):
        fleiss_kappa(tallied({(0, 1, None): 1, (0, 1, 1): 1}))


VALUES = st.one_of(st.none(), st.integers(0, 2))


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=30), st.permutations([0, 1, 2]))
def test_the_order_of_reviewers_changes_nothing(units: list[Pattern], turned: list[int]) -> None:
    straight, other = Counter(units), Counter(tuple(unit[place] for place in turned) for unit in units)
    for level in Level:
        alpha_of = partial(krippendorff_alpha, level=level, numbers=(1, 2, 4))
        values = [value_of(alpha_of, tallied(patterns)) for patterns in (straight, other)]
        assert values[0] == pytest.approx(values[1], abs=1e-9)


def test_a_value_outside_the_order_and_two_values_for_one_unit_are_refused() -> None:
    with pytest.raises(AgreementError, match="'x' is not one of the order"):
        ratings_of([Rating("1", "ana", "x")], order=("y", "z"))
    with pytest.raises(AgreementError, match="unit 1: ana gave it 'x' and 'y'"):
        ratings_of([Rating("1", "ana", "x"), Rating("1", "ana", "y")])
    with pytest.raises(AgreementError, match="needs numbers, and 'x' is none"):
        ratings_of([Rating("1", "ana", "x")], level=Level.INTERVAL)


def of_pairs(frequencies: list[list[int]]) -> Tally:
    patterns: Patterns = {(one, other): count for one, row in enumerate(frequencies) for other, count in enumerate(row)}
    return tallied(patterns)
