"""The line that words are typed in where an action asks for some."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.widgets import Input

from annotator.tui.context import Context
from annotator.tui.state import Question
from annotator.tui.widgets.line_input import LineInput

_KEEPS = "ctrl+s"
"""The key that keeps what a form holds ends the line too."""


class AskedLine(LineInput):
    """Keeps what is typed as the question's draft, and gives the answer to who asked.

    `answered` is called when the question has its answer, or is left without one.
    """

    def __init__(self, context: Context, answered: Callable[[], None]) -> None:
        super().__init__(id="ask", compact=True, select_on_focus=False)
        self._asking, self._answered = context, answered

    def ask(self, question: Question) -> None:
        """Begin with the words that the question has already."""
        self.placeholder, self.value = question.placeholder, question.text
        self.action_select_all()

    def take(self, event: events.Key, key: str) -> None:
        """A key that has come to the screen, `key` by the keymap's name: the line had no use for it, or no focus."""
        if event.key == "escape":
            event.stop()
            self._asking.state.question = None
            self._answered()
        elif event.key == _KEEPS:
            event.stop()
            self._answer(self.value)
        elif event.is_printable or not self.has_focus:
            event.stop()
            self.press(key)

    def press(self, key: str) -> None:
        """A key that came before the line had the keys: a letter, the answer's end, or nothing."""
        if key in ("enter", _KEEPS):
            self._answer(self.value)
        elif len(key) == 1 or key == "space":
            self.replace(" " if key == "space" else key, *sorted(self.selection))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._keep(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._answer(event.value)

    def _keep(self, words: str) -> None:
        question = self._asking.state.question
        if question is not None and words != question.text:
            self._asking.keep_draft(question.draft, {"text": words} if words.strip() else None)

    def _answer(self, words: str) -> None:
        # The last letters may not have been told of yet.
        self._keep(words)
        state = self._asking.state
        question, state.question = state.question, None
        if question is not None:
            question.then(words)
        self._answered()
