"""Verdicts on claims that come again, and what is found for a claim of what was judged before."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.check import Seen
from annotator.store import Store
from annotator.workflow import judging
from annotator.workflow.fact_checks import seen_before
from annotator.workflow.fact_checks.judged_claims import JudgedClaims
from annotator.workflow.fact_checks.seen import found_before
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import claim_with


def checked(session: ReviewSession, value: str = "supported", words: str = "We checked twice") -> None:
    session.apply(judging.verdict, claim_with(session, words), value)


def seen(store: Store, article_id: str, reviewer: str, judged: JudgedClaims | None = None) -> list[Seen]:
    found = seen_before.look_up(store, article_id, reviewer, judged=judged)
    assert found is not None
    return [each for of_claim in found.values() for each in of_claim]


def look(session: ReviewSession, words: str) -> Sequence[Seen]:
    review = session.review
    found = found_before(session, review.article.id, lambda: False)
    assert found is not None
    claim = next(claim for claim in review.claims if words in claim.span.slice(review.article.text))
    return found.get(claim.id, ())
