from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import DomainError
from annotator.model.dates import is_after, partial_date


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("", ""),
        ("2026", "2026"),
        ("2026-03", "2026-03"),
        (" 2026-03-10\n", "2026-03-10"),
        ("2026-3-1", "2026-03-01"),
        ("2026–03–10", "2026-03-10"),
        ("2026/03/10", "2026-03-10"),
        ("20260310", "2026-03-10"),
        ("10.3.2026", "2026-03-10"),
        ("10. 03. 2026", "2026-03-10"),
        ("29.2.2024", "2024-02-29"),
        ("12 March 2026", "2026-03-12"),
        ("12th of march, 2026", "2026-03-12"),
        ("12-Mar-2026", "2026-03-12"),
        ("March 12, 2026", "2026-03-12"),
        ("Sept. 3 2026", "2026-09-03"),
        ("March 2026", "2026-03"),
        ("Thursday, 12 March 2026", "2026-03-12"),
        ("2026-03-10T12:00:00Z", "2026-03-10T12:00:00Z"),
        ("2026-03-10 12:00", "2026-03-10T12:00"),
    ],
)
def test_dates_are_read_where_they_can_mean_one_thing_only(given_: str, kept: str) -> None:
    assert partial_date(given_) == kept
    assert partial_date(kept) == kept


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ("2026-02-30", "February 2026 has 28 days"),
        ("31.4.2026", "April 2026 has 30 days"),
        ("2026-03-00", "March 2026 has 31 days"),
        ("2026-13", "there is no month 13"),
        ("2026-02-30T12:00", "February 2026 has 28 days"),
        ("2026-03-10T25:00", "write it as 2026-03-10, 2026-03 or 2026"),
        ("3/10/2026", "write it as 2026-03-10"),
        ("10-03-2026", "write it as"),
        ("10.3.26", "write it as"),
        ("26", "write it as"),
        ("0026", "write it as"),
        ("2026-W10", "write it as"),
        ("12 Brumaire 2026", "write it as"),
        ("last spring", "write it as"),
        ("٢٠٢٦", "write it as"),
    ],
)
def test_other_dates_are_refused_with_the_reason_or_the_form(given_: str, said: str) -> None:
    with pytest.raises(DomainError, match=rf"^no date: .*{said}"):
        partial_date(given_)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_in_each_of_its_forms(day: date) -> None:
    iso = day.isoformat()
    year, month, number = iso.split("-")
    assert partial_date(iso) == partial_date(f"{number}.{month}.{year}") == partial_date(iso.replace("-", "/")) == iso
    assert partial_date(iso[:7]) == iso[:7]


@pytest.mark.parametrize(
    ("one", "other", "after"),
    [
        ("2026-03-11", "2026-03-10", True),
        ("2026-03-10", "2026-03-10", False),
        ("2026-03", "2026-03-10", False),
        ("2026-04", "2026-03-10", True),
        ("2026", "2025-12-31", True),
        ("2026-03-10T23:00", "2026-03-10", False),
    ],
)
def test_dates_are_compared_as_far_as_both_go(one: str, other: str, *, after: bool) -> None:
    assert is_after(one, other) is after
