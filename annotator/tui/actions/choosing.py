"""Choosing between two values that one decided on two machines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from annotator.tui.actions.deciding import apply
from annotator.tui.context import Context
from annotator.tui.dialogs import Browse, Choice
from annotator.workflow import twofold
from annotator.workflow.session import DecisionResult
from annotator.workflow.twofold import Twofold

_KEYS = {"enter": "takes the other", "K": "keeps what stands"}
_EMPTY = "Nothing in this article was decided in two ways."


def browse_twofolds(context: Context) -> None:
    """What was decided here in two ways, on machines that knew nothing of each other."""

    def then(found: Sequence[Twofold]) -> None:
        choices = [Choice(_line(context, each), each) for each in found]
        title = f"Decided in two ways: {len(found)}"
        context.terminal.open(Browse(title, choices, _KEYS if choices else {}, _EMPTY), partial(_chosen, context))

    context.read(twofold.twofolds, then)


def _line(context: Context, each: Twofold) -> str:
    where = f"claim {context.state.review.claims.index(each.claim) + 1} · " if each.claim is not None else ""
    return f"{where}{each.what}: {each.standing} (stands) | {each.other}"


def _chosen(context: Context, answer: tuple[str, object] | None) -> None:
    if answer is None:
        return
    key, each = answer
    if not isinstance(each, Twofold):
        return
    conflict = each.conflict

    def then(decided: DecisionResult) -> None:
        apply(context, decided)
        browse_twofolds(context)

    context.save(lambda session: session.apply(twofold.choose, conflict, other=key == "enter"), then)
