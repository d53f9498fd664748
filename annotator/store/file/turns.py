"""Turns: who waits to write waits in a line, across processes, and is not passed by those who come later.

SQLite makes a writer who finds the database locked sleep, and sleep longer each time it is locked again, so whoever
comes while the lock happens to be free goes first and some wait for seconds. Here a writer takes a place in a line
first: one byte of an empty file beside the database, locked, at the offset that is the moment it came. Its turn is when
nobody holds a byte before its own. The system takes the locks from a process that ends, however it ends.

The line is a courtesy and protects nothing: SQLite's own lock does. So whoever cannot stand in it (a system or a file
system without such locks, a folder that may not be written) or has stood in it for long goes and asks SQLite, often.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.store.file.neighbours import neighbour

ASK_AGAIN = 0.001
"""Seconds between two looks at whether it is one's turn, or whether SQLite's lock is free."""

LONGEST_IN_LINE = 1.0
"""Seconds: whoever stands before us for longer is stopped, or does not write at all."""


def turn_file(path: Path) -> Path:
    """The empty file whose bytes are the places in the line."""
    return neighbour(path, "-turn")


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait until everybody who came before has written, and keep the turn until this context is left."""
    place = _open(path)
    if place is None:
        yield
        return
    try:
        _wait_in_line(place)
        yield
    finally:
        # Closing it gives up its locks.
        os.close(place)


def begin_writing(connection: sqlite3.Connection, patience: float) -> None:
    """Begin a transaction that writes, as soon as SQLite's lock is free.

    Raises sqlite3.OperationalError: "database is locked" where it was not free for `patience` seconds.
    """
    end = time.monotonic() + patience
    connection.execute("pragma busy_timeout = 0")
    try:
        while not _begun(connection, last=time.monotonic() >= end):
            time.sleep(ASK_AGAIN)
    finally:
        connection.execute(f"pragma busy_timeout = {int(patience * 1000)}")


def _begun(connection: sqlite3.Connection, *, last: bool) -> bool:
    try:
        connection.execute("begin immediate")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


@contextmanager
def updating(path: Path) -> Iterator[None]:
    """While this context is entered, `is_updating` is true for every other process, however this one ends."""
    place = _open(path)
    try:
        if place is not None:
            _mark_update(place)
        yield
    finally:
        if place is not None:
            os.close(place)


def leave_line(path: Path) -> None:
    """Remove the file; whoever stands in the line keeps the place in it, and the next makes a new one."""
    with suppress(OSError):
        turn_file(path).unlink(missing_ok=True)


if sys.platform == "win32":

    def _open(_path: Path) -> int | None:
        """None: on Windows locked bytes are not given up in time when a process ends."""
        return None

    def _wait_in_line(_place: int) -> None:
        """Nobody stands in a line."""

    def _mark_update(_place: int) -> None:
        """Nobody is told."""

    def is_updating(_path: Path) -> bool:
        """False: nobody can tell."""
        return False

else:
    import fcntl

    _UPDATE = 1 << 62
    """The offset of a byte behind all places in the line."""

    def _mark_update(place: int) -> None:
        with suppress(OSError):
            fcntl.lockf(place, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _UPDATE)

    def is_updating(path: Path) -> bool:
        """Whether another process brings the database up to date now; this one gives up its place in the line."""
        with suppress(OSError):
            place = os.open(turn_file(path), os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                fcntl.lockf(place, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _UPDATE)
            except (BlockingIOError, PermissionError):
                return True
            finally:
                os.close(place)
        return False

    def _open(path: Path) -> int | None:
        """A descriptor of the turns' file; None where there can be none."""
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        with suppress(OSError):
            wanted = path.stat().st_mode & 0o666
            place = os.open(turn_file(path), flags, wanted)
            _let_all_in(place, wanted)
            return place
        return None

    def _let_all_in(place: int, wanted: int) -> None:
        """Let whoever may write the database stand in the line, whatever this process's umask says; as SQLite does."""
        with suppress(OSError):
            now = os.fstat(place)
            if now.st_uid == os.geteuid() and now.st_mode & 0o777 != wanted:
                os.fchmod(place, wanted)

    def _wait_in_line(place: int) -> None:
        """Take a place and wait until nobody stands before it; gives up where that takes too long or cannot be."""
        end = time.monotonic() + LONGEST_IN_LINE
        moment = 0

        def stand() -> None:
            nonlocal moment
            # One machine's processes have one such clock. Microseconds since its start are far from the largest offset.
            moment = time.monotonic_ns() // 1000
            fcntl.lockf(place, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, moment)

        def come_to_the_front() -> None:
            fcntl.lockf(place, fcntl.LOCK_SH | fcntl.LOCK_NB, moment)

        with suppress(OSError):
            if _in_time(stand, end):
                _in_time(come_to_the_front, end)

    def _in_time(lock: Callable[[], None], end: float) -> bool:
        """Try until it is locked; False where it is not by `end`. Raises OSError where there are no such locks."""
        while time.monotonic() < end:
            # EACCES or EAGAIN: somebody has locked it.
            with suppress(BlockingIOError, PermissionError):
                lock()
                return True
            time.sleep(ASK_AGAIN)
        return False
