"""What reviewers agree and differ about, label by label: tables of confusion, and figures of each label by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from annotator.agreement.coefficients import fleiss_kappa, krippendorff_alpha
from annotator.agreement.measuring import value_of
from annotator.agreement.ratings import Level, Pattern, Patterns, Ratings
from annotator.agreement.tally import Tally, tallied
from annotator.model.late import dataclass


@dataclass(frozen=True, slots=True)
class Confusion:
    """The table of two reviewers: `counts[i][j]` units that the first put into category i and the second into j."""

    reviewers: tuple[str, str]
    categories: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """One label against all others; None where a figure is undefined.

    `given` is how often each reviewer gave it. `specific_agreement` is the share of pairs of values with it in which
    both are it (Cicchetti and Feinstein 1990). Alpha and kappa are those of "it or another" (Fleiss 1971, for kappa).
    """

    label: str
    given: tuple[int, ...]
    specific_agreement: float | None
    krippendorff_alpha: float | None
    fleiss_kappa: float | None


def confusions(ratings: Ratings) -> list[Confusion]:
    """The table of each pair of reviewers who have units in common, with the categories that anybody used."""
    tally = tallied(ratings.patterns)
    used = sorted({category for _, category in tally.values})
    names = tuple(ratings.categories[category] for category in used)
    return [
        Confusion(
            (ratings.reviewers[first], ratings.reviewers[second]),
            names,
            tuple(tuple(cells.get((one, other), 0) for other in used) for one in used),
        )
        for first, second in combinations(range(len(ratings.reviewers)), 2)
        if (cells := tally.table(first, second))
    ]


def label_figures(ratings: Ratings) -> list[LabelFigures]:
    """The figures of every label that anybody used, in the order of the categories."""
    patterns = ratings.patterns
    tally = tallied(patterns)
    given: list[Counter[int]] = [Counter() for _ in ratings.reviewers]
    for pattern, times in patterns.items():
        for place, category in enumerate(pattern):
            if category is not None:
                given[place][category] += times
    return list(_figures(ratings, patterns, tally, given))


def _figures(ratings: Ratings, patterns: Patterns, tally: Tally, given: list[Counter[int]]) -> Iterator[LabelFigures]:
    for category in sorted({category for _, category in tally.values}):
        binary = tallied(_against_others(patterns, category))
        yield LabelFigures(
            ratings.categories[category],
            tuple(of_one[category] for of_one in given),
            _specific_agreement(tally, category),
            value_of(lambda counted: krippendorff_alpha(counted, Level.NOMINAL, (0, 1)), binary),
            value_of(fleiss_kappa, binary),
        )


def _against_others(patterns: Patterns, category: int) -> Patterns:
    binary: Counter[Pattern] = Counter()
    for pattern, times in patterns.items():
        binary[tuple(None if value is None else int(value == category) for value in pattern)] += times
    return binary


def _specific_agreement(tally: Tally, category: int) -> float | None:
    both = either = 0.0
    for (size, one, other), count in tally.coincidences.items():
        if one == category:
            either += count / (size - 1)
            both += count / (size - 1) if other == category else 0.0
    return both / either if either else None
