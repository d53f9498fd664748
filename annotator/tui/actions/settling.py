"""Settling what reviewers differ on: taking one's decision, and going on to the next difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.model.adjudication import Facet
from annotator.model.article import Claim
from annotator.model.review import ArticleReview
from annotator.model.scheme import name_of
from annotator.tui.actions.deciding import apply
from annotator.tui.actions.opening import open_article
from annotator.tui.context import Context
from annotator.tui.dialogs import Choice, Choose
from annotator.tui.keymap import ADJUDICATE, REVIEW
from annotator.workflow import adjudicating
from annotator.workflow.session import DecisionResult, ReviewSession

NOTHING_LEFT = "nothing is left to settle in any article"


def take(context: Context, digit: str) -> None:
    """Take what one of the reviewers decided: the facet that was chosen, or all of it."""
    state = context.state
    case, found = state.case(), state.heard()
    at = int(digit) - 1
    if at >= len(found):
        state.say(f"there is no reviewer {digit} on this claim")
        return
    facets = frozenset(Facet)
    if state.adjudication is not None and state.adjudication.facet is not None:
        facets = adjudicating.with_agreed(case, [state.adjudication.facet])
    claim, other = state.claim, found[at]
    called = ""
    if state.adjudication is not None and not state.adjudication.names:
        # Deferred: a reviewer's start does not need it.
        from annotator.tui.case_view import unnamed

        called = unnamed(at)
    context.save(
        lambda session: session.apply(adjudicating.take, claim, other, facets, called),
        lambda made: _go_on(context, made),
    )


def _go_on(context: Context, decided: DecisionResult) -> None:
    state = context.state
    apply(context, decided)
    if state.adjudication is not None:
        state.adjudication = replace(state.adjudication, facet=None, marked=0)
    if state.case().open:
        # A facet was taken and another is left.
        return
    said = state.message.text
    index = state.next_case(state.present)
    if index is not None:
        state.go_to(index)
        state.say(said)
    else:
        open_next(context, said)


def open_next(context: Context, said: str = "") -> None:
    """The next article with a difference, around the end of the list; where there is none, say so."""
    state = context.state
    here = state.open_id

    def then(article_id: str | None) -> None:
        if article_id is None:
            state.say(" · ".join(filter(None, (said, NOTHING_LEFT))))
        else:
            open_article(context, article_id, said=said)

    def read(session: ReviewSession) -> str | None:
        return adjudicating.next_article(session.store, here, state.sample)

    context.read(read, then)


def move(context: Context, step: int) -> None:
    """The next difference of the article, settled or not, or the one before."""
    state = context.state
    index = state.neighbouring_case(step)
    if index is None:
        state.say("this is the last difference of the article" if step > 0 else "this is the first one")
        return
    state.go_to(index)
    if state.adjudication is not None:
        state.adjudication = replace(state.adjudication, facet=None, marked=0)


def go_to_open(context: Context) -> None:
    """The next difference that is not settled, here or in another article."""
    index = context.state.next_case(context.state.present)
    if index is None:
        open_next(context)
    else:
        context.state.go_to(index)


def next_facet(context: Context) -> None:
    """Choose the next facet that differs, to be taken alone; behind the last one all are taken again."""
    state = context.state
    assert state.adjudication is not None
    ways: list[Facet | None] = [None, *state.case().differing]
    at = ways.index(state.adjudication.facet) if state.adjudication.facet in ways else 0
    facet = ways[(at + 1) % len(ways)]
    state.adjudication = replace(state.adjudication, facet=facet)
    state.say(f"a digit takes the {facet.value} alone" if facet else "a digit takes everything of the claim")


def mark_next(context: Context, step: int) -> None:
    """Show the next reviewer's marks in the text."""
    state = context.state
    assert state.adjudication is not None
    count = len(state.heard())
    if count < 2:
        state.say("nobody else is done with this claim")
    else:
        state.adjudication = replace(state.adjudication, marked=(state.adjudication.marked + step) % count)


def turn_names(context: Context) -> None:
    """Hide the reviewers' names, or show them."""
    state = context.state
    assert state.adjudication is not None
    state.adjudication = replace(state.adjudication, names=not state.adjudication.names)
    state.say("names are shown" if state.adjudication.names else "names are hidden")


def decide_oneself(context: Context) -> None:
    """Decide otherwise than everybody, with the usual keys."""
    context.state.enter(REVIEW)
    context.state.say("your own decision, with the usual keys  ·  M goes back to what reviewers decided")


def back(context: Context) -> None:
    """Back to what reviewers decided, where the adjudicated layer is open; on to the next where this is settled."""
    state = context.state
    if state.adjudication is None:
        state.say("reviewers' differences are settled with `annotator adjudicate`", "wrong")
        return
    state.enter(ADJUDICATE)
    state.say("")
    if not state.case().open:
        go_to_open(context)


def reuse(context: Context) -> None:
    """Take a colleague's verdict with its evidence, where everybody sees everybody's decisions."""
    state, claim = context.state, context.state.claim
    found = [other for other in state.colleagues if other.verdicts_of(claim)]
    if not found:
        state.say("no colleague's verdict on this claim is to be seen", "wrong")
        return

    def taken(chosen: object) -> None:
        if isinstance(chosen, ArticleReview):
            context.save(
                lambda session: session.apply(adjudicating.take, claim, chosen, (Facet.VERDICT,)),
                lambda made: apply(context, made),
            )

    if len(found) == 1:
        taken(found[0])
        return

    def search(typed: str) -> Sequence[Choice]:
        return [Choice(_verdict_of(other, claim), other) for other in found if typed.lower() in other.reviewer]

    context.terminal.open(Choose("Whose verdict", search, "a name", "", lambda _: None), taken)


def _verdict_of(review: ArticleReview, claim: Claim) -> str:
    said = [name_of(review.scheme.known_verdict(verdict.value), verdict.value) for verdict in review.verdicts_of(claim)]
    return f"{review.reviewer}: {', '.join(said)}"
