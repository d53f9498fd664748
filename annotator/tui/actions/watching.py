"""Watching the project: who does how much, what is left, and until when."""

from __future__ import annotations

from collections.abc import Callable

from annotator.tui.context import Context
from annotator.tui.dialogs import Watch
from annotator.workflow import reading


def watch_project(context: Context) -> None:
    """The dashboard."""

    def again(then: Callable[[list[str]], None]) -> None:
        if not context.jobs.busy:
            context.read(reading.dashboard, then)

    def opened(lines: list[str]) -> None:
        context.terminal.open(Watch("The project", lines, again), lambda _: None)

    context.read(reading.dashboard, opened)
