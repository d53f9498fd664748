"""The order of a review's claims by how far they are worth checking, and how far what is open is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from annotator.model.article import Claim
from annotator.model.review import SETTLED, ArticleReview, State
from annotator.model.scheme import Pass


def worth_to_check(review: ArticleReview, claim: Claim) -> float:
    """How far the claim is worth checking, for an order: 1 where she has said so, -1 where she has said it is not.

    Else the confidence of what is suggested, negative where that is no check; 0 where nothing is.
    """
    judged = review.scheme.known_worth(review.judgement(claim).worth)
    if judged is not None:
        return -1.0 if judged.waives_verdict else 1.0
    suggested = review.suggested_worth(claim)
    if suggested is None:
        return 0.0
    proposed = suggested[1]
    waives = review.scheme.worth_value(proposed.worth).waives_verdict
    return -proposed.confidence if waives else proposed.confidence


def next_by_worth(review: ArticleReview, after: int, pass_: Pass) -> int | None:
    """The index of the open claim of hers that follows `after`, -1 for the first of all, around the end, or None.

    They follow one another by `worth_to_check`, and as they stand where it is the same.
    """
    claims, states = review.claims, review.states(pass_)

    def place(index: int) -> tuple[float, int]:
        return -worth_to_check(review, claims[index]), index

    is_open = [state not in SETTLED for state in states]
    found = [place(index) for index, claim in enumerate(claims) if is_open[index] and review.is_assigned(claim)]
    # From a claim that is settled now on to the first; from an open one on to what follows it.
    here = place(after) if after >= 0 and is_open[after] else None
    behind = [each for each in found if here is not None and each > here]
    best = min(behind or found, default=None)
    return best[1] if best is not None else None


def worth_left(review: ArticleReview, pass_: Pass) -> float | None:
    """How far her open claims are worth checking: of the one that is most so, from 0 to 1; None with none open."""
    claims, places, states = review.claims, review.places, review.states(pass_)
    worthy = {value.id for value in review.scheme.worth if not value.waives_verdict}
    # Written out, as it is asked of all that she has judged, at every decision.
    said = [id_ for id_, judgement in review.judgements.items() if judgement.worth in worthy and id_ in places]
    left = [places[id_] for id_ in said if states[places[id_]] not in SETTLED]
    if any(review.is_assigned(claims[index]) for index in left):
        return 1.0
    surest = _surest_shown(review, states)
    if surest is not None:
        return surest
    is_open = (state not in SETTLED and review.is_assigned(claims[index]) for index, state in enumerate(states))
    return 0.0 if any(is_open) else None


def _surest_shown(review: ArticleReview, states: Sequence[State]) -> float | None:
    """The confidence of what is suggested as most worth checking among her open claims; None where nothing is."""
    claims, starts = review.claims, review.starts
    # An article may have thousands of claims, and this is asked at every decision: the surest come first.
    for place in review.surest_worths:
        made = review.article.worths[place][1]
        for index in range(bisect_left(starts, made.span.start), bisect_left(starts, made.span.end)):
            if states[index] not in SETTLED and _is_shown(review, place, claims[index]):
                return made.confidence
    return None


def _is_shown(review: ArticleReview, place: int, claim: Claim) -> bool:
    """Whether one of the suggested check-worthinesses is the claim's, and it is hers and she has said nothing else."""
    unsaid = review.is_assigned(claim) and review.scheme.known_worth(review.judgement(claim).worth) is None
    return unsaid and review.suggested_worth(claim) is review.article.worths[place]
