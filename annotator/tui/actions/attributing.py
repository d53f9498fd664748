"""Who says it: which attribution of the claim is shown, and deciding on what is suggested."""

from __future__ import annotations

from typing import Literal

from annotator.model.attribution import Attribution
from annotator.tui.actions.deciding import decide, decide_here
from annotator.tui.context import Context
from annotator.tui.state import ReviewState
from annotator.workflow import attributing, judging

# Which attribution is shown


def show_next_candidate(context: Context) -> None:
    """Show the next of the claim's attributions in full."""
    state, card = context.state, context.state.card()
    count, shown = len(card.candidates), card.shown_index()
    if count > 1 and shown is not None:
        state.expand((shown + 1) % count)
    elif count:
        state.expand(0)
        state.say("there is no other attribution here: e opens this one")
    else:
        state.say("there is no attribution here: e marks one")


def show_nested(context: Context) -> None:
    """Show the first attribution that is nested in the one shown: here, else in the claim where it is."""
    card = context.state.card()
    shown = card.expanded()
    _show(context, card.place_inside(shown) if shown is not None else None, "nothing is nested in it")


def show_outer(context: Context) -> None:
    """Show the attribution that the one shown is nested in."""
    card = context.state.card()
    shown = card.expanded()
    _show(context, card.place_outside(shown) if shown is not None else None, "it is nested in nothing")


def _show(context: Context, place: tuple[int, int] | None, otherwise: str) -> None:
    """Show the attribution at a place in full: a claim's index, and which of its candidates."""
    state = context.state
    if place is None:
        state.say(otherwise if state.card().candidates else "there is no attribution here: e marks one")
        return
    index, at = place
    if index != state.present:
        state.go_to(index)
        state.say(f"in claim {index + 1}")
    state.expand(at)


# Deciding who says it


def accept(context: Context) -> None:
    """Take what is suggested, as it is shown."""
    state, other = context.state, context.state.alternative
    if state.claim.id in state.waiting and state.review.suggested_attributions(state.claim):
        state.waiting -= {state.claim.id}
        state.say("what you marked waits: e goes on there, ⏎ again takes what is suggested", "asked")
    elif other is None:
        decide(context, attributing.accept)
    elif _is_hers(state, other.attribution):
        decide(context, attributing.keep_attribution, other.attribution)
    else:
        decide(context, attributing.accept, other.attribution)


def accept_one(context: Context) -> None:
    """Take only the attribution that is shown."""
    shown = context.state.card().expanded()
    if shown is None or _is_hers(context.state, shown):
        context.state.say("no suggestion is shown: ⇥ shows the next attribution")
    else:
        decide(context, attributing.accept_one, shown)


def refuse(context: Context) -> None:
    """Refuse the suggestion that is shown."""
    state, shown = context.state, context.state.card().expanded()
    suggested = state.review.suggested_attributions(state.claim)
    id_ = next((id_ for id_, made in suggested if shown is not None and made.attribution.id == shown.id), None)
    if id_ is None:
        state.say("no suggestion is shown: ⇥, e and X remove an attribution that is yours")
    else:
        decide_here(context, attributing.refuse, id_)


def _is_hers(state: ReviewState, attribution: Attribution) -> bool:
    return any(mine.id == attribution.id for mine in state.review.attributions)


def stretch(context: Context, unit: Literal["sentence", "paragraph"], step: int) -> None:
    """The content shown ends a unit later, or (negative) sooner."""
    shown = context.state.card().expanded()
    if shown is None:
        context.state.say("no attribution is shown here: e marks one")
    else:
        decide_here(context, attributing.stretch, shown, unit, step)


def voice(context: Context) -> None:
    """The author's voice; asks first where an attribution says something else."""
    review, claim = context.state.review, context.state.claim

    def take() -> None:
        decide(context, judging.voice)

    if review.judgement(claim).voice is None and review.attributed(claim):
        context.confirm("an attribution covers this claim: author's voice all the same?", take)
    else:
        take()


def same_source(context: Context) -> None:
    """Same source as the claim before."""
    other = context.state.alternative
    shown = other.attribution if other is not None and not _is_hers(context.state, other.attribution) else None
    decide(context, attributing.same_source, shown)
