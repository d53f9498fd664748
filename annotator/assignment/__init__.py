"""Handing work out to reviewers: who gets which article or claim. Pure; what is planned is stored elsewhere."""

from annotator.assignment.balancing import Handout, hand_out
from annotator.assignment.overlap import Overlap
from annotator.assignment.units import Holding, Unit

__all__ = ["Handout", "Holding", "Overlap", "Unit", "hand_out"]
