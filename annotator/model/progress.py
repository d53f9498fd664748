"""How far a reviewer is with an article, in counts of claims."""

from __future__ import annotations

from collections.abc import Container

from annotator.model.late import dataclass
from annotator.model.review import ArticleReview, State
from annotator.model.scheme import Pass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one reviewer is with one article: counts of claims."""

    claims: int = 0
    done: int = 0
    skipped: int = 0
    flagged: int = 0
    in_progress: int = 0
    awaiting: int = 0

    @property
    def open(self) -> int:
        """Claims that are neither done nor skipped."""
        return self.claims - self.done - self.skipped


def progress_of(review: ArticleReview, pass_: Pass, among: Container[str] | None = None) -> Progress:
    """The counts of an article for the pass: of the claims to review, or of those whose ids are `among` them."""
    claims, states = review.claims, review.states(pass_)
    if review.assigned is not None or among is not None:
        counted = [
            (claim, state)
            for claim, state in zip(claims, states, strict=True)
            if review.is_assigned(claim) and (among is None or claim.id in among)
        ]
        claims, states = tuple(claim for claim, _ in counted), [state for _, state in counted]
        flagged = sum(claim.id in review.flagged for claim in claims)
    else:
        flagged = len(review.flagged)
    return Progress(
        claims=len(claims),
        done=states.count(State.DONE),
        skipped=states.count(State.SKIPPED),
        flagged=flagged,
        in_progress=states.count(State.IN_PROGRESS),
        awaiting=states.count(State.AWAITING),
    )
