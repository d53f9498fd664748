"""Random tables beside other programs, each for what it was seen to be right in.

krippendorff: alpha at four levels, missing values, not the undefined cases. nltk: alpha (nominal, interval), kappa and
pi, nothing missing. statsmodels: Fleiss' kappa, nothing missing. scikit-learn: kappa, plain and weighted, with labels.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from annotator.agreement import Level
from annotator.agreement.coefficients import (
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    quadratic_weights,
    scott_pi,
)
from annotator.agreement.tally import tallied

pytestmark = pytest.mark.extra("krippendorff", "nltk", "numpy", "sklearn", "statsmodels")

Rows = list[list[int | None]]


def tables(seed: int, *, missing: float = 0.0, reviewers: int = 4) -> Iterator[Rows]:
    """A row a reviewer; values from 1, so that a ratio can be told, of which at least two are there."""
    draw = random.Random(seed)

    def given(true: int, values: int) -> int | None:
        if draw.random() < missing:
            return None
        return true if draw.random() < 0.7 else draw.randint(1, values)

    for _ in range(40):
        size, values = draw.randint(8, 60), draw.randint(2, 5)
        true = [draw.randint(1, values) for _ in range(size)]
        # Each of the first two agrees with herself about two values at least: alpha is defined.
        true[:2] = 1, 2
        rows: Rows = [[given(value, values) for value in true] for _ in range(reviewers)]
        for row in rows[:2]:
            row[:2] = 1, 2
        yield rows


def our_alpha(rows: Rows, level: Level) -> float:
    patterns = Counter(zip(*[[None if v is None else v - 1 for v in row] for row in rows], strict=True))
    return krippendorff_alpha(tallied(patterns), level, (1, 2, 3, 4, 5))


@pytest.mark.parametrize("level", list(Level))
def test_alpha_beside_krippendorff(level: Level) -> None:
    import krippendorff
    import numpy as np

    for rows in tables(1, missing=0.2):
        data = np.array([[np.nan if value is None else value for value in row] for row in rows])
        theirs = krippendorff.alpha(reliability_data=data, level_of_measurement=level.value)
        assert our_alpha(rows, level) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(
    ("level", "distance"), [(Level.NOMINAL, "binary_distance"), (Level.INTERVAL, "interval_distance")]
)
def test_alpha_beside_nltk(level: Level, distance: str) -> None:
    from nltk.metrics import distance as distances
    from nltk.metrics.agreement import AnnotationTask

    for rows in tables(2):
        data = [(f"r{place}", str(unit), value) for place, row in enumerate(rows) for unit, value in enumerate(row)]
        task = AnnotationTask(data, distance=getattr(distances, distance))
        assert our_alpha(rows, level) == pytest.approx(task.alpha(), abs=1e-12)


def test_kappa_and_pi_of_two_beside_nltk_and_scikit_learn() -> None:
    from nltk.metrics.agreement import AnnotationTask
    from sklearn.metrics import cohen_kappa_score

    for rows in tables(3, reviewers=2):
        first, second = rows
        cells = Counter((one - 1, other - 1) for one, other in zip(first, second, strict=True) if one and other)
        task = AnnotationTask(
            [("a", str(u), v) for u, v in enumerate(first)] + [("b", str(u), v) for u, v in enumerate(second)]
        )
        assert cohen_kappa(cells) == pytest.approx(task.kappa(), abs=1e-12)
        assert scott_pi(cells) == pytest.approx(task.pi(), abs=1e-12)
        labels = [1, 2, 3, 4, 5]
        assert cohen_kappa(cells) == pytest.approx(cohen_kappa_score(first, second, labels=labels), abs=1e-12)
        theirs = cohen_kappa_score(first, second, labels=labels, weights="quadratic")
        assert cohen_kappa(cells, quadratic_weights(5)) == pytest.approx(theirs, abs=1e-12)


def test_fleiss_beside_statsmodels() -> None:
    import numpy as np
    from statsmodels.stats.inter_rater import fleiss_kappa as their_kappa

    for rows in tables(4):
        patterns = Counter(zip(*[[(v or 1) - 1 for v in row] for row in rows], strict=True))
        counts = np.array([[unit.count(value) for value in range(5)] for unit in patterns.elements()])
        assert fleiss_kappa(tallied(patterns)) == pytest.approx(their_kappa(counts), abs=1e-12)
