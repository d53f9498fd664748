"""The installed command in a pseudo-terminal of its own, pressed and read as a reviewer would."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pyte
import pytest

COLUMNS, LINES = 80, 24
PATIENCE = 30.0
"""Seconds after which the screen is taken to show nothing more."""

# What a modern terminal swallows and pyte would print: queries, kitty's keyboard protocol, titles, cursor shapes.
_UNKNOWN = re.compile(
    r"\x1b\[[<>=?][0-9;]*(?:\$p|[a-gi-km-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^][^\x1b]*\x1b\\"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;<>=?$]*|[\]P_^][^\x07\x1b]*\x1b?)?\Z")


class Killable(Protocol):
    """A process, as far as a terminal needs it."""

    def send_signal(self, number: int, /) -> None:
        """Send it a signal."""

    def wait(self, timeout: float | None = None, /) -> int:
        """Wait for its end; its status."""

    def poll(self) -> int | None:
        """Its status, or None where it has not ended."""


class Terminal:
    """The installed command in a terminal of its own, and a model of what that terminal shows."""

    def __init__(
        self,
        *arguments: str,
        controlling: bool = False,
        before: Callable[[], object] | None = None,
        started_by: Callable[[str], Killable] | None = None,
        size: tuple[int, int] = (COLUMNS, LINES),
    ) -> None:
        """`controlling`: it is told by SIGHUP when the terminal goes; `before` is done in its process first.

        `started_by` starts the program in the terminal of this name, where many are to be started quickly.
        """
        self.output = b""
        self._drawn = 0

        def prepare() -> None:
            if controlling:
                fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            if before is not None:
                before()

        self._size = size
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self._master, slave = pty.openpty()
        self.settings_before = self.settings
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.process: Killable = (
            started_by(os.ttyname(slave))
            if started_by is not None
            else subprocess.Popen(
                [sys.executable, "-m", "annotator", *arguments],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                start_new_session=True,
                preexec_fn=prepare,
            )
        )
        os.close(slave)
        self._closed = False

    def _read(self, seconds: float) -> bool:
        """Take in what comes within the time; False at the end of the output."""
        if not select.select([self._master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.output += data
        return bool(data)

    @property
    def _shown(self) -> pyte.Screen:
        """The model of the screen with all that has come; drawing it costs more than taking it in."""
        text = self._pending + self._decoder.decode(self.output[self._drawn :])
        self._drawn = len(self.output)
        rest = _UNFINISHED.search(text)
        self._pending = rest[0] if rest else ""
        self._stream.feed(_UNKNOWN.sub("", text[: rest.start()] if rest else text))
        return self._screen

    def look_of(self, words: str) -> list[pyte.screens.Char]:
        """The characters of the first place below the title that shows these words, with their colours and signs."""
        row = next(row for row, line in enumerate(self._shown.display) if row and words in line)
        column = self._screen.display[row].index(words)
        return [self._screen.buffer[row][at] for at in range(column, column + len(words))]

    @property
    def rows(self) -> list[list[pyte.screens.Char]]:
        """Every character of the screen."""
        buffer = self._shown.buffer
        return [[buffer[row][column] for column in range(self._size[0])] for row in range(self._size[1])]

    @property
    def text(self) -> str:
        """What the terminal shows, line by line."""
        return "\n".join(self._shown.display)

    def wait_for(self, pattern: str) -> str:
        """Read until the screen shows the pattern; what it shows then."""
        deadline = time.monotonic() + PATIENCE
        while not re.search(pattern, self.text):
            if time.monotonic() > deadline or not self._read(max(0.0, deadline - time.monotonic())):
                raise AssertionError(f"{pattern!r} never came; the screen shows:\n{self.text}")
        return self.text

    def settle(self, seconds: float = 0.15) -> None:
        """Read until nothing has come for so long."""
        while select.select([self._master], [], [], seconds)[0] and self._read(0):
            pass

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self._master, keys.encode())

    def wait_for_bytes(self, expected: bytes, behind: int = 0) -> None:
        """Wait until these have come, behind so many bytes, and read no further."""
        deadline = time.monotonic() + PATIENCE
        while self.output.find(expected, behind) < 0:
            assert time.monotonic() < deadline, f"{expected!r} never came"
            assert self._read(max(0.0, deadline - time.monotonic())), f"it ended before {expected!r} came"

    def ended(self) -> int:
        """The exit status, once the program has ended."""
        deadline = time.monotonic() + PATIENCE
        while self._read(max(0.0, deadline - time.monotonic())):
            assert time.monotonic() < deadline, f"it never ended; the screen shows:\n{self.text}"
        return self.process.wait(PATIENCE)

    @property
    def settings(self) -> list[Any]:
        """How the terminal is set: echo, line by line, and the like."""
        return termios.tcgetattr(self._master)

    def kill(self) -> None:
        """kill -9: no signal that could be caught, no time to save anything."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def drain(self) -> None:
        """Take in what had come when the program was killed."""
        while self._read(0.2) and select.select([self._master], [], [], 0)[0]:
            pass

    def hang_up(self) -> None:
        """The terminal goes, as over a line that breaks."""
        if not self._closed:
            self._closed = True
            os.close(self._master)

    def close(self) -> None:
        """End the program if it has not ended, and close the terminal."""
        if self.process.poll() is None:
            self.kill()
        self.hang_up()


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Terminal]]:
    """Start the command in a terminal: `terminal("review")`; the database is in the test's folder."""
    monkeypatch.setenv("ANNOTATOR_DB", str(tmp_path / "annotations.db"))
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "ana")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TEXTUAL_DRIVER", "TEXTUAL_THEME", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    opened: list[Terminal] = []

    def start(*arguments: str, **options: Any) -> Terminal:
        opened.append(Terminal(*arguments, **options))
        return opened[-1]

    yield start
    for made in opened:
        made.close()


@pytest.fixture
def run() -> Callable[..., str]:
    """Run a command that needs no terminal; its standard output."""

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "annotator", *arguments]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
        ).stdout

    return run
