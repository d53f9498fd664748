"""Alternatives: what else may be meant by what is suggested, shown role by role without opening it."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import partial

from annotator.editing.draft import Draft, drafts_at
from annotator.editing.next_best import NextBest
from annotator.model.attribution import Attribution, Role
from annotator.model.ledger import uuid7
from annotator.tui.actions.drafting import editor_on, with_candidates
from annotator.tui.context import Context
from annotator.tui.state import ReviewState
from annotator.workflow.reading import proposed_kind

_NAMES = {Role.SOURCE: "who", Role.CUE: "cue", Role.CONTENT: "said"}


def show_next(context: Context, role: Role) -> None:
    """Show the next-best way of a role."""
    state = context.state
    if state.review.judgement(state.claim).voice is not None:
        state.say("it is the author's voice: a takes that back")
        return

    def then() -> None:
        ways = copy(state.ways) if state.ways is not None else _begin(state)
        found = ways.step(role)
        state.ways = ways
        if found:
            _say(state)
        else:
            state.say(f"nothing else comes to mind for {_NAMES[role]}: e marks it")

    with_candidates(context, then)


def show_before(context: Context) -> None:
    """Show what was shown before the last step."""
    state = context.state
    if state.ways is not None:
        state.ways = copy(state.ways)
        state.ways.back()
    _say(state)


def _say(state: ReviewState) -> None:
    shown = state.alternative
    if shown is not None:
        what = f"{_NAMES[shown.role]} {shown.number} of {shown.count}"
        state.say(f"{what}  ·  ⏎ takes it  ·  ← back  ·  e mends it")
    else:
        state.say("this is how it was")


def _begin(state: ReviewState) -> NextBest:
    index = state.card().shown_index()
    draft = Draft(uuid7()) if index is None else drafts_at(state.review, state.claim)[index]
    return NextBest(editor_on(state, draft), partial(_finished, state))


def _finished(state: ReviewState, draft: Draft) -> Attribution:
    """What would be kept of a draft; raises DomainError where it lacks something."""
    made = draft.attribution(*proposed_kind(state.review.article, draft.source, draft.content))
    suggested = dict(state.review.suggested_attributions(state.claim)).get(draft.suggestion or "")
    if suggested is None:
        return made
    # It stands in for what was suggested, nesting included: a draft's own id is for what is kept.
    return replace(made, id=suggested.attribution.id, parent=suggested.attribution.parent)
