"""Modes: what the keys mean. A mode is a module with a table from action ids to functions, and a row in `MODES`."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.tui.actions.anywhere import GLOBAL_ACTIONS
from annotator.tui.context import Context
from annotator.tui.keymap import ADJUDICATE, CONFIRM, LABELS, QUEUE, REASON, REVIEW, SPANS, SPLIT, Action
from annotator.tui.mode import Mode
from annotator.tui.modes import adjudicate, confirm, labels, queue, reason, review, spans, split

MODES: Mapping[str, Mode] = {
    REVIEW: review.MODE,
    REASON: reason.MODE,
    SPANS: spans.MODE,
    LABELS: labels.MODE,
    SPLIT: split.MODE,
    QUEUE: queue.MODE,
    CONFIRM: confirm.MODE,
    ADJUDICATE: adjudicate.MODE,
}


def perform(context: Context, action: Action) -> None:
    """Do an action of the present mode. KeyError where neither the mode nor any mode has such an action.

    What was said before may hold no longer: the message says what came of the last action.
    """
    anywhere = GLOBAL_ACTIONS.get(action.id)
    if anywhere is not None:
        anywhere(context)
        return
    context.state.age()
    # A verdict's reasons are a mode of their own: "reason mixed".
    MODES[context.state.mode.partition(" ")[0]].function(action.id)(context)
    if not context.jobs.busy:
        context.state.forget()
