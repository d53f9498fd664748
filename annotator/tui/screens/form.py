"""What all forms over the workbench have in common: their style sheet, which is read when the first of them opens."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from textual import events
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList

from annotator.tui.keymap import pressed
from annotator.tui.screens.one_frame import OneFrame

Answer = TypeVar("Answer")

_HIGH = 16
"""Rows from which a form need not save any."""


class Form(OneFrame[Answer], ModalScreen[Answer]):
    """A form, list or page over the workbench, answered with `Answer`."""

    CSS_PATH = "forms.tcss"
    closed_by: Collection[str] = ()
    """The keys that have opened it, by the keymap's names: where nothing is typed they close it too."""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (_HIGH, "-high")]  # noqa: RUF012 - the base class declares it so

    def on_compose(self) -> None:
        """Textual looks at the height behind the first frame."""
        self.add_class("-low" if self.app.size.height < _HIGH else "-high")

    def closes(self, key: str) -> bool:
        """Whether a key, by the keymap's name, closes what is only read."""
        return key in ("escape", "q") or key in self.closed_by

    def list_key(self, event: events.Key, options: OptionList | None, own: Collection[str] = ()) -> str:
        """A key of a list: one that closes it or moves in its lines does so, and any other is given back by its name.

        `own` are the list's own keys, which do not close it. Empty for what is done with.
        """
        key = pressed(event.key, event.character)
        if key not in own and self.closes(key):
            event.stop()
            self.dismiss(None)
        elif key in ("j", "k") and options is not None:
            event.stop()
            options.action_cursor_down() if key == "j" else options.action_cursor_up()
        else:
            return key
        return ""


class ReadPage(Form[None]):
    """A page to read, longer than the screen perhaps."""

    def on_key(self, event: events.Key) -> None:
        """A key that scrolls, or one that closes it."""
        key = pressed(event.key, event.character)
        if self.closes(key):
            event.stop()
            self.dismiss(None)
        elif key in ("j", "down", "k", "up"):
            event.stop()
            self.query_one(VerticalScroll).scroll_relative(y=1 if key in ("j", "down") else -1, animate=False)
