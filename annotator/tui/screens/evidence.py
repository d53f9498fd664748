"""Evidence: a form to fill in, and the pieces of a claim to read as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from annotator.errors import DomainError
from annotator.model.citing import checked_field, checked_fields, parted
from annotator.model.judgement import AnswerType, Evidence, Stance
from annotator.model.text import neutral_line, neutral_text
from annotator.tui.addresses import follow
from annotator.tui.dialogs import EVIDENCE_FIELDS, Fields
from annotator.tui.keymap import pressed
from annotator.tui.screens.form import Form
from annotator.tui.widgets.field import Field
from annotator.tui.widgets.form_box import FormBox

PROSE = ("question", "answer", "passage")
_LAST = EVIDENCE_FIELDS[-1][0]
_CHOICES: dict[str, list[str]] = {"stance": list(Stance), "answer_type": list(AnswerType)}


class EvidenceScreen(Form[dict[str, str] | None]):
    """Evidence to fill in; a field is checked when it is left, and the beginning of a stance is enough.

    `known` is the evidence as it was kept, `waiting` what was being typed when the form was left.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep", priority=True),
        Binding("escape", "leave", "leave", priority=True),
        Binding("tab", "next", "next field"),
        Binding("enter", "submit", "next field; behind the last, keep"),
    ]

    def __init__(
        self, title: str, known: Fields, waiting: Fields, draft: Callable[[dict[str, str]], None], first: str
    ) -> None:
        super().__init__()
        self._title, self._known, self._draft, self._first = title, known, draft, first
        self._fields = {**known, **waiting}
        self._wrong: dict[str, str] = {}
        self._parted = False

    def compose(self) -> ComposeResult:
        """The fields, each with room for what is wrong with it."""
        with FormBox(classes="form"):
            yield Label(Content(neutral_line(self._title)), classes="form-title")
            with VerticalScroll(can_focus=False):
                for name, label, placeholder in EVIDENCE_FIELDS:
                    with Horizontal(classes="field"):
                        yield Label(Content(label), classes="field-label")
                        short = name not in PROSE
                        yield Field(self._fields.get(name, ""), placeholder=placeholder, id=name, short=short)
                    yield Static("", classes="form-wrong field-wrong", id=f"{name}-wrong", markup=False)
            yield Static("", classes="form-wrong", id="form-wrong", markup=False)
            yield Static("", classes="form-wrong form-trouble", markup=False)
            yield Label(Content("⇥ next field · ctrl+s keeps · esc leaves, what is typed waits"), classes="form-keys")

    def on_mount(self) -> None:
        """Begin where there is something to say."""
        self._field(self._first).focus()
        self._field("url").pasted = self._part

    def _field(self, name: str) -> Field:
        return self.query_one(f"#{name}", Field)

    def _values(self) -> dict[str, str]:
        return {name: self._field(name).value for name, _, _ in EVIDENCE_FIELDS}

    @on(Field.Changed)
    def _changed(self) -> None:
        values = self._values()
        # What is wrong is said until something else stands there; this message may be older than the check.
        for name in [name for name, typed in self._wrong.items() if values.get(name) != typed]:
            self._say(name, "")
        if any(values[name].strip() for name in (*PROSE, "url")):
            self._say("form", "")
        self._draft(values)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field is left: say at once what is wrong with it."""
        if not (isinstance(event.widget, Field) and event.widget.id):
            return
        if event.widget.id == "url":
            self._part()
            # Who looks into another window comes back to the same field.
            self._parted = self._parted and not self.app.app_focus
        self._put_right(event.widget.id)

    def action_next(self) -> None:
        """The next field; behind an address that brought its passage along the one behind that."""
        if self.focused is not self._field("url"):
            self.focus_next(Field)
            return
        # A terminal that does not mark what is pasted types it.
        self._part()
        behind, self._parted = "stance" if self._parted else "passage", False
        # At once: what is typed next is meant for it.
        self.set_focus(self._field(behind))

    def action_submit(self) -> None:
        """Go on from a line that is whole; from the last one there is nowhere to go but to keep all."""
        if self.focused is self._field(_LAST):
            self.action_keep()
        else:
            self.action_next()

    def _part(self) -> None:
        """Where address and passage came in one paste, put each into its own field."""
        address, passage = self._field("url"), self._field("passage")
        both = parted(address.value) if address.value != self._known.get("url") else None
        if both is not None and not passage.value.strip():
            address.replace_all(both[0])
            passage.replace_all(both[1])
            self._parted = True

    def _put_right(self, name: str) -> bool:
        """Whether a field can be kept: it shows what is kept of it then, or what is wrong with it."""
        field = self._field(name)
        if field.value == self._known.get(name):
            return True
        try:
            field.replace_all(_kept(name, field.value))
        except DomainError as error:
            self._say(name, str(error))
            return False
        return True

    def _say(self, name: str, words: str) -> None:
        place = self.query_one(f"#{name}-wrong", Static)
        place.update(words)
        place.display = bool(words)
        if words and name != "form":
            self._wrong[name] = self._field(name).value
        else:
            self._wrong.pop(name, None)

    def action_keep(self) -> None:
        """Hand the fields over, or say what is wrong with them and go to the first of these."""
        self._part()
        wrong = [name for name, _, _ in EVIDENCE_FIELDS if not self._put_right(name)]
        if wrong:
            self._field(wrong[0]).focus()
            return
        values = self._values()
        try:
            checked_fields(values, self._known)
        except DomainError as error:
            self._say("published_at", str(error))
            self._field("published_at").focus()
            return
        if not any(values[name].strip() for name in (*PROSE, "url")):
            self._say("form", "say at least a question, an answer, an address or a passage")
            return
        self.dismiss(values)

    def action_leave(self) -> None:
        """Leave what is typed as a draft."""
        self.dismiss(None)


def _kept(name: str, typed: str) -> str:
    """What is kept of what was typed; raises DomainError for what is none of the words, no address or no date."""
    known = _CHOICES.get(name)
    if known is None or not typed.strip():
        return typed if name in PROSE else " ".join(checked_field(name, typed).split())
    matching = [choice for choice in known if choice.startswith(typed.strip().lower())]
    if len(matching) != 1:
        raise DomainError(f"one of {', '.join(known)}")
    return matching[0]


class EvidenceListScreen(Form[tuple[str, int] | None]):
    """A claim's evidence to read: dismissed with the key that was pressed and the piece that it is about.

    `about` says of each piece what it is evidence on, empty for the claim's content.
    """

    KEYS: ClassVar[Mapping[str, str]] = {"enter": "changes", "+": "adds", "X": "removes"}

    def __init__(self, title: str, evidence: Sequence[Evidence], about: Sequence[str]) -> None:
        super().__init__()
        self._title, self._evidence, self._about, self._at = title, evidence, about, 0

    def compose(self) -> ComposeResult:
        """The pieces, one under another."""
        with FormBox(classes="form"):
            yield Label(Content(neutral_line(self._title)), classes="form-title")
            with VerticalScroll():
                for number, evidence in enumerate(self._evidence):
                    with Vertical(classes="piece", id=f"piece-{number}"):
                        yield Static(self._head(number), classes="piece-head", markup=False)
                        for label, value in _lines(evidence):
                            with Horizontal(classes="field"):
                                yield Label(Content(label), classes="field-label")
                                yield Static(Content(neutral_text(value)), classes="field-value")
            yield Static("", classes="form-said", markup=False)
            several = "j k next, before · " if len(self._evidence) > 1 else ""
            keys = "⏎ changes · + adds · X removes · o opens · O opens the archived · y copies"
            yield Label(Content(f"{several}↑ ↓ scroll · {keys} · esc closes"), classes="form-keys")

    def _head(self, number: int) -> str:
        evidence, about = self._evidence[number], self._about[number]
        sign = "▸" if number == self._at else " "
        count = f"{number + 1} of {len(self._evidence)}"
        return neutral_line(" · ".join(filter(None, (f"{sign} {count}", evidence.stance, about))))

    def _show(self, at: int) -> None:
        """Make a piece the present one, with its beginning in view."""
        self._at = at
        for number in range(len(self._evidence)):
            self.query_one(f"#piece-{number} .piece-head", Static).update(self._head(number))
        piece = self.query_one(f"#piece-{at}")
        self.query_one(VerticalScroll).scroll_to_widget(piece, top=True, animate=False)

    def on_key(self, event: events.Key) -> None:
        """A key of the list's own, or one that closes it."""
        key = pressed(event.key, event.character)
        if key in self.KEYS:
            self.dismiss((key, self._at))
        elif key in ("j", "k"):
            self._step(1 if key == "j" else -1)
        elif key in ("o", "O", "y"):
            evidence = self._evidence[self._at]
            address = evidence.archived_url if key == "O" else evidence.url or evidence.archived_url
            said, wrong = follow(self.app, address, copied=key == "y")
            self._say(said, wrong=wrong)
        elif self.closes(key):
            self.dismiss(None)
        else:
            return
        event.stop()

    def _step(self, step: int) -> None:
        """The next piece, or the one before; behind the last the text goes on by a line."""
        if 0 <= self._at + step < len(self._evidence):
            self._show(self._at + step)
        else:
            self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        line = self.query_one(".form-said, .form-wrong", Static)
        line.set_class(wrong, "form-wrong")
        line.set_class(not wrong, "form-said")
        line.update(neutral_line(words))


def _lines(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """What a piece says, in the form's order, under the form's names."""
    for name, label, _ in EVIDENCE_FIELDS:
        value = getattr(evidence, name)
        if value and name != "stance":
            yield label, value
