"""Watching the project: who does how much, what is left, and until when."""

from __future__ import annotations

from collections.abc import Callable

from annotator.errors import AnnotatorError
from annotator.tui.context import Context
from annotator.tui.dialogs import Watch
from annotator.workflow import reading
from annotator.workflow.session import ReviewSession

COUNTING = "counting…"


def watch_project(context: Context) -> None:
    """The dashboard, which opens at once: what it says is counted in the background, and no key waits for it."""
    counting = closed = False

    def count(session: ReviewSession, over: Callable[[], bool]) -> list[str]:
        try:
            return reading.dashboard(session, lambda: closed or over())
        except AnnotatorError as error:
            return [str(error)]

    def again(then: Callable[[list[str]], None]) -> None:
        nonlocal counting

        def counted(lines: list[str]) -> None:
            nonlocal counting
            counting = False
            then(lines)

        # In a large project that may take longer than from one time to the next.
        if not counting:
            counting = True
            context.jobs.behind(count, counted)

    def close(_: None) -> None:
        nonlocal closed
        closed = True

    context.terminal.open(Watch("The project", [COUNTING], again), close)
