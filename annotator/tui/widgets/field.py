"""A field to type in, as tall as its text; what is in it never draws on the terminal."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual import events
from textual.widgets import TextArea

from annotator.model.text import neutral_line


class Field(TextArea):
    """A text to write; Tab goes to the next field, and so do the arrows at its ends.

    With `short` Enter begins no line, but is left to the screen; what is pasted keeps its lines all the same, until it
    is checked.
    """

    def __init__(
        self,
        text: str,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        placeholder: str = "",
        short: bool = False,
    ) -> None:
        super().__init__(
            text,
            id=id,
            placeholder=placeholder,
            soft_wrap=True,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
        )
        self._short = short
        self.pasted: Callable[[], object] | None = None
        """Called when something has been pasted, before the next key is looked at."""
        self._given, self._loaded = text, self.text

    @property
    def value(self) -> str:
        """What is in it; what was given at first is given back to the character where nothing was typed.

        A text area knows one kind of line break, and takes characters such as U+2028 for one.
        """
        return self._given if self.text == self._loaded else self.text

    def replace_all(self, text: str) -> None:
        """Another text in its place; undo (ctrl+z) brings the one before back."""
        if text != self.text:
            self.replace(text, self.document.start, self.document.end)
            self.move_cursor(self.document.end)

    def get_line(self, line_index: int) -> Text:
        """A line as it is shown; tabs are the text area's own matter."""
        shown = "\t".join(neutral_line(piece) for piece in self.document.get_line(line_index).split("\t"))
        return Text(shown, end="", no_wrap=True)

    def on_mount(self) -> None:
        """Go on at the end."""
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        await super()._on_paste(event)
        if self.pasted is not None:
            self.pasted()

    def on_key(self, event: events.Key) -> None:
        """Enter is the screen's where there is but one line."""
        if event.key == "enter" and self._short:
            event.prevent_default()

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - as the base class has it
        """A line down, or the next field."""
        below = None if select else self._neighbour(1)
        if below is not None and self.navigator.is_last_wrapped_line(self.cursor_location):
            below.focus()
        else:
            super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - as the base class has it
        """A line up, or the field before."""
        above = None if select else self._neighbour(-1)
        if above is not None and self.navigator.is_first_wrapped_line(self.cursor_location):
            above.focus()
        else:
            super().action_cursor_up(select)

    def _neighbour(self, step: int) -> Field | None:
        fields = list(self.screen.query(Field))
        at = fields.index(self) + step
        return fields[at] if 0 <= at < len(fields) else None
