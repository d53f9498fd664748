"""A terminal that keeps time: a program in a pty, pyte as the model of its screen, and when which change came.

What the program writes is stamped when it is read and fed to the model only when the program has fallen silent, so
the time that the model takes is in no figure. Needs a pty, so not Windows.
"""

from __future__ import annotations

import codecs
import gc
import os
import pty
import re
import select
import signal
import termios
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Protocol, Self

import pyte

COLUMNS, ROWS = 120, 40
QUIET = 0.05
"""Seconds without output after which the screen counts as settled."""
PATIENCE = 60.0
"""Seconds after which waiting for a program is given up."""
QUIT = b"\x11"

# What pyte takes for text: keyboard modes, questions about modes, and the strings of DCS, PM and APC.
_NOT_FOR_PYTE = re.compile(r"\x1b\[[<=>][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1b[P^_].*?\x1b\\", re.DOTALL)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[]P^_][^\x07\x1b]*\x1b?)?\Z")
_SYNCHRONISED = "\x1b[?2026$p"


class TerminalFailure(Exception):
    """A program did not do on its screen what was waited for; the message ends with the screen."""


def environment(**more: str) -> dict[str, str]:
    """This process's environment for a child that is measured: an ordinary terminal, bytecode kept, nobody's settings.

    Without compiled bytecode every start would compile the package anew, which no user's does.
    """
    gone = ("COLUMNS", "LINES", "NO_COLOR", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "TERM_PROGRAM")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in gone and not name.startswith(("ANNOTATOR_", "TEXTUAL"))
    }
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | more


class _Screen:
    """The screen's model: what stands where, in which colours."""

    def __init__(self) -> None:
        self._screen: Any = pyte.Screen(COLUMNS, ROWS)
        self._stream: Any = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self._lines: dict[int, list[Any]] = {}

    def feed(self, data: bytes) -> tuple[bool, bytes]:
        """Whether this changed what is seen, and what a terminal answers."""
        text = self._pending + self._decoder.decode(data)
        unfinished = _UNFINISHED.search(text)
        self._pending = unfinished[0] if unfinished else ""
        text = text.removesuffix(self._pending) if self._pending else text
        self._stream.feed(_NOT_FOR_PYTE.sub("", text))
        changed = False
        for y in self._screen.dirty:
            row = self._screen.buffer[y]
            line = [row[x] for x in range(COLUMNS)]
            changed = changed or line != self._lines.get(y)
            self._lines[y] = line
        self._screen.dirty.clear()
        return changed, b"\x1b[?2026;2$y" if _SYNCHRONISED in text else b""

    @property
    def text(self) -> str:
        """What is written on it."""
        return "\n".join(line.rstrip() for line in self._screen.display)


class Keyboard(Protocol):
    """Something with a screen and a keyboard that keeps time."""

    def press(self, key: bytes) -> float:
        """Seconds from a key until the last change that it made on the screen."""

    def until(self, wanted: str) -> object:
        """Wait until this is on the screen."""

    def settle(self, seconds: float = 0.5) -> None:
        """Wait until nothing changes for so long."""


class Terminal:
    """A program in a terminal of 120 columns and 40 rows; leaving the context ends it."""

    def __init__(self, command: list[str], variables: Mapping[str, str]) -> None:
        self._screen = _Screen()
        self._unread: list[tuple[float, bytes]] = []
        self._ended = False
        self.started = time.perf_counter()
        self._process, self._descriptor = pty.fork()
        if not self._process:
            try:
                termios.tcsetwinsize(0, (ROWS, COLUMNS))
                os.execvpe(command[0], command, dict(variables))
            finally:
                os._exit(127)

    def __enter__(self) -> Self:
        gc.disable()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        gc.enable()
        self._end()

    def type_ahead(self, keys: bytes) -> None:
        """Press keys without waiting for anything."""
        os.write(self._descriptor, keys)

    def until(self, wanted: str) -> float:
        """Seconds from the program's start until this was on the screen."""
        while True:
            silent = not self._read(QUIET)
            found = None
            for moment, _ in self._changes():
                found = moment if found is None and wanted in self._screen.text else found
            if found is not None:
                return found - self.started
            if self._ended or (silent and time.perf_counter() - self.started > PATIENCE):
                raise TerminalFailure(f"{wanted!r} did not come:\n{self._screen.text}")

    def settle(self, seconds: float = 0.5) -> None:
        """Wait until the program has been silent for so long."""
        while self._read(seconds):
            pass
        list(self._changes())

    def press(self, key: bytes) -> float:
        """Seconds from a key until the last change that it made on the screen."""
        sent = time.perf_counter()
        os.write(self._descriptor, key)
        last = None
        while last is None:
            while self._read(QUIET):
                pass
            for moment, changed in self._changes():
                last = moment if changed else last
            if self._ended or time.perf_counter() - sent > PATIENCE / 10:
                break
        if last is None:
            raise TerminalFailure(f"the key {key!r} changed nothing:\n{self._screen.text}")
        return last - sent

    def _read(self, seconds: float) -> bool:
        """Wait for output, and keep it with its moment; False where none came or the program has ended."""
        if self._ended or not select.select([self._descriptor], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._descriptor, 65_536)
        except OSError:
            data = b""
        self._ended = not data
        if data:
            self._unread.append((time.perf_counter(), data))
        return bool(data)

    def _changes(self) -> list[tuple[float, bool]]:
        changes = []
        for moment, data in self._unread:
            changed, answer = self._screen.feed(data)
            changes.append((moment, changed))
            if answer:
                os.write(self._descriptor, answer)
        self._unread.clear()
        return changes

    def _end(self) -> None:
        try:
            os.write(self._descriptor, QUIT)
        except OSError:
            self._ended = True
        while self._read(2.0):
            self._unread.clear()
        if not self._ended:
            os.kill(self._process, signal.SIGKILL)
        os.close(self._descriptor)
        os.waitpid(self._process, 0)
