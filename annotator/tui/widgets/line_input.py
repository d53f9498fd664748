"""A line to type in; nothing in it steers the terminal."""

from __future__ import annotations

from typing import Any

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.widgets import Input

from annotator.model.text import neutral_line, pasted_line


class _Pictures(Highlighter):
    """Shows what steers a terminal as its picture; the value stays what it is."""

    def highlight(self, text: Text) -> None:
        """Change what is shown, code point for code point."""
        text.plain = neutral_line(text.plain)


class LineInput(Input):
    """A line to type: lines that are pasted are joined, and characters that steer a terminal are left out of them.

    What it begins with may hold such characters: they are shown as pictures, and kept where they are.
    """

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, highlighter=_Pictures(), **options)

    def on_paste(self, event: events.Paste) -> None:
        """All of it, as one line; the input's own way keeps the first line only."""
        event.stop()
        event.prevent_default()
        self.replace(pasted_line(event.text), *sorted(self.selection))
