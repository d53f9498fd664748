"""The bars around the article or the queue: what is open and how far it is, what was said, the keys that are next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from annotator.model.text import neutral_line
from annotator.tui.views import HeadingView, Hint
from annotator.tui.widgets.cells import cell_len
from annotator.tui.widgets.painted import Line, Painted, fitted, meter, wrapped


class TopBar(Painted):
    """One line: the program, what is open, how far it is, and who is at work."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "program": "bold",
        "bar": "$success",
        "reviewer": "bold",
        "title": "",
    }
    ANSI_LOOKS: ClassVar[Mapping[str, str]] = {
        "bar": "ansi_default",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._heading = HeadingView("", "")

    def show(self, heading: HeadingView) -> None:
        """Show this."""
        self._heading = heading
        self.repaint()

    def line_at(self, y: int) -> Line:  # noqa: ARG002 - there is one line
        """The line."""
        heading = self._heading
        count = f" {heading.done} of {heading.total}{heading.unit} " if heading.total else " "
        bar = meter(heading.done, heading.total) if heading.total else ""
        about = f" · {heading.round}" if heading.round not in ("", "both") else ""
        who = f"{about}  {neutral_line(heading.reviewer)} "
        program = " Annotator  "
        room = self.room.width - cell_len(program + count + bar + who)
        return [
            (program, "program"),
            (fitted(neutral_line(heading.title), max(0, room)), "title"),
            (count, "title"),
            (bar, "bar"),
            (who, "reviewer"),
        ]


class MessageLine(Painted):
    """What just happened, or went wrong: one line, and more only where the message is longer than that."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "said": "$foreground",
        "wrong": "bold $text-error",
        "asked": "bold $text-warning",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._text, self._style, self._waits_for = "", "said", ""
        self._lines, self._height = [""], 1

    @property
    def text(self) -> str:
        """What it says now."""
        return self._waits_for or self._text

    def say(self, text: str, style: str = "said") -> None:
        """Say this: "said", "wrong" or "asked"."""
        if (text, style) != (self._text, self._style):
            self._text, self._style = neutral_line(text), style
            self.renew()

    def wait(self, what: str) -> None:
        """Say what is waited for, in front of what was said; empty: nothing any more."""
        if what != self._waits_for:
            self._waits_for = what
            self.repaint()

    def wrap_content(self) -> None:
        """Take the lines that the message needs, at most half of the screen's."""
        sign = {"wrong": "✗ ", "asked": "? "}.get(self._style, "") if self._text else ""
        width = self.room.width
        lines = wrapped(f"{sign}{self._text}", max(1, width - 2))
        if len(lines) > 1 and len(lines) > (most := max(1, self.screen.size.height // 2)):
            lines = [*lines[: most - 1], fitted(" ".join(lines[most - 1 :]), max(1, width - 2))]
        if width and len(lines) != self._height:
            # Setting the height lays the whole screen out again: only where it is another.
            self.styles.height = self._height = len(lines)
        self._lines = lines

    def line_at(self, y: int) -> Line:
        """One of its lines."""
        if self._waits_for and not y:
            return [(fitted(f" {self._waits_for}", self.room.width), "said")]
        return [(fitted(f" {self._lines[y]}", self.room.width), self._style)] if y < len(self._lines) else ()


class KeyBar(Painted):
    """The footer: the keys that are next first, then as many others as there is room for."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "key": "bold $text-accent",
        "word": "$text-muted",
        "now": "bold reverse",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._hints: Sequence[Hint] = ()
        self._lines: Sequence[Line] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Show these."""
        if list(hints) != list(self._hints):
            self._hints = hints
            self.renew()

    def line_at(self, y: int) -> Line:
        """One of the footer's lines."""
        return self._lines[y] if y < len(self._lines) else ()

    def wrap_content(self) -> None:
        """As many hints as fit; the last of them, which is the way to all others, always does."""
        width, height = self.room
        if not self._hints:
            self._lines = ()
            return
        *others, last = self._hints
        lines: list[list[tuple[str, str]]] = [[]]
        used, behind = 0, _cells(last)
        is_last = height == 1
        for hint in others:
            if used + _cells(hint) + (behind if is_last else 0) > width:
                if is_last:
                    break
                lines.append([])
                used, is_last = 0, len(lines) == height
            lines[-1] += _pieces(hint)
            used += _cells(hint)
        if used + _cells(last) > width and len(lines) < height:
            lines.append([])
        lines[-1] += _pieces(last)
        self._lines = lines


@lru_cache(maxsize=512)
def _cells(hint: Hint) -> int:
    return cell_len(hint.key) + cell_len(hint.word) + 3


@lru_cache(maxsize=512)
def _pieces(hint: Hint) -> Line:
    style = "now" if hint.now else "word"
    return (f" {hint.key}", f"key {style}"), (f" {hint.word} ", style)
