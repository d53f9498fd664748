"""An open database: its transactions, its errors in words, and a connection that keeps every commit."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from annotator.errors import (
    DatabaseBusyError,
    DatabaseDamagedError,
    DiskFullError,
    IndexDamagedError,
    NotADatabaseError,
    ReadOnlyDatabaseError,
    RowDamagedError,
    SchemeError,
    StoreError,
)
from annotator.model.late import dataclass
from annotator.model.scheme import Scheme, default_scheme, scheme_from_data
from annotator.store.file.open_file import OpenFile, empty_log
from annotator.store.file.turns import begin_writing, is_updating, leave_line, turn
from annotator.store.soundness import damage_mark

BUSY_TIMEOUT = 10.0
"""How long, in seconds, a transaction waits for another program's lock."""

SCHEME = "scheme"
"""The ledger's action, and the key in the table meta, of the project's label scheme."""


def is_of_an_index(error: sqlite3.DatabaseError) -> bool:
    """Whether FTS5 cannot read an index of its own; that it does not say in which format it is has no error code."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code == sqlite3.SQLITE_CORRUPT_VTAB or str(error).startswith("invalid fts5 file format")


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into this project's, with the file's name and what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _translate(error, path) from error
    except UnicodeDecodeError as error:
        # SQLite names in its message what is malformed, and Python cannot read the name.
        raise DatabaseDamagedError(
            f"{path}: the database is damaged, and so are names in it; restore a copy"
        ) from error


@contextmanager
def own_function(connection: sqlite3.Connection, name: str, function: Callable[[Any], Any]) -> Iterator[None]:
    """SQL has this function of one value inside; what interrupts it is raised as what it is.

    SQLite says of any exception that a function raised one, and Ctrl-C would be told as a fault of the database.
    """
    interrupted: list[KeyboardInterrupt] = []

    def called(value: Any) -> Any:
        try:
            return function(value)
        except KeyboardInterrupt as interruption:
            interrupted.append(interruption)
            raise

    connection.create_function(name, 1, called, deterministic=True)
    try:
        yield
    except sqlite3.DatabaseError:
        if not interrupted:
            raise
    if interrupted:
        raise interrupted.pop()


def _translate(error: sqlite3.DatabaseError, path: Path | str) -> StoreError:
    extended = getattr(error, "sqlite_errorcode", 0)
    if is_of_an_index(error):
        # It is FTS5 that says so, of its index: the pages are sound, and what was typed can be stored.
        return IndexDamagedError(
            f"{path}: an index of words is damaged; `annotator doctor --renew-index` makes it anew"
        )
    code = extended & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        if is_updating(Path(path)):
            return DatabaseBusyError(
                f"{path}: another program is bringing the database up to date; wait until it is through"
            )
        return DatabaseBusyError(f"{path}: another program keeps the database locked; close it and try again")
    if code == sqlite3.SQLITE_FULL:
        return DiskFullError(f"{path}: the disk is full; free some space and try again (nothing was changed)")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return ReadOnlyDatabaseError(
            f"{path}: cannot be written; check the permissions of the file and its folder, or use --db"
        )
    if code == sqlite3.SQLITE_NOTADB:
        return NotADatabaseError(f"{path}: not an SQLite database; use --db to name another file")
    if str(error).startswith("Could not decode to UTF-8"):
        # Python says so, and not SQLite, and quotes the bytes.
        return RowDamagedError(f"{path}: a text in it is damaged, and no UTF-8 any more; restore a copy of it")
    if code == sqlite3.SQLITE_CORRUPT:
        damage_mark.note(Path(path), str(error))
        return DatabaseDamagedError(f"{path}: the database is damaged ({error}); {damage_mark.WAYS_OUT}")
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(
            f"{path}: the disk did not take it or give it ({error}); see that it is there, has room and can be "
            "written (nothing was changed)"
        )
    return StoreError(f"{path}: {error}")


@dataclass(frozen=True, slots=True)
class Store:
    """An open database: every function of this package takes it first. One thread uses it.

    `file` is the file as it was opened, None for a database in memory.
    """

    connection: sqlite3.Connection
    path: Path
    database_id: str
    scheme: Scheme
    file: OpenFile | None = None

    def close(self) -> None:
        """Close the connection; what was committed stays."""
        with suppress(StoreError):
            self.check()
        self.connection.close()
        leave_line(self.path)

    def check(self) -> None:
        """Raise a StoreError where the file at the path is no longer the one that was opened, or not as it was.

        And DatabaseDamagedError where anything in this process has found it malformed since it started.
        """
        if self.file is not None:
            with translated(self.path):
                self.file.check(self.connection)
            damage_mark.check_unnoted(self.path, self.file.inode)

    def rest(self) -> None:
        """Nothing is written for a while: leave the file whole by itself, so that a copy of it is one of everything."""
        self.check()
        with translated(self.path):
            empty_log(self.connection)
        self.check()

    @contextmanager
    def transaction(self, *, flushed: bool = True) -> Iterator[None]:
        """One write transaction that takes the lock at once: all of it is committed, or nothing.

        What is not `flushed` outlives the program's end, kill -9 included, but perhaps not the machine's: it is
        much quicker. Raises a StoreError before and after it where the file is no longer the one that was opened.
        """
        self.check()
        with translated(self.path), turn(self.path), self._synchronous(flushed=flushed):
            begin_writing(self.connection, BUSY_TIMEOUT)
            try:
                yield
                self.check()
                self.connection.execute("commit")
            except BaseException as error:
                # A full disk may have rolled it back already.
                with suppress(sqlite3.OperationalError):
                    self.connection.execute("rollback")
                if isinstance(error, StoreError):
                    self.check()
                raise
        # What was committed to a file that nobody finds any more is not stored.
        self.check()

    @contextmanager
    def _synchronous(self, *, flushed: bool) -> Iterator[None]:
        if flushed:
            yield
            return
        self.connection.execute("pragma synchronous = normal")
        try:
            yield
        finally:
            self.connection.execute("pragma synchronous = full")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever others write meanwhile; they need not wait."""
        with translated(self.path):
            self.connection.execute("begin")
            try:
                yield
            finally:
                # A full disk may have rolled it back already.
                with suppress(sqlite3.OperationalError):
                    self.connection.execute("rollback")


