from __future__ import annotations

import pytest

from annotator.model.evidence_dates import date_hint
from annotator.model.judgement import Evidence


@pytest.mark.parametrize(
    ("published", "claim", "article", "hint"),
    [
        ("2019", "Fares rose in 2024.", "2025-03-01", "older than what the claim is about (2024)"),
        ("2024-05", "Fares rose in 2024.", "2025-03-01", ""),
        ("2019-05-02", "Fares rose between 2018 and 2023.", "", "older than what the claim is about (2023)"),
        ("2024", "The port is to be ready by 2030.", "2025", ""),
        ("2024", "It cost $2,025 and weighs 2025.5 tons.", "2025", ""),
        ("2020-01-01", "The ramp is now shut.", "2025-03-01", "5 years older than the article"),
        ("2020-01-01", "The ramp was shut.", "2025-03-01", ""),
        ("2024-12", "The ramp is now shut.", "2025-03-01", ""),
        ("2025-04-01", "The ramp was shut.", "2025-03-01T10:00:00Z", "later than the article (2025-03-01)"),
        ("2025", "The ramp was shut.", "2025-03-01", ""),
        ("", "Fares rose in 2024.", "2025-03-01", ""),
        ("2019", "Fares rose.", "", ""),
    ],
)
def test_what_is_said_of_a_date(published: str, claim: str, article: str, hint: str) -> None:
    said = date_hint(Evidence("e", "c", answer="yes", published_at=published), claim, article)
    assert hint in said
    assert bool(hint) is bool(said)
