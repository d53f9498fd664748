"""The people of the story: what each of them thinks of a claim, the same at every run."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model.article import Claim
from annotator.model.review import ArticleReview
from annotator.workflow import attributing, judging
from annotator.workflow.session import ReviewSession

LEAD = "lea"
KEY_OF = {"supported": "s", "refuted": "r", "not_enough": "n"}
_WORTHS = ("0", "1", "2", "2", "2")
_ERRS = 0.25
"""The share of claims that a reviewer takes for something else than they are, in one facet."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer thinks of a claim; `at_first` is the verdict that she gives before she thinks again."""

    worth: str
    verdict: str | None
    accepts: bool
    at_first: str | None = None

    @property
    def first_verdict(self) -> str | None:
        """The verdict that stands when the claim is done for the first time."""
        return self.at_first or self.verdict


def opinion(reviewer: str, claim: Claim) -> Opinion:
    """What a reviewer thinks of a claim: mostly what it is."""
    truth, own = random.Random(claim.id), random.Random(f"{reviewer} {claim.id}")
    worth, verdict = truth.choice(_WORTHS), truth.choice(list(KEY_OF))
    if own.random() < _ERRS:
        worth = own.choice(_WORTHS)
    if own.random() < _ERRS:
        verdict = own.choice(list(KEY_OF))
    other = own.choice([value for value in KEY_OF if value != verdict])
    thinks_again = own.random() < 0.1 and worth == "2"
    return Opinion(worth, verdict if worth == "2" else None, own.random() < 0.8, other if thinks_again else None)


def keys_for(review: ArticleReview, claim: Claim, thought: Opinion) -> Sequence[str]:
    """The keys that settle a claim: its worth, who says it where that is open, and the verdict."""
    keys = [thought.worth] if review.judgement(claim).worth != thought.worth else []
    if _who_says_it_is_open(review, claim, thought):
        keys.append("enter" if _accepts(review, claim, thought) else "a")
    return [*keys, *(KEY_OF[verdict] for verdict in (thought.at_first, thought.verdict) if verdict)]


def settle(session: ReviewSession, claim: Claim, thought: Opinion) -> None:
    """Decide what those keys decide, without a screen."""
    if session.review.judgement(claim).worth != thought.worth:
        session.apply(judging.worth, claim, thought.worth)
    if _who_says_it_is_open(session.review, claim, thought):
        session.apply(attributing.accept if _accepts(session.review, claim, thought) else judging.voice, claim)
    for verdict in filter(None, (thought.at_first, thought.verdict)):
        session.apply(judging.verdict, claim, verdict)


def _who_says_it_is_open(review: ArticleReview, claim: Claim, thought: Opinion) -> bool:
    by_itself = thought.worth == "0" and review.author_by_default(claim)
    return not by_itself and not review.facet_done(claim, "attribution")


def _accepts(review: ArticleReview, claim: Claim, thought: Opinion) -> bool:
    return thought.accepts and bool(review.suggested_attributions(claim))
