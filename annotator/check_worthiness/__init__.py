"""Check-worthiness: a score for every sentence, with reasons, from a small model whose features have names."""

from annotator.check_worthiness.assessing import Worthiness, assess, reasons_of
from annotator.check_worthiness.suggesting import RULE, suggest_worth

__all__ = ["RULE", "Worthiness", "assess", "reasons_of", "suggest_worth"]
