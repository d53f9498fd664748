"""Undoing: going to what would be undone or redone and naming it, then doing so."""

from __future__ import annotations

from typing import Literal

from annotator.model.ledger import Entry
from annotator.tui.actions.deciding import apply
from annotator.tui.actions.opening import Place, open_article
from annotator.tui.context import Context
from annotator.tui.keymap import QUEUE, REVIEW
from annotator.workflow.session import DecisionResult, ReviewSession
from annotator.workflow.wording import entry_in_words


def take_back(context: Context, what: Literal["undo", "redo"]) -> None:
    """Go to what would be undone (or redone) and name it; do so where that is here."""
    state = context.state

    def then(decision: Entry | None) -> None:
        if decision is None:
            state.say(f"nothing to {what}")
            return
        if decision.article_id is None:
            # It belongs to no claim: it is undone where she is, and named.
            context.save(lambda session: session.undo_or_redo_sources(what), lambda settled: state.say(settled.said))
            return
        words = entry_in_words(decision, state.scheme)
        named = f"{what}: {words}?  press {'u' if what == 'undo' else 'U'} again"
        if decision.article_id != state.open_id:
            open_article(context, decision.article_id, _place(decision), named, "asked")
            return
        index = state.index_of(*_place(decision))
        if state.mode == QUEUE or (index is not None and index != state.present):
            state.enter(REVIEW)
            state.go_to(index if index is not None else state.present)
            state.say(named, "asked")
            return
        context.save(lambda session: session.undo() if what == "undo" else session.redo(), taken_back)

    def taken_back(decided: DecisionResult) -> None:
        apply(context, decided, decided.said)
        state.judged = None

    def job(session: ReviewSession) -> Entry | None:
        entry = session.next_undo() if what == "undo" else session.next_redo()
        if entry is None:
            return None
        return entry if what == "undo" else session.redone(entry)

    context.read(job, then)


def _place(decision: Entry) -> Place:
    """Where a decision was taken: the claim's id, and (where it changed the segmentation) an offset."""
    made = decision.payload.get("claims")
    return decision.claim_id, made[0][1] if made else None
