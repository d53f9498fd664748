"""Asking: words to type in the message line's place, and yes or no by one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.widgets import Input

from annotator.tui.keymap import CONFIRM
from annotator.tui.widgets.bars import MessageLine

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench


class Asking:
    """The question that is open, and what to do with its answer."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self._asked: Callable[[str], None] | None = None
        self._confirmed: tuple[str, Callable[[], None]] | None = None

    @property
    def typing(self) -> bool:
        """Whether words are being typed: keys are no commands then."""
        return self._asked is not None

    @property
    def focused(self) -> bool:
        """Whether the line has the keys already."""
        return self.desk.query_one("#ask", Input).has_focus

    def type(self, key: str) -> None:
        """A key that came before the line had the keys: a letter, the answer's end, or nothing."""
        line = self.desk.query_one("#ask", Input)
        if key == "enter":
            self.answered(line.value)
        elif len(key) == 1 or key == "space":
            line.replace(" " if key == "space" else key, *sorted(line.selection))

    def words(self, placeholder: str, text: str, then: Callable[[str], None]) -> None:
        """Ask for words."""
        self._asked = then
        line = self._show(typing=True)
        line.placeholder, line.value = placeholder, text
        line.action_select_all()
        # At once: a focus that comes later could come when the answer is given already, and take the keys.
        self.desk.set_focus(line)

    def _show(self, *, typing: bool) -> Input:
        line = self.desk.query_one("#ask", Input)
        self.desk.query_one("#message", MessageLine).display = not typing
        line.display = typing
        return line

    def answered(self, words: str) -> None:
        """The words are there."""
        then = self._asked
        self.end()
        if then is not None:
            then(words)

    def end(self) -> None:
        """Ask no more."""
        self._asked = None
        self.desk.set_focus(None)
        self._show(typing=False)

    def confirm(self, question: str, then: Callable[[], None]) -> None:
        """Ask for yes or no."""
        self._confirmed = (self.desk.mode, then)
        self.desk.set_mode(CONFIRM)
        self.desk.say(question, "asked")

    def do_confirm(self, answer: str) -> None:
        """Yes or no."""
        assert self._confirmed is not None
        mode, then = self._confirmed
        self.desk.set_mode(mode)
        if answer == "yes":
            then()
