"""Worth: which sentences are suggested to hold no factual claim."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.article import BlockKind, Segmentation
from annotator.model.suggestion import WorthSuggestion

NO_CLAIM = "0"
_BY_KIND = {
    BlockKind.BOILERPLATE: ("boilerplate", 0.98),
    BlockKind.CREDIT: ("credit", 0.98),
    BlockKind.BYLINE: ("byline", 0.98),
    BlockKind.QUOTE_INTRO: ("quote_intro", 0.9),
}
_CLOSING = " \t\n\u00a0\u202f\"“”‘’'«»‹›)]」』）"
_QUESTION = ("?", "？", "؟", "\u037e", "՞", "፧")


def worth_suggestions(text: str, segmentation: Segmentation) -> Iterator[WorthSuggestion]:
    """ "0" for boilerplate, credit lines, bylines, questions and bare quote introductions; nothing for the rest."""
    for sentence in segmentation.sentences:
        if sentence.kind in _BY_KIND:
            rule, confidence = _BY_KIND[sentence.kind]
            yield WorthSuggestion(sentence.span, NO_CLAIM, rule, confidence)
        elif sentence.span.slice(text).rstrip(_CLOSING).endswith(_QUESTION):
            yield WorthSuggestion(sentence.span, NO_CLAIM, "question", 0.9)
