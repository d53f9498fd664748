"""Suggesters: sentences to proposed attributions and check-worthiness, by rules and word lists alone."""

from annotator.suggesters.anonymity import proposed_anonymity
from annotator.suggesters.form import proposed_form
from annotator.suggesters.suggest import suggest

__all__ = ["proposed_anonymity", "proposed_form", "suggest"]
