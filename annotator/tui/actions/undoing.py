"""Undoing: going to what would be undone or redone and naming it, then doing so."""

from __future__ import annotations

from typing import Literal

from annotator.model.ledger import Entry
from annotator.tui.actions.deciding import apply
from annotator.tui.actions.opening import Place, open_article
from annotator.tui.context import Context
from annotator.tui.keymap import QUEUE, REVIEW
from annotator.tui.state import ReviewState
from annotator.workflow.session import DecisionResult, ReviewSession
from annotator.workflow.wording import entry_in_words


def take_back(context: Context, what: Literal["undo", "redo"]) -> None:
    """Go to what would be undone (or redone) and name it; do so where that is here."""
    state = context.state

    def then(decision: Entry | None) -> None:
        if decision is None:
            state.say(f"nothing to {what}")
        elif decision.article_id is None:
            # It belongs to no claim: it is undone where she is, and named.
            context.save(lambda session: session.undo_or_redo_sources(what), lambda result: state.say(result.said))
        elif _is_here(state, decision):
            context.save(lambda session: session.undo() if what == "undo" else session.redo(), taken_back)
        else:
            key = "u" if what == "undo" else "U"
            named = f"{what}: {entry_in_words(decision, state.scheme)}?  press {key} again"
            _go_there(context, decision, decision.article_id, named)

    def taken_back(decided: DecisionResult) -> None:
        apply(context, decided, decided.said)
        state.judged = None

    context.read(_next_undo if what == "undo" else _next_redo, then)


def _next_undo(session: ReviewSession) -> Entry | None:
    return session.next_undo()


def _next_redo(session: ReviewSession) -> Entry | None:
    """The decision that a redo brings back."""
    undo = session.next_redo()
    return session.redone(undo) if undo is not None else None


def _is_here(state: ReviewState, decision: Entry) -> bool:
    """Whether it was taken on the present claim, or on one that is there no more."""
    if decision.article_id != state.open_id or state.mode == QUEUE:
        return False
    return state.index_of(*_place(decision)) in (None, state.present)


def _go_there(context: Context, decision: Entry, article_id: str, named: str) -> None:
    state = context.state
    if article_id != state.open_id:
        open_article(context, article_id, _place(decision), named, "asked")
        return
    index = state.index_of(*_place(decision))
    state.enter(REVIEW)
    state.go_to(index if index is not None else state.present)
    state.say(named, "asked")


def _place(decision: Entry) -> Place:
    """Where a decision was taken: the claim's id, and (where it changed the segmentation) an offset."""
    made = decision.payload.get("claims")
    return decision.claim_id, made[0][1] if made else None
