"""The dashboard: lines that are read anew while it is open."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from annotator.model.text import neutral_text
from annotator.tui.dialogs import Watch
from annotator.tui.screens.form import ReadPage
from annotator.tui.widgets.form_box import FormBox

_EVERY = 10.0
"""Seconds between two readings: others work meanwhile."""


class DashboardScreen(ReadPage):
    """Lines under a title, read anew again and again."""

    def __init__(self, dialog: Watch) -> None:
        super().__init__()
        self._dialog = dialog

    def compose(self) -> ComposeResult:
        """The lines."""
        with FormBox(classes="form"):
            yield Label(Content(self._dialog.title), classes="form-title")
            with VerticalScroll():
                yield Static(id="watched", markup=False)
            yield Label(Content("↑ ↓ scroll · esc closes · read anew every ten seconds"), classes="form-keys")

    def on_mount(self) -> None:
        """Show what is known, and read now and again."""
        self._show(self._dialog.lines)
        self._dialog.again(self._show)
        self.set_interval(_EVERY, lambda: self._dialog.again(self._show))

    def _show(self, lines: list[str]) -> None:
        if self.is_attached:
            self.query_one("#watched", Static).update(Content(neutral_text("\n".join(lines))))
