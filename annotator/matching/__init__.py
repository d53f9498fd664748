"""Matching: claims to published fact-checks that are about the same; pure, without a database."""

from annotator.matching.explaining import agreeing
from annotator.matching.ranking import rank
from annotator.matching.reading import read, read_sought, stemming_language

__all__ = ["agreeing", "rank", "read", "read_sought", "stemming_language"]
