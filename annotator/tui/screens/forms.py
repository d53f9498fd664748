"""Small forms over the workbench: writing a text, giving a name, reading a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from annotator.model.text import neutral_line, neutral_text
from annotator.tui.dialogs import WriteText
from annotator.tui.screens.form import Form, ReadPage
from annotator.tui.widgets.choices import Choices
from annotator.tui.widgets.field import Field
from annotator.tui.widgets.form_box import FormBox
from annotator.tui.widgets.key_list import KeyList
from annotator.tui.widgets.line_input import LineInput


class WriteScreen(Form[str | None]):
    """A text to write; every change is kept as a draft, so that a lost connection loses nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep", priority=True),
        Binding("escape", "leave", "leave", priority=True),
        Binding("ctrl+e", "editor", "$EDITOR", priority=True),
    ]

    def __init__(self, dialog: WriteText) -> None:
        super().__init__()
        self._dialog = dialog

    def compose(self) -> ComposeResult:
        """The title, the text and the keys."""
        with FormBox(classes="form"):
            yield Label(Content(neutral_line(self._dialog.title)), classes="form-title")
            yield Field(self._dialog.text)
            yield Static("", classes="form-wrong form-trouble", markup=False)
            yield Label(
                Content("ctrl+s keeps · ctrl+e opens $EDITOR · esc leaves, what is typed waits"), classes="form-keys"
            )

    @on(Field.Changed)
    def _changed(self) -> None:
        self._dialog.draft(self.query_one(Field).value)

    def action_keep(self) -> None:
        """Hand the text over."""
        self.dismiss(self.query_one(Field).value)

    def action_leave(self) -> None:
        """Leave the text as a draft."""
        self.dismiss(None)

    def action_editor(self) -> None:
        """Write in $EDITOR instead."""
        text = self._dialog.edit(self.query_one(Field).value)
        if text is not None:
            self.query_one(Field).replace_all(text)


class NameScreen(Form[str | None]):
    """Who is at work: asked once, on the first start."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "quit", priority=True)]

    def __init__(self, check: Callable[[str], str]) -> None:
        super().__init__()
        self._check = check

    def compose(self) -> ComposeResult:
        """The question."""
        with FormBox(classes="form small"):
            yield Label(Content("Who is reviewing?"), classes="form-title")
            yield Label(Content("A short name, such as ana. It stands beside your decisions."), classes="form-asked")
            yield LineInput(placeholder="your name", max_length=40)
            yield Static("", classes="form-wrong", markup=False)
            yield Label(Content("⏎ begins · esc quits"), classes="form-keys")

    @on(Input.Changed)
    def _changed(self) -> None:
        """What was wrong was another name."""
        self.query_one(".form-wrong", Static).update("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        wrong = self._check(event.value)
        if wrong:
            self.query_one(".form-wrong", Static).update(wrong)
        else:
            self.dismiss(event.value.strip().lower())

    def action_leave(self) -> None:
        """No name."""
        self.dismiss(None)


class ListScreen(Form[tuple[str, int] | None]):
    """A list to read: dismissed with the line that Enter takes."""

    def __init__(self, title: str, lines: Sequence[str], empty: str) -> None:
        super().__init__()
        self._title, self._lines, self._empty = title, lines, empty

    def compose(self) -> ComposeResult:
        """The lines."""
        with FormBox(classes="form"):
            yield Label(Content(self._title), classes="form-title")
            if self._lines:
                yield Choices(*(Option(Content(neutral_text(line))) for line in self._lines))
            else:
                yield Static(self._empty, classes="form-none", markup=False)
            moves = "↑ ↓ move · " if self._lines else ""
            yield Label(Content(f"{moves}esc closes"), classes="form-keys")

    def on_mount(self) -> None:
        """Begin at the last line, which is the newest."""
        options = self.query_one_optional(OptionList)
        if options is not None:
            options.highlighted = len(self._lines) - 1

    def on_key(self, event: events.Key) -> None:
        """A key that moves, or one that closes it."""
        self.list_key(event, self.query_one_optional(OptionList))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(("enter", event.option_index))


class HelpScreen(ReadPage):
    """All keys of a mode, by group."""

    def __init__(self, title: str, groups: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        super().__init__()
        self._title, self._groups = title, groups

    def compose(self) -> ComposeResult:
        """Keys and what they do."""
        with FormBox(classes="form"):
            yield Label(Content(self._title), classes="form-title")
            with VerticalScroll():
                yield KeyList(self._groups, classes="keys-by-group")
            yield Label(Content("↑ ↓ scroll · esc closes"), classes="form-keys")
