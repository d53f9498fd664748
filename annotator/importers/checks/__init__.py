"""Collections of published fact-checks: ClaimReview, AVeriTeC, rows with named fields, and our own exports."""

from annotator.importers.checks.fields import FIELDS, CheckOptions
from annotator.importers.checks.reading import Read, read_checks

__all__ = ["FIELDS", "CheckOptions", "Read", "read_checks"]
