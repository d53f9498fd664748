"""The suggester of check-worthiness: "2" for the sentences of an article that the model says are worth checking."""

from __future__ import annotations

from annotator.check_worthiness.assessing import score_of
from annotator.model.article import BlockKind, Segmentation
from annotator.model.language.languages import rules_apply
from annotator.model.suggestion import Suggestions, WorthSuggestion

SUGGESTER = "worth@1"
CHECKABLE = "2"
RULE = "check_worthy"
_NO_CLAIMS = frozenset((BlockKind.BOILERPLATE, BlockKind.CREDIT, BlockKind.BYLINE, BlockKind.QUOTE_INTRO))


def suggest_worth(text: str, segmentation: Segmentation, *, publisher: str = "", language: str = "") -> Suggestions:  # noqa: ARG001 - a suggester is told the publisher
    """Proposed check-worthiness, with the score as its confidence; nothing where the text is not in English.

    `language` is a BCP 47 tag, or empty where it is to be guessed. Nothing is raised for any text that the
    segmentation belongs to.
    """
    if not rules_apply(language, text):
        return Suggestions(SUGGESTER)
    spans = [sentence.span for sentence in segmentation.sentences if sentence.kind not in _NO_CLAIMS]
    scored = ((span, score_of(span.slice(text))) for span in spans)
    return Suggestions(
        SUGGESTER,
        tuple(WorthSuggestion(span, CHECKABLE, RULE, score) for span, score in scored if score is not None),
    )