def store_of(
    connection: sqlite3.Connection, path: Path, scheme: Scheme | None = None, file: OpenFile | None = None
) -> Store:
    """The store of a connection to a database of the present schema; raises DatabaseDamagedError."""
    row = connection.execute("select value from meta where key = 'database_id'").fetchone()
    if row is None:
        raise DatabaseDamagedError(f"{path}: the database has lost its id; restore a copy of it")
    return Store(connection, path, row[0], scheme or stored_scheme(connection, path), file)


def stored_scheme(connection: sqlite3.Connection, path: Path) -> Scheme:
    """The label scheme that the project has chosen, or the default one; raises DatabaseDamagedError."""
    row = connection.execute("select value from meta where key = ?", (SCHEME,)).fetchone()
    if row is None:
        return default_scheme()
    try:
        return scheme_from_data(json.loads(row[0]), SCHEME)
    except (ValueError, AttributeError, SchemeError) as error:
        raise DatabaseDamagedError(
            f"{path}: its label scheme cannot be read ({error}); restore a copy of it"
        ) from error


def connect(path: Path | str) -> sqlite3.Connection:
    """A connection with the pragmas that this project needs; whoever opens it has identified the file."""
    # It may be handed from the thread that opens it to the one that uses it; two never use it at once.
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")
    refuse_misshapen(connection)
    return connection


def refuse_misshapen(connection: sqlite3.Connection) -> None:
    """Have SQLite look at each page's cells when it reads it: one that does not fit may else be read as no row."""
    connection.execute("pragma cell_size_check = on")
