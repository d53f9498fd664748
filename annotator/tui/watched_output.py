"""The terminal's file as what is written to it goes through: at once where the terminal takes it, else by a thread."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


class WatchedOutput:
    """The terminal's file as the writing thread sees it: it says when it fails, and when all is written.

    What the terminal takes at once is written without that thread: to wake it takes longer than to write a frame.
    """

    def __init__(self, file: TextIO, lost: Callable[[], None]) -> None:
        self._file, self._lost = file, lost
        self._lock = Lock()
        self._asked = self._written = self._flushed = 0
        self._waiting: list[tuple[int, Callable[[], None]]] = []
        self._at_once: int | None = None
        self._rest = b""
        self.open()

    def open(self) -> None:
        """Write at once from now on what the terminal takes, where the file is one's."""
        if self._at_once is None:
            self._at_once = _opened_again(self._file)

    def close(self) -> None:
        """Write nothing at once any more."""
        if self._at_once is not None:
            os.close(self._at_once)
            self._at_once = None

    def at_once(self, text: str) -> str | None:
        """Write what the terminal takes of a text at once; what the writing thread is to be handed, None for nothing.

        Of a text that was taken in part the rest is kept here, and an empty one handed over: what the thread is handed
        next takes the rest with it. Nothing goes ahead of what was handed over before.
        """
        if self._at_once is None or self._flushed < self._asked:
            return text
        data = text.encode(errors="backslashreplace")
        try:
            taken = os.write(self._at_once, data)
        except OSError:
            # It takes nothing now; or it is gone, which the writing thread will notice.
            return text
        if taken == len(data):
            return None
        self._rest = data[taken:]
        return ""

    def asked(self) -> None:
        """One more text is handed to the writing thread."""
        self._asked += 1

    def write(self, text: str) -> None:
        """Write a text that was handed over, behind the rest of what was written at once."""
        try:
            if self._rest:
                rest, self._rest = self._rest, b""
                self._file.buffer.write(rest)
            self._file.write(text)
        except (OSError, ValueError):
            self._lost()
        self._written += 1

    def flush(self) -> None:
        """Bring what was written to the terminal."""
        try:
            self._file.flush()
        except (OSError, ValueError):
            self._lost()
        with self._lock:
            self._flushed = self._written
            due = [then for count, then in self._waiting if count <= self._flushed]
            self._waiting = [each for each in self._waiting if each[0] > self._flushed]
        for then in due:
            then()

    def when_written(self, then: Callable[[], None]) -> None:
        """Call this, from whatever thread, once all that has been handed over so far is on the terminal."""
        with self._lock:
            if self._flushed < self._asked:
                self._waiting.append((self._asked, then))
                return
        then()

    def fileno(self) -> int:
        """The file's descriptor."""
        return self._file.fileno()


def _opened_again(file: TextIO) -> int | None:
    """A descriptor of the same terminal that never waits: whether one does is shared by all who have the file open.

    None where there is none, or where it takes another encoding.
    """
    try:
        known = os.fstat(file.fileno())
        if not os.isatty(file.fileno()) or codecs.lookup(file.encoding).name != "utf-8":
            return None
        flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        found = os.open(os.ttyname(file.fileno()), flags)
    except (OSError, ValueError, LookupError):
        return None
    there = os.fstat(found)
    if (there.st_dev, there.st_ino) != (known.st_dev, known.st_ino):
        # Of another place that has a terminal of the same name.
        os.close(found)
        return None
    return found
