"""The queue of articles: one row an article, with how far the reviewer is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.message import Message

from annotator.model.queue import QueueRow
from annotator.model.text import neutral_line
from annotator.tui.views import QueueList
from annotator.tui.widgets.painted import Line, Painted, fitted, meter, wrapped


class QueueView(Painted):
    """Shows a window of the queue; the screen gives it the rows that are in view."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "head": "bold $text-muted",
        "faint": "$text-muted",
        "chosen": "bold $text on $primary-muted",
        "done": "$text-success",
        "flag": "$text-error",
        "empty": "$text-warning",
        "row": "",
    }
    ANSI_LOOKS: ClassVar[Mapping[str, str]] = {
        "chosen": "bold reverse on ansi_default",
    }

    class Clicked(Message):
        """A row was clicked; `position` counts in the queue's order."""

        def __init__(self, position: int) -> None:
            self.position = position
            super().__init__()

    class Resized(Message):
        """Other rows may be in view: the terminal has changed, or the queue is shown again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows: Mapping[int, QueueRow] = {}
        self._order: Sequence[int] = ()
        self._chosen = 0
        self._top = 0
        self._caption = ""
        self._empty = ""

    @property
    def window(self) -> tuple[int, int]:
        """The positions that are in view: first and one behind the last."""
        return self._top, min(self._top + self.page, len(self._order))

    @property
    def page(self) -> int:
        """How many articles are in view."""
        return max(1, self.size.height - 2)

    def aim(self, order: Sequence[int], chosen: int) -> tuple[int, int]:
        """Scroll so that a position is in view; the window that then needs rows."""
        self._order, self._chosen = order, chosen
        if chosen < self._top:
            self._top = chosen
        if chosen >= self._top + self.page:
            self._top = chosen - self.page + 1
        self._top = max(0, min(self._top, len(order) - self.page))
        return self.window

    def show(self, shown: QueueList) -> None:
        """Show this, whatever was aimed at meanwhile."""
        self.aim(shown.order, shown.chosen)
        self._rows, self._caption, self._empty = shown.rows, shown.caption, shown.empty
        self.repaint()

    def line_at(self, y: int) -> Line:
        """One line: the heads, then a row an article."""
        width = self.room.width
        if y == 0:
            return [(fitted(f" {self._caption}", width), "faint")]
        if y == 1:
            return [(self._cells("title", "publisher", "date", "claims", "", "flags", "last touched"), "head")]
        position = self._top + y - 2
        if position >= len(self._order):
            said = [] if self._order else wrapped(self._empty, max(1, width - 2))
            return [(f" {said[y - 3]}", "empty")] if 0 <= y - 3 < len(said) else ()
        row = self._rows.get(self._order[position])
        chosen = position == self._chosen
        if row is None:
            return [(fitted("  …", width), "chosen" if chosen else "row")]
        progress = row.progress
        text = self._cells(
            neutral_line(row.title),
            neutral_line(row.publisher),
            neutral_line(row.published_at[:10]),
            f"{progress.done + progress.skipped:>3} of {progress.claims:<3}",
            meter(progress.done + progress.skipped, progress.claims, 5),
            f"⚑ {progress.flagged}" if progress.flagged else "",
            row.touched_at[:16].replace("T", " "),
            mark="▸" if chosen else "✓" if progress.claims and not progress.open else " ",
        )
        return [(text, "chosen" if chosen else "done" if progress.claims and not progress.open else "row")]

    def _cells(self, *cells: str, mark: str = " ") -> str:
        title, publisher, date, claims, bar, flags, touched = cells
        width = self.room.width
        wide = width >= 100
        right = f" {fitted(claims, 10)} {fitted(bar, 5)} {fitted(flags, 5)}"
        if wide:
            right = f" {fitted(publisher, 18)} {fitted(date, 10)}{right} {fitted(touched, 16)}"
        else:
            right = f" {fitted(publisher, 14)}{right}"
        return f"{mark} {fitted(title, max(8, width - len(right) - 3))}{right} "

    def on_resize(self) -> None:
        """Ask for the rows that are in view now."""
        self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        """Tell which row was clicked."""
        position = self._top + event.y - 2
        if event.y >= 2 and position < len(self._order):
            self.post_message(self.Clicked(position))
