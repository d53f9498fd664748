"""Two terminals of one reviewer are one reviewer: what is decided or typed in the one appears in the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.model.article import Claim
from annotator.model.draft_key import DraftKey
from annotator.model.late import NamedTuple
from annotator.model.review import ArticleReview
from annotator.model.source import Registry

CHANGED_ELSEWHERE = "changed in another terminal of yours meanwhile: this is how it is now"


class News(NamedTuple):
    """What is another since somebody else has written: the open article's review, what waits, and the sources."""

    review: ArticleReview | None
    drafts: Mapping[DraftKey, Mapping[str, Any]]
    registry: Registry


def same_work(before: ArticleReview, after: ArticleReview, claim: Claim) -> bool:
    """Whether the same has been decided on a claim, in the same segmentation."""
    return before.boundaries == after.boundaries and _decided(before, claim) == _decided(after, claim)


def _decided(review: ArticleReview, claim: Claim) -> tuple[object, ...]:
    attributions = review.attributions_of(claim)
    return (
        review.judgement(claim),
        review.verdicts_of(claim),
        attributions,
        [review.sources.get(attribution.id) for attribution in attributions],
        review.evidence_of(claim),
    )
