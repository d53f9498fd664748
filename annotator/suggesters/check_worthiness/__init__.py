"""Check-worthiness: a score for every sentence, with reasons, from a small model whose features have names."""

from annotator.suggesters.check_worthiness.assessing import Worthiness, assess

__all__ = ["Worthiness", "assess"]
