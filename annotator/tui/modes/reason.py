"""The modes in which a verdict that takes a reason waits for it; each such verdict has its own."""

from __future__ import annotations

from annotator.tui.actions.deciding import decide, decide_here
from annotator.tui.context import Context
from annotator.tui.keymap import REVIEW, verdict_asked
from annotator.tui.mode import Mode
from annotator.tui.state import ReviewState
from annotator.workflow import judging


def give_reason(context: Context, reason: str) -> None:
    """A verdict and its reason, or the reason of one that has none yet."""
    state = context.state
    value, waits = _answered(state)
    if waits:
        decide(context, judging.reason, reason, state.target)
    else:
        decide(context, judging.verdict, value, state.target, reason)


def without_reason(context: Context) -> None:
    """The verdict without a reason for now: the claim stays open."""
    state = context.state
    value, waits = _answered(state)
    if waits:
        state.say("the claim stays open until the verdict has a reason")
    else:
        decide_here(context, judging.verdict, value, state.target)


def leave(context: Context) -> None:
    """No verdict after all."""
    context.state.enter(REVIEW)
    context.state.say("nothing is decided")


def _answered(state: ReviewState) -> tuple[str, bool]:
    """The verdict whose reason was asked for, back in the review mode; and whether it has only that to wait for."""
    value, now = verdict_asked(state.mode), state.review.verdict(state.claim, state.target)
    state.enter(REVIEW)
    return value, now is not None and now.value == value


MODE = Mode({"without.reason": without_reason, "reason.leave": leave}, {"reason": give_reason})
