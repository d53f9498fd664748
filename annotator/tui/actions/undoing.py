"""Undoing: going to what would be undone or redone and naming it, then doing so."""

from __future__ import annotations

from copy import copy
from functools import partial
from typing import Literal

from annotator.model.ledger import Entry
from annotator.tui.actions.deciding import apply
from annotator.tui.actions.opening import Place, open_article
from annotator.tui.context import Context
from annotator.tui.keymap import QUEUE, REVIEW
from annotator.tui.state import ReviewState
from annotator.workflow.session import DecisionResult
from annotator.workflow.wording import entry_in_words


def take_back(context: Context, what: Literal["undo", "redo"]) -> None:
    """Go to what would be undone (or redone) and name it; do so where that is here."""
    state = context.state

    def then(taken: DecisionResult | Entry | None) -> None:
        if taken is None:
            state.say(f"nothing to {what}")
        elif isinstance(taken, DecisionResult):
            apply(context, taken, taken.said)
            state.judged = None
        elif taken.article_id is None:
            # It belongs to no claim: it is undone where she is, and named.
            context.save(lambda session: session.undo_or_redo_sources(what), lambda result: state.say(result.said))
        else:
            key = "u" if what == "undo" else "U"
            named = f"{what}: {entry_in_words(taken, state.scheme)}?  press {key} again"
            _go_there(context, taken, taken.article_id, named)

    # What is here is what she saw: news of others may change the state while the worker asks.
    is_here = partial(_is_here, copy(state))
    # Asked and done in one: what would be next could be another by then, and each waits for the worker.
    context.save(lambda session: session.take_back_if(what, is_here), then)


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
