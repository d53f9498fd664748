"""Seen before: the fact-checks and one's own verdicts about the same claim, to read and to take by one key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from annotator.model.article import Claim
from annotator.model.check import Seen
from annotator.tui.actions.deciding import apply, apply_and_go_on
from annotator.tui.claim_view import marks_of
from annotator.tui.context import Context
from annotator.tui.dialogs import Browse, Choice, one_line
from annotator.tui.state import ReviewState

_TAKES = {True: "takes it as the verdict", False: "takes it as evidence"}


def show_seen(context: Context) -> None:
    """What was seen before of the present claim, the words that agree marked; Enter takes the line that is lit."""
    state, claim, target = context.state, context.state.claim, context.state.target
    found = state.seen.get(claim.id, ())
    if not found:
        state.say("nothing like this claim was seen before")
        return
    own = state.review.words_of(claim)

    def taken(answer: tuple[str, object] | None) -> None:
        if answer is None or not isinstance(answer[1], int):
            return
        seen = found[answer[1]]
        # Deferred: reading and matching of claims is needed by who takes something.
        from annotator.workflow.fact_checks.taking import take

        context.save(
            lambda session: session.apply(take, claim, seen, target),
            partial(apply_and_go_on if seen.own else apply, context),
        )

    title = f"Seen before · claim {state.present + 1} · {one_line(own)}"
    known = _taken(state, claim, target, found)
    choices = [_choice(own, seen, at, known.get(seen.key, "")) for at, seen in enumerate(found)]
    context.terminal.open(Browse(title, choices, {"enter": _takes(found)}, ""), taken)


def _takes(found: Sequence[Seen]) -> str:
    kinds = {seen.own for seen in found}
    return _TAKES[kinds.pop()] if len(kinds) == 1 else "takes it: a fact-check as evidence, a verdict as yours"


def _taken(state: ReviewState, claim: Claim, target: str, found: Sequence[Seen]) -> dict[str, str]:
    """Of what is evidence of the claim already, or its verdict, by key: that, and whether it was corrected since."""
    review, verdict = state.review, state.review.verdict(claim, target)
    known = {}
    for each in review.evidence_of(claim):
        if each.url and each.target == target:
            since = state.outdated.get(each.url)
            became = since.of(each.answer) if since else ""
            known[each.url] = f"✓ taken, {became} since" if became else "✓ taken"
    if verdict is not None:
        known |= {seen.key: "✓ taken" for seen in found if seen.own and seen.check.value == verdict.value}
    return known


def _choice(own: str, seen: Seen, at: int, taken: str) -> Choice:
    # Deferred: what was seen was found by it, and before that nobody needs it.
    from annotator.workflow.fact_checks.seen_before import words_that_agree

    check = seen.check
    said = one_line(check.claim)
    facts = [check.verdict or "no verdict", seen.by, check.date, f"by {check.speaker}" if check.speaker else ""]
    marks = [mark.upper() for mark in marks_of(seen)]
    marks += [taken] if taken else []
    below = [
        " · ".join(filter(None, [*marks, *map(one_line, facts), f"{seen.score:.0%} sure"])),
        one_line(", ".join(seen.why)),
        one_line(check.title if seen.own else check.url or check.title),
    ]
    return Choice(said, at, tuple(words_that_agree(said, own, seen)), tuple(filter(None, below)), check.url)
