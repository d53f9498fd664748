"""Opening a database file: whose it is, which version, and a connection that keeps every commit."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from annotator.errors import (
    DatabaseBusyError,
    DatabaseDamagedError,
    DatabaseGoneError,
    DiskFullError,
    NewerDatabaseError,
    NotADatabaseError,
    NotFoundError,
    OtherDatabaseError,
    ReadOnlyDatabaseError,
    RowDamagedError,
    SchemeError,
    StoreError,
)
from annotator.model.ledger import utc_now, uuid7
from annotator.model.scheme import Scheme, default_scheme, scheme_from_data
from annotator.store.open_file import OpenFile, empty_log, opened_file
from annotator.store.turns import begin_writing, leave_line, turn

APPLICATION_ID = 0x414E4F54
"""`ANOT` in ASCII, in the file's header: the file is this program's."""

SCHEMA_VERSION = 2
"""How many migrations there are; kept in the file's `user_version`."""

BUSY_TIMEOUT = 10.0
"""How long, in seconds, a transaction waits for another program's lock."""

OLDEST_SQLITE = (3, 37)
"""The first SQLite with STRICT tables (https://www.sqlite.org/stricttables.html)."""

SCHEME = "scheme"
"""The ledger's action, and the key in the table meta, of the project's label scheme."""

_MAGIC = b"SQLite format 3\x00"


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into this project's, with the file's name and what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _translate(error, path) from error


def _translate(error: sqlite3.DatabaseError, path: Path | str) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
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
        return DatabaseDamagedError(f"{path}: the database is damaged ({error}); restore a copy of it")
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
        """Raise a StoreError where the file at the path is no longer the one that was opened, or not as it was."""
        if self.file is not None:
            with translated(self.path):
                self.file.check(self.connection)

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


def open_store(path: Path, *, create: bool = True, scheme: Scheme | None = None) -> Store:
    """The store at `path`, made or migrated first where that is needed.

    Raises a StoreError, and changes nothing, for a file that is not SQLite, another program's, a newer version's,
    one that cannot be written, or (with `create=False`) one that is not there. `scheme` is used instead of the
    project's own.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise StoreError(f"{path}: needs SQLite {needed}, this Python has {sqlite3.sqlite_version}; use another Python")
    version = _identify(path)
    if version is None and not create:
        raise NotFoundError(f"{path}: no such database; `annotator import` makes one, --db names another")
    if version is None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ReadOnlyDatabaseError(f"{path}: its folder cannot be made: {error.strerror}") from error
    with translated(path):
        connection = connect(path)
        try:
            # The header that was read may be behind the write-ahead log, or ahead of a journal to be rolled back.
            known = _user_version(connection)
            _check_version(known, path)
            if known < SCHEMA_VERSION:
                _migrate(connection, path)
            connection.execute("pragma journal_mode = wal")
            # Taking the lock is not enough: on a file that it may not write, SQLite begins to read and says nothing.
            with turn(path):
                begin_writing(connection, BUSY_TIMEOUT)
                connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
                connection.execute("rollback")
            return store_of(connection, path, scheme, opened_file(path))
        except OSError as error:
            connection.close()
            raise DatabaseGoneError(f"{path}: went away while it was opened: {error.strerror}") from error
        except BaseException:
            connection.close()
            raise


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
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")
    return connection


def _identify(path: Path) -> int | None:
    """The schema version of our database at `path`, or None where there is none yet."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return None
    except IsADirectoryError as error:
        raise NotADatabaseError(f"{path}: a folder, not a database; use --db to name a file") from error
    except OSError as error:
        raise ReadOnlyDatabaseError(f"{path}: {error.strerror}; check its permissions, or use --db") from error
    if not header:
        return None
    if header[:16] != _MAGIC:
        raise NotADatabaseError(f"{path}: not an SQLite database; use --db to name another file")
    application, version = int.from_bytes(header[68:72]), int.from_bytes(header[60:64])
    if application != APPLICATION_ID:
        raise OtherDatabaseError(f"{path}: an SQLite database of another program; use --db to name another file")
    _check_version(version, path)
    return version


def _check_version(version: int, path: Path) -> None:
    if version > SCHEMA_VERSION:
        raise NewerDatabaseError(
            f"{path}: made by a newer version of annotator (schema {version}, this one knows {SCHEMA_VERSION}); "
            "upgrade annotator"
        )


def _user_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the schema up to date in one transaction; an older database is copied beside itself first."""
    from sqlite_utils import Database

    from annotator.store.migrations import migrations

    begin_writing(connection, BUSY_TIMEOUT)
    try:
        # Eight processes may start at once: who waited for the lock finds the work done.
        version = _user_version(connection)
        if version < SCHEMA_VERSION:
            if version:
                # Under the lock: a copy that is taken earlier could be of what another process has migrated since.
                stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
                # SQLite copies nothing through the connection that holds the lock.
                with closing(connect(path)) as reader:
                    back_up(reader, path.with_name(f"{path.name}.schema{version}-{stamp}.bak"))
            migrations.apply(Database(connection))
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
            connection.executemany(
                "insert into meta (key, value) values (?, ?) on conflict do nothing",
                [("database_id", uuid7()), ("created_at", utc_now())],
            )
        connection.execute("commit")
    except BaseException:
        with suppress(sqlite3.OperationalError):
            connection.execute("rollback")
        raise
    # In the file's header, where the next start looks, not only in the write-ahead log.
    connection.execute("pragma wal_checkpoint(truncate)")


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the whole database to `target`, consistently, while it may be in use; no half a copy is left behind."""
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
    except BaseException:
        copy.close()
        target.unlink()
        raise
    copy.close()
