"""Whether the file that is open is still the database at its path: others delete, replace, truncate or protect files.

SQLite keeps what it has opened. Where the file at the path is another one by then, it would go on writing into a file
that nobody finds any more, and leave its write-ahead log beside a database that the log does not belong to, which
damages that (https://www.sqlite.org/howtocorrupt.html, sections 1.2, 1.4 and 4.2).
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import NoReturn

from annotator.errors import DatabaseDamagedError, DatabaseGoneError, ReadOnlyDatabaseError
from annotator.model.late import dataclass
from annotator.store.file.neighbours import LOG, neighbour
from annotator.store.file.wal_index import backfill

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

_LOOKS, _LONGEST, _BETWEEN = 20, 400, 0.05
"""How often a file is read that cannot be while nobody writes into it, how often at all, and seconds between."""

_DELETED = "the file was deleted or moved away while it was open"
_REPLACED = "another file was put in its place while it was open (by mv, a sync program, a restore)"
_OVERWRITTEN = "was overwritten while it was open (by cp, a sync program, a restore)"
_REMEDIES = {_DELETED: "put it back, or quit and start again"}
_AGAIN = "quit and start again to work on what is there then"

Content = tuple[str, int]
"""Which database a file holds by itself, without its write-ahead log: its id, and the ledger's last counter in it."""


