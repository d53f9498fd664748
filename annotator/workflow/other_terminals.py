"""Two terminals of one reviewer are one reviewer: what is decided or typed in the one appears in the other.

And what has become of fact-checks that are evidence here, where somebody imports corrections meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.model.article import Claim
from annotator.model.check import Since
from annotator.model.draft_key import DraftKey
from annotator.model.late import NamedTuple
from annotator.model.review import ArticleReview
from annotator.model.source import Registry
from annotator.store import Store
from annotator.store.fact_checks.check_state import collection_changes

CHANGED_ELSEWHERE = "changed in another terminal of yours meanwhile: this is how it is now"


class News(NamedTuple):
    """What is another since somebody else has written: the open article's review, what waits, and the sources.

    `outdated` is what has become of the fact-checks that are evidence in the article, by address.
    """

    review: ArticleReview | None
    drafts: Mapping[DraftKey, Mapping[str, Any]]
    registry: Registry
    outdated: Mapping[str, Since]


def outdated_evidence(store: Store, review: ArticleReview | None) -> Mapping[str, Since]:
    """What has become of the fact-checks that are evidence in an article, by address: some lookups in an index."""
    urls = [each.url for each in review.evidence if each.url] if review is not None else []
    if not urls or not collection_changes(store):
        return {}
    # Deferred: most projects have no fact-checks.
    from annotator.store.fact_checks import checks

    return checks.outdated(store, urls)


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
