"""How far reviewers agree: ratings into coefficients with intervals. Numbers only, no database."""

from annotator.agreement.measuring import Measured, measured
from annotator.agreement.ratings import Level, Rating, Ratings

__all__ = ["Level", "Measured", "Rating", "Ratings", "measured"]
