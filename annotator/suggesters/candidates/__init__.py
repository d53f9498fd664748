"""Candidates: for one role of an attribution, the spans that are most likely what the reviewer wants, best first."""

from annotator.suggesters.candidates.ranking import Candidates

__all__ = ["Candidates"]
