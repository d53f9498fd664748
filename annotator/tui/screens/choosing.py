"""Choosing from a list that narrows while one types: a source, or anything else with a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from annotator.model.text import neutral_line
from annotator.tui.addresses import follow
from annotator.tui.dialogs import Browse, Choice, Choose
from annotator.tui.keymap import shown
from annotator.tui.screens.form import Form
from annotator.tui.widgets.choices import Choices
from annotator.tui.widgets.form_box import FormBox
from annotator.tui.widgets.line_input import LineInput

_FOLLOWS = {"o": "opens its address", "y": "copies it"}


class ChooseScreen(Form[object]):
    """An input above a list: what is typed narrows the list, Enter takes the line that is lit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", priority=True),
        Binding("down", "step(1)", "down", priority=True),
        Binding("up", "step(-1)", "up", priority=True),
    ]

    def __init__(self, dialog: Choose) -> None:
        super().__init__()
        self._dialog = dialog
        self._choices: Sequence[Choice] = ()

    def compose(self) -> ComposeResult:
        """The title, the input and the list."""
        with FormBox(classes="form"):
            yield Label(Content(neutral_line(self._dialog.title)), classes="form-title")
            yield LineInput(self._dialog.text, placeholder=self._dialog.placeholder, compact=True)
            yield Choices()
            yield Label(classes="form-none")
            yield Static("", classes="form-wrong form-trouble", markup=False)
            yield Label(Content("type to narrow · ↑ ↓ · ⏎ takes · esc leaves"), classes="form-keys")

    def on_mount(self) -> None:
        """Begin with everything, the likeliest first."""
        self._list(self._dialog.text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._dialog.draft(event.value)
        self._list(event.value)

    def _list(self, typed: str) -> None:
        self._choices = self._dialog.search(typed)
        options = self.query_one(OptionList)
        options.set_options([Option(Content(neutral_line(choice.shown))) for choice in self._choices])
        options.highlighted = 0 if self._choices else None
        options.display = bool(self._choices)
        none = self.query_one(".form-none", Label)
        none.display = not self._choices
        none.update(Content(neutral_line(f"Nothing matches “{typed.strip()}”." if typed.strip() else "Nothing yet.")))

    def action_step(self, step: int) -> None:
        """The next line, or the one before."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            options.highlighted = max(0, min(options.highlighted + step, len(self._choices) - 1))

    @on(Input.Submitted)
    def _taken(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(self._choices[at].value)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].value)

    def action_leave(self) -> None:
        """Nothing."""
        self.dismiss(None)


class BrowseScreen(Form[tuple[str, object] | None]):
    """A list to walk with keys of its own: dismissed with the key and what the line that is lit stands for.

    Where lines have addresses, these are opened and copied from here, and the list stays.
    """

    def __init__(self, dialog: Browse) -> None:
        super().__init__()
        self._dialog = dialog
        self._follows = _FOLLOWS if any(choice.address for choice in dialog.choices) else {}

    def compose(self) -> ComposeResult:
        """The lines."""
        with FormBox(classes="form"):
            yield Label(Content(neutral_line(self._dialog.title)), classes="form-title")
            if self._dialog.choices:
                if self._dialog.head:
                    yield Label(Content(neutral_line(self._dialog.head)), classes="form-head")
                yield Choices(*(Option(_content(choice)) for choice in self._dialog.choices))
            else:
                yield Label(Content(self._dialog.empty), classes="form-none")
            for words, classes in ((self._dialog.said, "form-said"), (self._dialog.wrong, "form-wrong")):
                if words:
                    yield Label(Content(neutral_line(words)), classes=classes)
            if self._follows:
                yield Static("", classes="form-said", id="followed", markup=False)
            keys = {**self._dialog.keys, **self._follows}
            hints = " · ".join([*(f"{shown(key)} {word}" for key, word in keys.items()), "esc closes"])
            yield Label(Content(hints), classes="form-keys")

    def on_mount(self) -> None:
        """Light the line that was lit before."""
        options = self.query_one_optional(OptionList)
        if options is not None:
            values = [choice.value for choice in self._dialog.choices]
            options.highlighted = values.index(self._dialog.lit) if self._dialog.lit in values else 0

    def closes(self, key: str) -> bool:
        """Whether a key closes it: of a list that was opened from another one, that one's key too."""
        return super().closes(key) or key == self._dialog.opened_by

    def on_key(self, event: events.Key) -> None:
        """A key of the list's own, or one that closes it."""
        options = self.query_one_optional(OptionList)
        own = {**self._dialog.keys, **self._follows}
        key = self.list_key(event, options, own)
        if key in own:
            self._pressed(event, key, options.highlighted if options is not None else None)

    def _pressed(self, event: events.Key, key: str, at: int | None) -> None:
        """One of the list's own keys, about the line that is lit; nothing where there are lines and none is."""
        if at is None and self._dialog.choices:
            return
        event.stop()
        if key in self._dialog.keys:
            self.dismiss((key, self._dialog.choices[at].value if at is not None else None))
        elif at is not None:
            self._follow(self._dialog.choices[at].address, copied=key == "y")

    def _follow(self, address: str, *, copied: bool) -> None:
        said, wrong = follow(self.app, address, copied=copied)
        line = self.query_one("#followed", Static)
        line.set_classes("form-wrong" if wrong else "form-said")
        line.update(neutral_line(said))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(("enter", self._dialog.choices[event.option_index].value))


def _content(choice: Choice) -> Content:
    """A choice's lines, what is marked in bold and underlined, so that it stands out without colour."""
    shown = Content(neutral_line(choice.shown))
    for span in choice.marked:
        shown = shown.stylize("bold underline", span.start, span.end)
    below = [Content.styled(f"\n  {neutral_line(line)}", "dim") for line in choice.below]
    return Content("").join([shown, *below])
