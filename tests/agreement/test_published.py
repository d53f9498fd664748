"""Published tables and exactly computed values, besides those of test_coefficients: facts from the papers named."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from statistics import mean

import pytest

from annotator.agreement import Level
from annotator.agreement.coefficients import (
    Undefined,
    bennett_s,
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
)
from annotator.agreement.labels import label_figures
from annotator.agreement.ratings import Pattern, Ratings
from annotator.agreement.tally import tallied

# Six annotators of PolNeAR (Newell et al. 2018): whether each sentence of some articles has an attribution.
POLNEAR = Path(__file__).parents[1] / "data" / "agreement" / "polnear_sentences.txt"


def patterns(rows: list[str]) -> dict[Pattern, int]:
    """A row a reviewer, a character a unit, a point for a missing value; categories in their order."""
    order = sorted({value for row in rows for value in row} - {"."})
    units = zip(*rows, strict=True)
    return Counter(tuple(None if value == "." else order.index(value) for value in unit) for unit in units)


def alpha(rows: list[str], level: Level = Level.NOMINAL) -> float:
    """Of values that are digits."""
    order = sorted({value for row in rows for value in row} - {"."})
    numbers = [float(value) if value.isdigit() else 0.0 for value in order]
    return krippendorff_alpha(tallied(patterns(rows)), level, numbers)


KRIPPENDORFF_2011 = ["1233214 12...".replace(" ", ""), "1233224125.3", ".3332342251.", "12332441251."]
WIKIPEDIA = [".....3412113 3.3".replace(" ", ""), "1.213343.......", "..21344.211 33.4".replace(" ", "")]


@pytest.mark.parametrize(
    ("rows", "level", "exact"),
    [
        (["0100000010", "1110010000"], Level.NOMINAL, Fraction(2, 21)),
        (["aabbdcccedda", "babbbcccEddd".lower()], Level.NOMINAL, Fraction(155, 224)),
        (WIKIPEDIA, Level.NOMINAL, Fraction(56, 81)),
        (WIKIPEDIA, Level.INTERVAL, Fraction(643, 793)),
        (KRIPPENDORFF_2011, Level.NOMINAL, Fraction(113, 152)),
    ],
)
def test_alpha_of_tables_with_and_without_missing_values(rows: list[str], level: Level, exact: Fraction) -> None:
    assert alpha(rows, level) == pytest.approx(float(exact), abs=1e-12)


def test_alpha_of_six_annotators_of_whom_not_all_read_everything() -> None:
    assert alpha(POLNEAR.read_text(encoding="ascii").split()) == pytest.approx(0.6731224322353756, abs=1e-12)


def test_the_table_of_artstein_and_poesio_2008() -> None:
    cells: dict[tuple[int, int], int] = {(0, 0): 46, (1, 1): 32, (2, 2): 10, (1, 0): 6, (1, 2): 6}
    tally = tallied({(one, other): count for (one, other), count in cells.items()})
    assert percent_agreement(tally) == pytest.approx(0.88, abs=1e-12)
    assert cohen_kappa(cells) == pytest.approx(0.8013245033112583, abs=1e-12)
    assert scott_pi(cells) == pytest.approx(0.7995322418977615, abs=1e-12)
    assert krippendorff_alpha(tally, Level.NOMINAL, (0, 1, 2)) == pytest.approx(0.8005345806882727, abs=1e-12)
    assert bennett_s(cells, 3) == pytest.approx(0.82, abs=1e-12)


def test_kappa_of_each_category_of_fleiss_1971() -> None:
    words = (
        "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
        "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
    )
    counted: Counter[Pattern] = Counter(
        tuple(category for category, count in enumerate(map(int, word)) for _ in range(count)) for word in words.split()
    )
    figures = label_figures(Ratings(tuple("abcde"), tuple("uvwxyz"), (counted,)))
    assert [round(each.fleiss_kappa or 0, 3) for each in figures] == [0.245, 0.245, 0.52, 0.471, 0.566]


def test_what_three_mistakes_would_give_for_krippendorff_2011() -> None:
    """The right value is none of them, and each is what the mistake gives: so the mistake is not made."""
    rows = KRIPPENDORFF_2011
    whole = [unit for unit in zip(*rows, strict=True) if "." not in unit]
    assert alpha(["".join(row) for row in zip(*whole, strict=True)]) == pytest.approx(0.652661, abs=1e-6)
    # A point that is a category of its own.
    assert alpha([row.replace(".", "9") for row in rows]) == pytest.approx(0.576577, abs=1e-6)
    tally = tallied(patterns(rows))
    assert mean(cohen_kappa(tally.table(*pair)) for pair in combinations(range(4), 2)) == pytest.approx(
        0.700163, abs=1e-6
    )
    assert alpha(rows) == pytest.approx(0.743421, abs=1e-6)


def test_ac1_counts_units_with_one_value_for_the_categories_and_not_for_agreement() -> None:
    """Worked by hand (Gwet 2014, 2.5): agreement 2/2; shares (2 + 1)/4 and 1/4, of four units."""
    tally = tallied({(0, 0): 2, (0, None): 1, (None, 1): 1})
    chance = 2 * (3 / 4) * (1 / 4)
    assert gwet_ac1(tally, 2) == pytest.approx((1 - chance) / (1 - chance), abs=1e-12)
    differing = tallied({(0, 0): 1, (0, 1): 1, (0, None): 1, (None, 1): 1})
    shares = (1 + 0.5 + 1) / 4, (0.5 + 1) / 4
    chance = sum(share * (1 - share) for share in shares)
    assert gwet_ac1(differing, 2) == pytest.approx((0.5 - chance) / (1 - chance), abs=1e-12)


def test_the_example_of_the_manual() -> None:
    tally = tallied(patterns(["2201", "210.", "22.."]))
    assert krippendorff_alpha(tally, Level.NOMINAL, (0, 1, 2)) == pytest.approx(10 / 17, abs=1e-12)
    assert percent_agreement(tally) == pytest.approx(7 / 9, abs=1e-12)
    chance = (Fraction(5, 12) * Fraction(7, 12) + Fraction(1, 3) * Fraction(2, 3) + Fraction(1, 4) * Fraction(3, 4)) / 2
    assert gwet_ac1(tally, 3) == pytest.approx(float((Fraction(7, 9) - chance) / (1 - chance)), abs=1e-12)
    assert gwet_ac1(tally, 3) == pytest.approx(0.670, abs=5e-4)


def test_an_empty_table_has_no_coefficient() -> None:
    for coefficient in (cohen_kappa, scott_pi, lambda cells: bennett_s(cells, 3)):
        with pytest.raises(Undefined):
            coefficient({})
