"""Undoing: going to what would be undone or redone and naming it, then doing so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from annotator.model.ledger import Entry
from annotator.tui.keymap import QUEUE
from annotator.workflow.session import Decided, ReviewSession
from annotator.workflow.wording import entry_in_words

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench


class Undoing:
    """The undo of the review mode and the queue."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk

    def take_back(self, what: Literal["undo", "redo"]) -> None:
        """Go to what would be undone (or redone) and name it; do so where that is here."""
        desk = self.desk

        def then(decision: Entry | None) -> None:
            if decision is None:
                desk.say(f"nothing to {what}")
                return
            if decision.article_id is None:
                # It belongs to no claim: it is undone where she is, and named.
                desk.save(lambda session: session.settle_back(what), lambda settled: desk.say(settled.said))
                return
            words = entry_in_words(decision, desk.scheme)
            named = f"{what}: {words}?  press {'u' if what == 'undo' else 'U'} again"
            open_id = desk.open_id
            if decision.article_id != open_id:
                desk.open_article(decision.article_id, claim=_place(decision), said=named, style="asked")
                return
            index = desk.index_of(*_place(decision))
            if desk.mode == QUEUE or (index is not None and index != desk.present):
                desk.show_review()
                desk.go_to(index if index is not None else desk.present)
                desk.say(named, "asked")
                return
            desk.save(lambda session: session.undo() if what == "undo" else session.redo(), taken_back)

        def taken_back(decided: Decided) -> None:
            desk.settle(decided, say=decided.said)
            desk.writing.judged = None

        def job(session: ReviewSession) -> Entry | None:
            entry = session.next_undo() if what == "undo" else session.next_redo()
            if entry is None:
                return None
            return entry if what == "undo" else session.redone(entry)

        desk.ask_clerk(job, then)


def _place(decision: Entry) -> tuple[str | None, int | None]:
    """Where a decision was taken: the claim's id, and (where it changed the segmentation) an offset."""
    made = decision.payload.get("claims")
    return decision.claim_id, made[0][1] if made else None
