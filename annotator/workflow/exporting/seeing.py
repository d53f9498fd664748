"""What of others' work an export shows to who asks for it: in a blind project what both are done with."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from annotator.model.adjudication import Settled
from annotator.model.late import dataclass
from annotator.model.record import ClaimRecord
from annotator.model.review import State
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, project
from annotator.store.review import load_article, load_review
from annotator.workflow.selection import known_viewer

_SETTLED = (State.DONE, State.SKIPPED)


@dataclass(frozen=True, slots=True)
class Seeing:
    """Who sees (None: everything is shown), and which claims of an article, by its id, she is done with.

    What has been adjudicated is everybody's.
    """

    viewer: str | None = None
    settled: Callable[[str], frozenset[str]] = lambda _: frozenset()

    def shows(self, record: ClaimRecord) -> bool:
        """Whether the record is the viewer's own, or of a claim that both are done with."""
        if self.viewer is None or record.reviewer == self.viewer:
            return True
        if record.reviewer == ADJUDICATED:
            return record.settled == Settled.ADJUDICATED or self.viewer in record.agreed
        return record.state in _SETTLED and record.claim_id in self.settled(record.article.id)


def seeing_of(store: Store, viewer: str | None) -> Seeing:
    """What the viewer (None: it is not known who asks) sees of the project's work. Raises DecisionRefused."""
    if project.load_project(store).sees_all(viewer):
        return Seeing()
    me = known_viewer(viewer)

    # Records come article by article.
    @lru_cache(maxsize=1)
    def settled(article_id: str) -> frozenset[str]:
        review = load_review(store, load_article(store, article_id, suggested=False), me)
        return frozenset(claim.id for claim in review.claims if review.state(claim, "both") in _SETTLED)

    return Seeing(me, settled)
