"""How far apart a claim and a fact-check are in time, as a figure to be weighed and in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from annotator.matching.ranking import rank, weigh
from annotator.model.check import Check, Sought

SAID = date(2026, 3, 10)
WORDS = "Two cables of the bridge held."


def checked(days: int) -> Check:
    return Check("x", WORDS, date=(SAID + timedelta(days)).isoformat())


@pytest.mark.parametrize(("days", "before"), [(-400, 1.0), (-4, 1.0), (-3, 0.0), (0, 0.0), (5, 0.0)])
def test_a_check_from_before_the_claim_counts_less_once_time_zones_do_not_explain_it(days: int, before: float) -> None:
    sought = Sought(WORDS, date=SAID.isoformat())
    ((weighed,), _, _) = weigh(sought, [checked(days)], counts=lambda _: {}, checks=10, average=5.0)
    assert weighed.figures["date_before"] == before
    assert weighed.figures["date_near"] == pytest.approx(1 / (1 + abs(days) / 7))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "checked on the same day"),
        (1, "checked 1 day later"),
        (-1, "checked 1 day before"),
        (59, "checked 59 days later"),
        (60, "checked 2 months later"),
        (-729, "checked 24 months before"),
        (730, "checked 2 years later"),
    ],
)
def test_the_distance_is_said_in_days_then_months_then_years(days: int, said: str) -> None:
    sought = Sought(WORDS, date=SAID.isoformat())
    (match,) = rank(sought, [checked(days)], counts=lambda _: {}, checks=10, average=5.0, most=1)
    assert match.why[-1] == said
