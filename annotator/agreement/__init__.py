"""How far reviewers agree: ratings into coefficients with intervals. Numbers only, no database."""

from annotator.agreement.bootstrap import Interval
from annotator.agreement.measuring import RESAMPLES, Counted, Measured, measured, measured_counts, value_and_reason
from annotator.agreement.ratings import Level, Rating, Ratings

__all__ = [
    "RESAMPLES",
    "Counted",
    "Interval",
    "Level",
    "Measured",
    "Rating",
    "Ratings",
    "measured",
    "measured_counts",
    "value_and_reason",
]
