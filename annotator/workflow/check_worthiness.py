"""Why a claim is suggested as worth checking, in words for whoever reviews it."""

from __future__ import annotations

from annotator.model.article import Claim
from annotator.model.review import ArticleReview


def worth_because(review: ArticleReview, claim: Claim) -> str:
    """How sure the model is that the claim is worth checking, and of what; empty where it suggests nothing.

    What the rules suggest says all there is to say.
    """
    suggested = review.suggested_worth(claim)
    if suggested is None or review.judgement(claim).worth is not None:
        return ""
    # Deferred: the first frame does without the model.
    from annotator.check_worthiness import RULE, reasons_of

    proposed = suggested[1]
    if proposed.rule != RULE:
        return ""
    # Nothing is certain, however the figure would be rounded.
    return f"{min(proposed.confidence, 0.99):.2f}: {', '.join(reasons_of(proposed.span.slice(review.article.text)))}"
