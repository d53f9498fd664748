"""Deciding: storing a decision on the present claim, and showing what it led to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Concatenate, ParamSpec

from annotator.model.article import Claim
from annotator.model.judgement import CONTENT
from annotator.model.review import SETTLED, ArticleReview
from annotator.tui.actions.opening import look_again_in_other_words, refresh_sources
from annotator.tui.context import Context
from annotator.tui.state import ReviewState
from annotator.workflow.plan import Plan
from annotator.workflow.session import DecisionResult

P = ParamSpec("P")

Planner = Callable[Concatenate[ArticleReview, Claim, P], Plan]

ALL_SETTLED = "every claim of this article is settled  ·  ] next article  ·  q queue"


def decide(context: Context, planner: Planner[P], *args: P.args, **kwargs: P.kwargs) -> None:
    """Take a decision on the present claim, and go on where that settles it."""
    claim = context.state.claim
    context.save(lambda session: session.apply(planner, claim, *args, **kwargs), partial(apply_and_go_on, context))


def decide_here(context: Context, planner: Planner[P], *args: P.args, **kwargs: P.kwargs) -> None:
    """Take a decision on the present claim and stay with it."""
    claim = context.state.claim
    context.save(lambda session: session.apply(planner, claim, *args, **kwargs), partial(apply, context))


def apply(context: Context, decided: DecisionResult, say: str = "") -> None:
    """Show the review as it is after a decision, with the same claim present (or what has become of it)."""
    state = context.state
    start = state.claim.span.start
    sources_changed = decided.review.sources != state.review.sources
    before = state.review
    if overtakes(state, decided.review):
        state.candidate = state.ways = None
    state.opened = decided.review
    place = state.index_of(decided.claim_id, start)
    state.present = place if place is not None else 0
    if decided.claim_id == state.claim.id and decided.review.verdicts_of(state.claim):
        # From now on the keys for the claim that was decided last are about it.
        state.judged = decided.claim_id
    if state.target not in {CONTENT, *(attribution.id for attribution in decided.review.attributions)}:
        state.target = CONTENT
    state.say(say or f"{decided.said}  ·  u takes it back")
    if sources_changed:
        refresh_sources(context)
    look_again_in_other_words(context, before)


def apply_and_go_on(context: Context, decided: DecisionResult) -> None:
    """The same, and go on to the next open claim where this one is settled now."""
    state = context.state
    before = state.states()[state.present]
    dropped = state.alternative is not None and not overtakes(state, decided.review)
    apply(context, decided)
    if not state.advance or before in SETTLED or state.states()[state.present] not in SETTLED:
        return
    index = state.next_open()
    if index is None:
        state.say(ALL_SETTLED)
        return
    state.go_to(index)
    if dropped:
        state.say(f"{state.message.text}  ·  the other way was not taken")


def overtakes(state: ReviewState, after: ArticleReview) -> bool:
    """Whether a decision has changed who says what, so that no alternative holds any more; a verdict has not."""
    before, claim = state.review, state.claim
    if before.judgement(claim).voice != after.judgement(claim).voice:
        return True
    return (before.attributions, before.refused, before.boundaries) != (
        *(after.attributions, after.refused, after.boundaries),
    )
