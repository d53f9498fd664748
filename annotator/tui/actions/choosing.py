"""Choosing between two values that one decided on two machines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from annotator.tui.actions.deciding import apply
from annotator.tui.actions.opening import open_article
from annotator.tui.context import Context
from annotator.tui.dialogs import Browse, Choice, one_line
from annotator.tui.keymap import shown
from annotator.workflow import twofold
from annotator.workflow.session import DecisionResult
from annotator.workflow.twofold import Twofold

_KEYS = {"enter": "takes the other", "K": "keeps what stands"}
_OPENS = {"enter": "opens its claim"}
_EMPTY = "Nothing in this article was decided in two ways. In the queue the same key lists those of all articles."
_EMPTY_PROJECT = "Nothing in any article was decided in two ways."


def browse_twofolds(context: Context) -> None:
    """What was decided here in two ways, on machines that knew nothing of each other."""

    def then(found: Sequence[Twofold]) -> None:
        choices = [Choice(_line(each), each) for each in found]
        title = f"Decided in two ways: {len(found)}"
        context.terminal.open(Browse(title, choices, _KEYS if choices else {}, _EMPTY), partial(_chosen, context))

    context.read(twofold.twofolds, then)


def browse_all_twofolds(context: Context) -> None:
    """What was decided in two ways in any article; one of them leads to its claim."""

    def then(found: Sequence[Twofold]) -> None:
        context.state.twofolds = len(found)
        choices = [Choice(f"{one_line(each.article.title)} · {_line(each)}", each) for each in found]
        title = f"Decided in two ways, in all articles: {len(found)}"
        dialog = Browse(title, choices, _OPENS if choices else {}, _EMPTY_PROJECT)
        context.terminal.open(dialog, partial(_opened, context))

    context.read(twofold.twofolds_of_project, then)


def _line(each: Twofold) -> str:
    where = f"claim {each.number} · " if each.number else ""
    return f"{where}{each.what}: {each.standing} (stands) | {each.other}"


def _opened(context: Context, answer: tuple[str, object] | None) -> None:
    if answer is None or not isinstance(answer[1], Twofold):
        return
    each = answer[1]
    keys = context.keymap.by_id("twofold").key_list
    chooses = f"  ·  {shown(keys[0])} chooses" if keys else ""
    claim_id = each.claim.id if each.claim is not None else None
    said = f"decided in two ways: {_line(each)}{chooses}"
    open_article(context, each.article.id, (claim_id, each.offset), said)


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
