"""A frame: the lines of painted widgets that are another than they were, written to the terminal together and at once.

Textual (8.2.8) has each widget send a message that it is to be painted, waits for the next sixtieth of a second, and
composes the screen of every widget's lines. Where nothing moves and nothing lies above them, the lines that are another
are all that a terminal has to be told; whatever else changes is left to Textual.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

try:
    from textual._compositor import CompositorUpdate
except ImportError:
    CompositorUpdate = object  # type: ignore[assignment,misc]  # Another version of Textual: all is left to it


MOVES_FOR = 0.05
"""Seconds for which a frame is left to Textual when something is about to move: three of its own frames."""


class Framed(Widget, can_focus=False):
    """A widget whose lines can be written without being composed with those of others."""

    frame: Frame | None = None
    """What its lines are painted with, where the screen has one."""

    def sent(self, rows: Iterable[int], console: Console) -> Iterable[str]:
        """The lines as the terminal is sent them, from the widget's left edge to its right one."""
        raise NotImplementedError


class Lines(CompositorUpdate):
    """Lines for the terminal, each with its place (column and row, from 0)."""

    def __init__(self, lines: Sequence[tuple[int, int, str]]) -> None:
        self._lines = lines

    def render_segments(self, console: Console) -> str:  # noqa: ARG002 - they were made for it already
        """What the terminal is sent."""
        return "".join(f"\x1b[{y + 1};{x + 1}H{text}" for x, y, text in self._lines)


class Frame:
    """Collects what the widgets of a screen have to paint while it is open, and writes it when it is closed."""

    def __init__(self, screen: Screen[Any], widgets: Iterable[Framed]) -> None:
        """The frame of these widgets of a screen, of which nothing is written where Textual lacks what that takes."""
        self._screen = screen
        for widget in widgets:
            widget.frame = self
        self._can_write = _can_write(screen)
        self._changed: dict[Framed, Sequence[int]] = {}
        self._is_open = self._moves = self._is_covered = False
        self.is_written = False
        """Whether all of the last frame is handed to the terminal, and nothing of it left to Textual."""
        self._visible: object = None
        self._free: Mapping[Framed, Region] = {}

    @contextmanager
    def open(self) -> Iterator[None]:
        """What is painted inside comes on the terminal together, when this context is left."""
        if self._is_open or not self._can_write:
            yield
            return
        self._is_open = True
        try:
            yield
        finally:
            self._is_open = False
            changed, self._changed = self._changed, {}
            self.is_written = not changed or self._written(changed)
            if not self.is_written:
                for widget, rows in changed.items():
                    widget.refresh(*(Region(0, y, widget.size.width, 1) for y in rows))

    def takes(self, widget: Framed, rows: Sequence[int]) -> bool:
        """Whether these rows of a widget, all that are another, are painted with the frame."""
        if self._is_open:
            self._changed[widget] = rows
        return self._is_open

    def style(self, widget: Widget, name: str, *, wanted: bool) -> None:
        """Give a widget a class, or take it away: it may move then."""
        if widget.has_class(name) is not wanted:
            widget.set_class(wanted, name)
            self.left_to_textual()

    def display(self, widget: Widget, *, wanted: bool) -> None:
        """Show a widget, or hide it: others move then."""
        if widget.display is not wanted:
            widget.display = wanted
            self.left_to_textual()

    def left_to_textual(self) -> None:
        """Something is about to move, or is painted whole: Textual paints all of it together."""
        if not self._moves:
            self._moves = True
            # To wait for its refresh instead would have Textual lay out and paint in two frames.
            self._screen.set_timer(MOVES_FOR, self._moved)

    def _moved(self) -> None:
        self._moves = False

    def cover(self) -> None:
        """Another screen lies above."""
        self._is_covered = True

    def uncover(self) -> None:
        """It has gone, and Textual paints everything anew."""
        self._is_covered = False
        self.left_to_textual()

    def _written(self, changed: Mapping[Framed, Sequence[int]]) -> bool:
        """Write the rows; False where that is for Textual to do."""
        screen, app = self._screen, self._screen.app
        # That of a program that ends, which has no screen any more, never closes.
        if app._batch_count or self._moves or self._is_covered:
            return False
        if app.screen is not screen or screen._layout_required:
            return False
        free = self._free_widgets()
        if not all(widget in free for widget in changed):
            return False
        lines = []
        for widget, rows in changed.items():
            x, top = free[widget].offset
            lines += [(x, top + y, text) for y, text in zip(rows, widget.sent(rows, app.console), strict=True)]
        # It is declared to take what Rich prints, and takes these too.
        app._display(screen, Lines(lines))  # type: ignore[arg-type]
        return True

    def _free_widgets(self) -> Mapping[Framed, Region]:
        """The painted widgets of which all is on the screen and nothing lies above, with their places."""
        visible = self._screen._compositor.visible_widgets
        if visible is not self._visible:
            self._visible = visible
            there = {widget: region.intersection(clip) for widget, (region, clip) in visible.items()}
            self._free = {
                widget: region
                for widget, (region, clip) in visible.items()
                if isinstance(widget, Framed)
                and region == there[widget]
                and not any(
                    region.overlaps(other) and above is not widget and above not in widget.ancestors
                    for above, other in there.items()
                )
            }
        return self._free


def _can_write(screen: Screen[Any]) -> bool:
    """Whether Textual has what it calls private and a frame needs: another version may not."""
    app, compositor = screen.app, getattr(screen, "_compositor", None)
    return (
        CompositorUpdate is not object
        and all(hasattr(app, name) for name in ("_display", "_batch_count"))
        and hasattr(screen, "_layout_required")
        and hasattr(type(compositor), "visible_widgets")
    )
