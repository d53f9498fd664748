"""Whether the file that is open is still the database at its path: others delete, replace, truncate or protect files.

SQLite keeps what it has opened. Where the file at the path is another one by then, it would go on writing into a file
that nobody finds any more, and leave its write-ahead log beside a database that the log does not belong to, which
damages that (https://www.sqlite.org/howtocorrupt.html, sections 1.2, 1.4 and 4.2).
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import DatabaseDamagedError, DatabaseGoneError, ReadOnlyDatabaseError

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(slots=True)
class OpenFile:
    """A database file as it was when it was opened; `size` (bytes) is what it had when it was looked at last."""

    path: Path
    device: int
    inode: int
    writable: bool
    size: int

    def check(self, connection: sqlite3.Connection) -> None:
        """Look whether it is still there and as it was; one question to the operating system.

        Raises DatabaseGoneError, ReadOnlyDatabaseError or DatabaseDamagedError, and brings the write-ahead log home
        where the file is another one by now.
        """
        try:
            now = os.stat(self.path)  # noqa: PTH116 - Path.stat takes twice as long, at every decision
        except OSError as error:
            if not isinstance(error, FileNotFoundError):
                raise DatabaseGoneError(
                    f"{self.path}: the file can no longer be reached ({error.strerror}): nothing more is stored; "
                    "start again when it is there"
                ) from error
            self._bring_log_home(connection, None)
            raise DatabaseGoneError(
                f"{self.path}: the file was deleted or moved away while it was open: nothing more is stored; "
                "put it back, or quit and start again"
            ) from error
        if (now.st_dev, now.st_ino) != (self.device, self.inode):
            self._bring_log_home(connection, now)
            raise DatabaseGoneError(
                f"{self.path}: another file was put in its place while it was open (by mv, a sync program, a restore): "
                "nothing more is stored; quit and start again to work on what is there now"
            )
        if self.writable and not now.st_mode & _WRITABLE:
            raise ReadOnlyDatabaseError(
                f"{self.path}: was made read-only while it was open: nothing more is stored until it can be written "
                "again (chmod u+w)"
            )
        if now.st_size < self.size and now.st_size < _expected(connection):
            raise DatabaseDamagedError(
                f"{self.path}: was truncated or overwritten while it was open: nothing more is stored; quit and "
                "restore a copy of it"
            )
        self.size = now.st_size

    def _bring_log_home(self, connection: sqlite3.Connection, instead: os.stat_result | None) -> None:
        """Write what the log holds into the file that was opened, wherever that is, and leave the log empty.

        SQLite does not do so for a file that has been moved, and the next to open the path would take the log for
        that file's own. Left alone where another program has written into the log since the file was replaced.
        """
        with suppress(OSError, sqlite3.Error):
            log = os.stat(f"{self.path}-wal")  # noqa: PTH116 - as above
            if log.st_size and (instead is None or log.st_mtime_ns < instead.st_ctime_ns):
                empty_log(connection)


def opened_file(path: Path) -> OpenFile:
    """What the file is now; raises OSError."""
    now = path.stat()
    return OpenFile(path, now.st_dev, now.st_ino, bool(now.st_mode & _WRITABLE), now.st_size)


def empty_log(connection: sqlite3.Connection) -> None:
    """Write what the write-ahead log holds into the file and empty the log, unless anybody would have to wait."""
    (patience,) = connection.execute("pragma busy_timeout").fetchone()
    connection.execute("pragma busy_timeout = 0")
    try:
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    finally:
        connection.execute(f"pragma busy_timeout = {patience}")


def _expected(connection: sqlite3.Connection) -> int:
    """How many bytes SQLite takes the database for; a purge by another process makes it smaller."""
    (pages,), (size,) = (connection.execute(f"pragma {name}").fetchone() for name in ("page_count", "page_size"))
    return int(pages) * int(size)
