"""The terminal under the workbench: dialogs, the clipboard, $EDITOR, themes, and how much of a text is in view."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App, SuspendNotSupported

from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.claim_panel import ClaimPanel
from annotator.tui.widgets.queue_view import QueueView

if TYPE_CHECKING:
    from annotator.tui.dialogs import Dialog

T = TypeVar("T")


class ScreenTerminal:
    """What the actions ask of the terminal; `answered` is called when a dialog's answer has been dealt with."""

    def __init__(self, article: ArticleView, panel: ClaimPanel, queue: QueueView, answered: Callable[[], None]) -> None:
        self._article, self._panel, self._queue, self._answered = article, panel, queue, answered
        self.opened_by: Sequence[str] = ()
        """The keys of the action that was done last: they close what it opens to be read."""

    @property
    def _app(self) -> App[Any]:
        return self._article.app

    def open(self, dialog: Dialog[T], then: Callable[[T | None], None]) -> None:
        """Open a dialog; `then` has its answer, None where it was left."""

        def closed(answer: T | None) -> None:
            then(answer)
            self._answered()

        # Deferred: a claim is shown, and most keys are answered, without any form.
        from annotator.tui.screens.dialogs import screen_of

        screen = screen_of(dialog)
        screen.closed_by = self.opened_by
        self._app.push_screen(screen, closed)

    def edit(self, text: str) -> str:
        """The text after $EDITOR had it; raises NotEdited."""
        from annotator.tui.external_editor import edited

        after = edited(text, self._suspended)
        self._app.refresh()
        return after

    @contextmanager
    def _suspended(self) -> Iterator[None]:
        try:
            with self._app.suspend():
                yield
        except SuspendNotSupported as error:
            raise OSError(str(error)) from error

    def copy(self, text: str) -> None:
        """Put a text on the terminal's clipboard (OSC 52)."""
        self._app.copy_to_clipboard(text)

    def turn_theme(self) -> None:
        """From dark to light, or back."""
        kind = "ansi" if self._app.native_ansi_color else "textual"
        self._app.theme = f"{kind}-light" if self._app.current_theme.dark else f"{kind}-dark"

    def open_palette(self) -> None:
        """Every action by its name."""
        self._app.action_command_palette()

    def leave(self) -> None:
        """End the program."""
        self._app.exit()

    def turn_panel(self) -> bool:
        """Show the claim panel whole, its next page, or as it was; whether it is unfolded now."""
        self._panel.unfold()
        return self._panel.unfolded

    def claim_away(self, present: int, screens: int) -> int:
        """The index of the claim that lies so many screens, less two rows, below (or above) a claim."""
        return self._article.claim_rows_away(present, screens * (self._article.page - 2))

    def queue_window(self, order: array[int], chosen: int) -> tuple[int, int]:
        """The queue's positions in view (first, and one behind the last) once a chosen one is."""
        return self._queue.aim(order, chosen)

    @property
    def queue_page(self) -> int:
        """How many rows of the queue are in view."""
        return self._queue.page
