"""How far long work is: a bar with the time left on a terminal, a plain line now and then where there is none.

Both go to standard error. The bar is click's, because it costs a start nothing.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.streams import flush, narrate
from annotator.model.late import dataclass

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

FIRST_LINES, LATER_LINES = 10.0, 60.0
"""Seconds between two plain lines: in the first minute, and from then on."""

MUCH = 1_000_000
"""Bytes: for more than these a terminal has a bar, however few files they are in."""

_REDRAWN = 0.1
"""Seconds between two states of the bar."""

_KNOWN = 1.0
"""Seconds before which nobody knows how long it takes."""

_CLEARED = "\r\x1b[2K"
_MINUTE, _HOUR = 60, 3600


@dataclass(slots=True)
class Progress:
    """How far one piece of work is, in units of its own (bytes, articles); 0 for a total that nobody knows.

    `bar` is None where lines are said instead. Nothing but what is passed to `say` is said when it is `quiet`.
    """

    label: str
    total: int
    bar: Any = None
    quiet: bool = False
    clock: Callable[[], float] = time.monotonic
    done: int = 0
    counted: str = ""
    _began: float = field(init=False)
    _said: float = field(init=False)

    def __post_init__(self) -> None:
        """The first line comes when there is something to wait for."""
        self._began = self._said = self.clock()

    def reached(self, done: int, counted: str = "") -> None:
        """So much is done; `counted` says it in words, such as "120 articles"."""
        self.done, self.counted = min(done, self.total) if self.total else done, counted
        now = self.clock()
        if self.bar is not None:
            if now - self._said >= _REDRAWN or self.done == self.total:
                self._said = now
                self._draw(self._words(now - self._began))
        elif not self.quiet:
            between = FIRST_LINES if now - self._began <= _MINUTE else LATER_LINES
            if now - self._said >= between:
                self._said = now
                narrate(self._line(now - self._began))

    def _draw(self, words: str) -> None:
        if self.done > self.bar.pos:
            self.bar.update(self.done - self.bar.pos, words)
        else:
            # Click draws nothing for no step.
            self.bar.current_item = words
            self.bar.render_progress()

    def more(self, done: int) -> None:
        """So much more is done."""
        self.reached(self.done + done, self.counted)

    def say(self, line: str) -> None:
        """A line of its own, above the bar where there is one."""
        with self.held_back():
            narrate(line)

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """The bar makes room for the lines that are written inside, on whichever stream."""
        if self.bar is None:
            yield
            return
        click.echo(_CLEARED, err=True, nl=False)
        yield
        flush()
        if self.done < self.total:
            # Else the bar has said all that it has to say.
            self.bar._last_line = None
            self.bar.render_progress()

    def say_unless_empty(self, line: str) -> None:
        """The line, if there is one."""
        if line:
            self.say(line)

    def _line(self, seconds: float) -> str:
        if not self.total:
            return f"{self.label}: {self.counted}"
        return f"{self.label}: {100 * self.done // self.total} %, {self._words(seconds)}"

    def _words(self, seconds: float) -> str:
        """What is counted, and the time that is left if the rest goes as what is done went."""
        under_way = self.done and self.done < self.total and seconds >= _KNOWN
        left = f"about {in_words(seconds * (self.total - self.done) / self.done)} left" if under_way else ""
        return ", ".join(filter(None, (self.counted, left)))


def in_words(seconds: float) -> str:
    """A length of time as people say it: "40 s", "3 min", "2 h 5 min"."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / _MINUTE)
    if minutes < _HOUR // _MINUTE:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, _HOUR // _MINUTE)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


@contextmanager
def progress(label: str, total: int, *, quiet: bool = False, barred: bool = True) -> Iterator[Progress]:
    """The progress of what is done inside; a bar only where it is worth one (`barred`) and somebody looks."""
    if quiet or not barred or not total or not is_watched():
        yield Progress(label, total, quiet=quiet)
        return
    shown: ProgressBar[str] = click.progressbar(
        None, total, label, show_eta=False, show_percent=True, item_show_func=_as_said, width=0, file=sys.stderr
    )
    with shown as bar:
        yield Progress(label, total, bar)


def _as_said(words: str | None) -> str | None:
    return words


@contextmanager
def told_what_stays(kept: str) -> Iterator[None]:
    """Where Ctrl-C ends what is done inside, says what stays of it."""
    try:
        yield
    except KeyboardInterrupt:
        narrate(f"interrupted: {kept}")
        raise


def is_watched() -> bool:
    """Whether standard error is a terminal that can draw a line again."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