@dataclass(slots=True)
class OpenFile:
    """A database file as it was when it was opened, `real` where links have been followed.

    `size` (bytes), `changed` (nanoseconds) and `content` are of the last look; None where it could not be read.
    `apart` says why nothing at the path is this file's any more, once that is so; `unreadable` is when what cannot be
    read was written: nobody waits for that twice. `between`: at the last look it was whole only with its log.
    """

    path: Path
    real: Path
    device: int
    inode: int
    writable: bool
    size: int
    changed: int
    content: Content | None
    apart: str = ""
    unreadable: int | None = None
    between: bool = False

    def check(self, connection: sqlite3.Connection) -> None:
        """Look whether it is still there and as it was; one question to the operating system where it is.

        Raises DatabaseGoneError, ReadOnlyDatabaseError or DatabaseDamagedError, and leaves nothing at the path by which
        what is there now could be damaged.
        """
        if self.apart:
            raise self._gone(self.apart)
        try:
            now = os.stat(self.path)  # noqa: PTH116 - Path.stat takes twice as long, at every decision
        except FileNotFoundError as error:
            # It may come back, so the log stays; but wherever the file is, it has all that was stored.
            with suppress(sqlite3.Error):
                empty_log(connection)
            raise self._gone(_DELETED) from error
        except OSError as error:
            raise self._gone(f"can no longer be reached ({error.strerror})") from error
        if not self._is_at(now):
            self._part(_REPLACED, now.st_ctime_ns, connection, moved=True)
        if self.writable and not now.st_mode & _WRITABLE:
            raise ReadOnlyDatabaseError(
                f"{self.path}: was made read-only while it was open: nothing more is stored until it can be written "
                "again (chmod u+w)"
            )
        if now.st_mtime_ns != self.changed or (self.between and backfill(self.path).is_whole):
            self._check_content(connection, now)
        self.size, self.changed = now.st_size, now.st_mtime_ns

    def forget(self) -> None:
        """What it holds is looked up anew: it was given another database's id."""
        self.content = None

    def in_place(self) -> bool:
        """Whether the file at the path is still this one, as far as can be told without its write-ahead log.

        To be asked before this process opens the path once more: SQLite would take the log for that of whatever is
        there.
        """
        try:
            now = self.path.stat()
        except OSError:
            return False
        if not self._is_at(now):
            return False
        if now.st_mtime_ns == self.changed:
            return True
        before, found = backfill(self.path), content_of(self.path)
        if found is not None and self._is_later(found):
            return True
        return not before.is_whole and self._is_ours_with_log()

    def _is_at(self, now: os.stat_result) -> bool:
        """Whether what is there now is this very file."""
        return (now.st_dev, now.st_ino) == (self.device, self.inode)

    def _is_home(self) -> bool:
        """Whether it is still where it was when it was opened."""
        with suppress(OSError):
            return self._is_at(self.real.stat())
        return False

    def _is_later(self, found: Content) -> bool:
        """Whether it may be the content of the same database, at the last look or later."""
        return self.content is None or (found[0] == self.content[0] and found[1] >= self.content[1])

    def _gone(self, what: str) -> DatabaseGoneError:
        return DatabaseGoneError(f"{self.path}: {what}: nothing more is stored; {_REMEDIES.get(what, _AGAIN)}")

    def _check_content(self, connection: sqlite3.Connection, now: os.stat_result) -> None:
        """Raise DatabaseGoneError where somebody wrote another database, or an older copy, into the file itself.

        Only checkpoints write into it, and the ledger only grows: what the file holds by itself is never less than it
        was, and never more than is known with the log.
        """
        self.between = False
        written, at_rest = now.st_mtime_ns, 0
        for _ in range(_LONGEST):
            if self._is_settled(connection, now):
                self.unreadable = None
                return
            if at_rest == _LOOKS or written == self.unreadable:
                break
            time.sleep(_BETWEEN)
            with suppress(OSError):
                before, written = written, self.path.stat().st_mtime_ns
                at_rest = at_rest + 1 if written == before else 0
        self.unreadable = written
        raise DatabaseDamagedError(
            f"{self.path}: was truncated or overwritten while it was open: nothing more is stored; quit and restore a "
            "copy of it"
        )

    def _is_settled(self, connection: sqlite3.Connection, now: os.stat_result) -> bool:
        """Whether the file is this database; False where it cannot be read now, raises DatabaseGoneError for another.

        A checkpoint that is in the middle, or came to no end, leaves a file that can be judged only with its log.
        """
        if self._is_followed_by(content_of(self.path), connection):
            return True
        before, found = backfill(self.path), content_of(self.path)
        if self._is_followed_by(found, connection):
            return True
        if before != backfill(self.path):
            return False
        if not before.is_whole and self._is_ours_with_log():
            self.between = now.st_size >= min(self.size, _expected(connection))
            return self.between
        if found is not None:
            self._part(_OVERWRITTEN, now.st_mtime_ns, connection, moved=False)
        return False

    def _is_ours_with_log(self) -> bool:
        """Whether the file and its log together are this database still, read anew and as SQLite reads them."""
        try:
            with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)) as together:
                found = _read_content(together)
        except (sqlite3.Error, TypeError):
            return False
        return self._is_later(found)

    def _is_followed_by(self, found: Content | None, connection: sqlite3.Connection) -> bool:
        """Whether this can have become of what the file held at the last look; it is kept then."""
        if found is None or not self._follows(found, connection):
            return False
        self.content = found
        return True

    def _follows(self, found: Content, connection: sqlite3.Connection) -> bool:
        if not self._is_later(found):
            return False
        try:
            (known,) = connection.execute("select coalesce(max(lamport), 0) from ledger").fetchone()
        except sqlite3.DatabaseError:
            # Its pages and those of the log no longer fit each other.
            return False
        return found[1] <= int(known)

    def _part(self, what: str, since: int, connection: sqlite3.Connection, *, moved: bool) -> NoReturn:
        """Have nothing more to do with the file at the path, and take the log and its index away from it.

        They are of the file that was opened, and whoever opens the path would take them for that of the one that is
        there. What the log holds goes home first where that file is another (`moved`), wherever it is. Both stay where
        another program has written into them `since` the file is there (nanoseconds), and where only a link points
        to another file now. Inside a transaction all of that waits for the next look.
        """
        if connection.in_transaction:
            raise self._gone(what)
        self.apart = what
        log, index = neighbour(self.real, LOG), neighbour(self.real, "-shm")
        with suppress(OSError, sqlite3.Error):
            if not (moved and self._is_home()) and not (log.exists() and log.stat().st_mtime_ns >= since):
                if moved:
                    empty_log(connection)
                # Empty, so that this connection too finds nothing in it when it is closed.
                with suppress(FileNotFoundError):
                    os.truncate(log, 0)
                log.unlink(missing_ok=True)
                index.unlink(missing_ok=True)
        raise self._gone(what)


def opened_file(path: Path) -> OpenFile:
    """What the file is now; raises OSError."""
    now = path.stat()
    writable = bool(now.st_mode & _WRITABLE)
    real = Path(os.path.realpath(path))
    return OpenFile(path, real, now.st_dev, now.st_ino, writable, now.st_size, now.st_mtime_ns, content_of(path))


def content_of(path: Path) -> Content | None:
    """What the file holds by itself; None where it cannot be read now."""
    try:
        # Immutable: without a lock and without the log. Locks that this process has on the file stay.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as alone:
            return _read_content(alone)
    except (sqlite3.Error, TypeError, ValueError):
        return None


def _read_content(connection: sqlite3.Connection) -> Content:
    """Raises TypeError for a database that has no id, ValueError for a damaged ledger, and sqlite3.Error."""
    (id_,) = connection.execute("select value from meta where key = 'database_id'").fetchone()
    (last,) = connection.execute("select coalesce(max(lamport), 0) from ledger").fetchone()
    return str(id_), int(last)


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
