"""How far a database's write-ahead log has been written into its file, as the log's index beside it says.

A checkpoint that does not come to the end of the log, because somebody still reads an older state or because it is in
the middle, leaves a file that by itself is neither the state before nor the one after: a page that was changed again
behind the point up to which it goes is left out. Only with its log such a file is whole.

The format is https://www.sqlite.org/walformat.html, section 2.1.
"""

from __future__ import annotations

import os
import struct
import sys
from contextlib import suppress
from pathlib import Path

from annotator.model.late import NamedTuple
from annotator.store.file.neighbours import neighbour

_INDEX = struct.Struct("=16xI76xI28xI")
"""The frames of the log, how many of them are in the file, and how many a checkpoint began to write into it."""
_HEADER = 48
"""Bytes."""

_opened: dict[tuple[int, int], int] = {}
"""Descriptors of indexes by device and inode; closed only when an index is gone, see `_read`."""


class Backfill(NamedTuple):
    """`header` changes with every transaction; `done` and `attempted` count frames that went into the file."""

    header: bytes
    frames: int
    done: int
    attempted: int

    @property
    def is_whole(self) -> bool:
        """Whether the file is whole without its log."""
        return not self.attempted or self.attempted == self.done == self.frames


NOTHING = Backfill(b"", 0, 0, 0)
"""Where there is no log."""


def backfill(path: Path) -> Backfill:
    """How far the log of the database at `path` has been written into it."""
    with suppress(OSError, struct.error):
        read = _read(neighbour(path, "-shm"))
        return Backfill(read[:_HEADER], *_INDEX.unpack(read))
    return NOTHING


if sys.platform == "win32":

    def _read(index: Path) -> bytes:
        with index.open("rb") as file:
            return file.read(_INDEX.size)

else:

    def _read(index: Path) -> bytes:
        """Its first bytes; SQLite has locks on it, and would lose them with the first descriptor that is closed."""
        known = index.stat()
        key = (known.st_dev, known.st_ino)
        if key not in _opened:
            _forget_removed()
            _opened[key] = os.open(index, os.O_RDONLY | os.O_CLOEXEC)
        return os.pread(_opened[key], _INDEX.size, 0)

    def _forget_removed() -> None:
        """Close what SQLite has removed: it does so when it no longer needs it."""
        for key, descriptor in list(_opened.items()):
            if not os.fstat(descriptor).st_nlink:
                os.close(_opened.pop(key))
