"""Copying a database file as of one moment, while others may be writing into it: it is never changed.

Where it is open somewhere SQLite copies it and keeps to the locks. To open a file that nobody has open would leave a
log and an index beside it, and in a folder that may not be written cannot be done: then the file is read without locks,
with what stands beside it, until nothing of it has changed meanwhile. Its own bytes are read by SQLite all the same:
whoever else closes the file gives up all locks that this process has on it.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from annotator.errors import DatabaseBusyError
from annotator.store.connection import BUSY_TIMEOUT
from annotator.store.file.neighbours import LOG, neighbour

_BESIDE = (LOG, "-journal")
"""What a file is whole only with, where it is there."""
_AT_REST = 0.05
"""Seconds since the last change after which another one has another time, however coarse the system's clock is."""

_State = tuple[tuple[int, int, int] | None, ...]


def copy_whole(path: Path, target: Path) -> None:
    """Copy the database at `path` to a new file, with what its write-ahead log holds.

    Raises sqlite3.DatabaseError, OSError, and DatabaseBusyError where others write into it all the time.
    """
    last = time.monotonic() + BUSY_TIMEOUT
    while True:
        _remove(target)
        if _is_open(path) and _backed_up(path, "mode=ro", target):
            break
        if _copied_at_rest(path, target):
            break
        if time.monotonic() > last:
            raise DatabaseBusyError(f"{path}: others write into it all the time: do it again when less is done")
        time.sleep(_AT_REST)
    with closing(sqlite3.connect(target)) as copy:
        # What was copied beside it goes into it.
        copy.execute("pragma journal_mode = delete").fetchone()


def _is_open(path: Path) -> bool:
    """Whether somebody has it open, or has left it as if: SQLite has nothing to make beside it then."""
    return neighbour(path, "-journal").exists() or (neighbour(path, LOG).exists() and neighbour(path, "-shm").exists())


def _backed_up(path: Path, how: str, target: Path) -> bool:
    """Whether SQLite can open it in that way; then it was copied."""
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=BUSY_TIMEOUT)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        # In the middle of a checkpoint the header may tell of pages that are only in the log.
        source.execute("pragma writable_schema = on")
        try:
            source.backup(copy)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                return False
            raise
    return True


def _copied_at_rest(path: Path, target: Path) -> bool:
    """Whether nothing of the file changed while it was copied with what stands beside it."""
    before = _state(path)
    newest = max((part[2] for part in before if part is not None), default=0)
    if 0 <= time.time() - newest / 1e9 < _AT_REST:
        return False
    if not _backed_up(path, "mode=ro&immutable=1", target):
        return False
    for suffix, part in zip(("", *_BESIDE), before, strict=True):
        if suffix and part is not None:
            try:
                shutil.copyfile(neighbour(path, suffix), neighbour(target, suffix))
            except FileNotFoundError:
                return False
    return _state(path) == before


def _state(path: Path) -> _State:
    return tuple(map(_state_of, (path, *(neighbour(path, suffix) for suffix in _BESIDE))))


def _state_of(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _remove(target: Path) -> None:
    for suffix in ("", *_BESIDE):
        neighbour(target, suffix).unlink(missing_ok=True)
