"""A line to type in; nothing in it steers the terminal."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from annotator.model.text import neutral_line


class LineInput(Input):
    """A line to type: lines that are pasted are joined, and nothing in them steers the terminal."""

    def on_paste(self, event: events.Paste) -> None:
        """All of it, as one line; the input's own way keeps the first line only."""
        event.stop()
        event.prevent_default()
        self.replace(neutral_line(" ".join(event.text.split())), *sorted(self.selection))
