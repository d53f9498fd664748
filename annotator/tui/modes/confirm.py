"""The mode in which a question is answered with yes or no."""

from __future__ import annotations

from annotator.tui.context import Context
from annotator.tui.mode import Mode


def answer_yes(context: Context) -> None:
    """Do what was asked about."""
    confirmation = context.state.confirmation
    answer_no(context)
    if confirmation is not None:
        confirmation.then()


def answer_no(context: Context) -> None:
    """Back to where the question was asked."""
    state = context.state
    if state.confirmation is not None:
        state.enter(state.confirmation.mode)
        state.confirmation = None


MODE = Mode({"confirm.yes": answer_yes, "confirm.no": answer_no})
