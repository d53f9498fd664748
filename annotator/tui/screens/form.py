"""What all forms over the workbench have in common: their style sheet, which is read when the first of them opens."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.screen import ModalScreen
from textual.widgets import OptionList

from annotator.tui.screens.one_frame import OneFrame

Answer = TypeVar("Answer")

_HIGH = 16
"""Rows from which a form need not save any."""


class Form(OneFrame[Answer], ModalScreen[Answer]):
    """A form, list or page over the workbench, answered with `Answer`."""

    CSS_PATH = "forms.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (_HIGH, "-high")]  # noqa: RUF012 - the base class declares it so

    def on_compose(self) -> None:
        """Textual looks at the height behind the first frame."""
        self.add_class("-low" if self.app.size.height < _HIGH else "-high")

    def list_key(self, event: events.Key, options: OptionList | None) -> str:
        """A key of a list: one that closes it or moves in its lines does so, and any other is given back by its name.

        Empty for what is done with.
        """
        key = event.character if event.is_printable and event.character else event.key
        if key in ("escape", "q"):
            event.stop()
            self.dismiss(None)
        elif key in ("j", "k") and options is not None:
            event.stop()
            options.action_cursor_down() if key == "j" else options.action_cursor_up()
        else:
            return key
        return ""
