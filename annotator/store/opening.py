"""Opening a database file: whose it is, which version, and what brings an older one up to date."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import (
    DatabaseDamagedError,
    DatabaseGoneError,
    NewerDatabaseError,
    NotADatabaseError,
    NotFoundError,
    OtherDatabaseError,
    ReadOnlyDatabaseError,
    StoreError,
)
from annotator.model.ledger import utc_now, uuid7
from annotator.model.scheme import Scheme
from annotator.store.connection import BUSY_TIMEOUT, Store, connect, store_of, translated
from annotator.store.file.neighbours import LOG, neighbour
from annotator.store.file.open_file import opened_file
from annotator.store.file.turns import begin_writing, is_updating, leave_line, turn, updating
from annotator.store.soundness.damage_mark import check_unmarked

if TYPE_CHECKING:
    from annotator.store.migration.updating import Pace, Told

APPLICATION_ID = 0x414E4F54
"""`ANOT` in ASCII, in the file's header: the file is this program's."""

SCHEMA_VERSION = 9
"""How many migrations there are; kept in the file's `user_version`."""

OLDEST_SQLITE = (3, 37)
"""The first SQLite with STRICT tables (https://www.sqlite.org/stricttables.html)."""

_COPY, _PART = ".bak", ".part"
"""How the names of copies end that stay beside the file, and of those that are not whole yet."""
_HALF = (f"{_COPY}{_PART}", f"{_COPY}{_PART}-journal")

_BETWEEN = 0.02
"""Seconds between two tries."""

_BEFORE_ASKING = 1.0
"""Seconds that the lock is waited for before it is asked what for."""

_PAGES_AT_ONCE = 1000
"""Pages that are copied between two looks at whether Ctrl-C was pressed."""


def open_store(
    path: Path,
    *,
    create: bool = True,
    scheme: Scheme | None = None,
    told: Told | None = None,
    even_damaged: bool = False,
) -> Store:
    """The store at `path`, made or migrated first where that is needed.

    Who is `told` hears of a migration, be it this process's or one that this process waits for: that takes as long as
    it takes.

    Raises a StoreError, and changes nothing, for a file that is not SQLite, another program's, a newer version's,
    one that cannot be written, (unless `even_damaged`) one that the doctor found damaged, or (with `create=False`) one
    that is not there. `scheme` is used instead of the
    project's own.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise StoreError(f"{path}: needs SQLite {needed}, this Python has {sqlite3.sqlite_version}; use another Python")
    if not even_damaged:
        # First: damage to the header may make it another program's.
        check_unmarked(path)
    version = identify(path)
    if version is None:
        _check_no_log(path)
        if not create:
            raise NotFoundError(_nothing_at(path))
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
                _migrate(connection, path, told)
            _keep_log(connection)
            # Taking the lock is not enough: on a file that it may not write, SQLite begins to read and says nothing.
            with turn(path):
                _await_update(connection, path, told)
                connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
                connection.execute("rollback")
            return store_of(connection, path, scheme, opened_file(path))
        except BaseException as error:
            connection.close()
            # Others who wait for an update are told by this file what for.
            if not is_updating(path):
                leave_line(path)
            if isinstance(error, OSError):
                raise DatabaseGoneError(f"{path}: went away while it was opened: {error.strerror}") from error
            raise


def _nothing_at(path: Path) -> str:
    """What is said of a database that is not there, or is a file of 0 bytes: SQLite takes that for an empty one."""
    if path.exists():
        return (
            f"{path}: an empty file, with nothing in it yet; `annotator import` makes a database of it, --db names "
            "another, and if there was one, restore a copy of it"
        )
    return f"{path}: no such database; `annotator import` makes one, --db names another"


def _check_no_log(path: Path) -> None:
    """Raise NotFoundError where what is not there has a write-ahead log, or DatabaseDamagedError where it is empty.

    SQLite would delete the log. A new database has none before it has its first pages.
    """
    log = neighbour(path, LOG)
    with suppress(OSError):
        if not log.stat().st_size:
            return
        if not path.exists():
            raise NotFoundError(
                f"{path}: no such database, but its write-ahead log is there, with decisions in it: put the file back "
                f"beside it, or move {log.name} away to begin a new one"
            )
        if not path.stat().st_size:
            raise DatabaseDamagedError(
                f"{path}: emptied by another program, but its write-ahead log is there, with decisions in it: move "
                f"both away, and restore a copy, or bring back with `annotator recover` what can be"
            )


def _keep_log(connection: sqlite3.Connection) -> None:
    """Have a write-ahead log; SQLite itself does not wait for one that is writing into a file without a log."""
    last = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
            time.sleep(_BETWEEN)
        else:
            return


def identify(path: Path) -> int | None:
    """The schema version of our database at `path`, or None where there is none yet."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ReadOnlyDatabaseError(f"{path}: {error.strerror}; check its permissions, or use --db") from error
    if path.is_dir():
        raise NotADatabaseError(f"{path}: a folder, not a database; use --db to name a file")
    if not os.access(path, os.R_OK):
        raise ReadOnlyDatabaseError(f"{path}: {os.strerror(errno.EACCES)}; check its permissions, or use --db")
    if not size:
        return None
    with translated(path):
        application, version = _in_header(path)
    if application != APPLICATION_ID:
        raise OtherDatabaseError(f"{path}: an SQLite database of another program; use --db to name another file")
    _check_version(version, path)
    return version


def _in_header(path: Path) -> tuple[int, int]:
    """Whose database the file's header says it is, and of which version.

    Whoever opens and closes the file itself gives up all locks that this process has on it by other connections: then
    another program takes itself for the last one, and deletes the log that they write into.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as alone:
        # In the middle of a checkpoint, which this does not wait for, the header tells of pages that are still to be
        # written: with this SQLite reads it all the same.
        alone.execute("pragma writable_schema = on")
        (application,), (version,) = (
            alone.execute(f"pragma {name}").fetchone() for name in ("application_id", "user_version")
        )
        return int(application), int(version)


def _check_version(version: int, path: Path) -> None:
    if version > SCHEMA_VERSION:
        raise NewerDatabaseError(
            f"{path}: made by a newer version of annotator (schema {version}, this one knows {SCHEMA_VERSION}); "
            "upgrade annotator"
        )


def _user_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _await_update(connection: sqlite3.Connection, path: Path, told: Told | None) -> None:
    """Begin a transaction that writes; where another process brings the database up to date, when that is through."""
    last = time.monotonic() + BUSY_TIMEOUT
    is_said = False
    while True:
        try:
            begin_writing(connection, min(BUSY_TIMEOUT, _BEFORE_ASKING))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            if is_updating(path):
                if told is not None and not is_said:
                    told.waits(path)
                is_said = True
            elif time.monotonic() > last:
                raise
        else:
            connection.execute(f"pragma busy_timeout = {int(BUSY_TIMEOUT * 1000)}")
            return


def _migrate(connection: sqlite3.Connection, path: Path, told: Told | None) -> None:
    """Bring the schema up to date in one transaction; an older database is copied beside itself first."""
    # Deferred: sqlite-utils takes longer to import than a database to open.
    from annotator.store.migration.updating import NOBODY

    told = told or NOBODY
    # Tables that others point at are made anew: https://www.sqlite.org/lang_altertable.html#otheralter
    connection.execute("pragma foreign_keys = off")
    _await_update(connection, path, told)
    with updating(path):
        copy = None
        try:
            # Eight processes may start at once: who waited for the lock finds the work done.
            version = _user_version(connection)
            _check_version(version, path)
            if not version:
                _make(connection)
            elif not _is_pending(connection):
                # Only the header says another one: a bit of it was changed.
                _sign(connection)
            elif version < SCHEMA_VERSION:
                copy = _copy_of(path, version)
                _update(connection, path, copy, told)
            connection.execute("commit")
        except BaseException:
            with suppress(sqlite3.OperationalError):
                connection.execute("rollback")
            # Where the file is as it was, a copy of it would only take room, one more at each try.
            with suppress(sqlite3.Error, OSError):
                if copy is not None and _user_version(connection) < SCHEMA_VERSION:
                    copy.unlink(missing_ok=True)
            raise
        connection.execute("pragma foreign_keys = on")
        _shrink(connection, told)
        # In the file's header, where the next start looks, not only in the write-ahead log. It is committed either way.
        with suppress(sqlite3.OperationalError):
            connection.execute("pragma wal_checkpoint(truncate)")


def _make(connection: sqlite3.Connection) -> None:
    from sqlite_utils import Database

    from annotator.store.migration.migrations import make_new, migrations

    is_new = connection.execute("select 1 from sqlite_master limit 1").fetchone() is None
    (make_new if is_new else migrations.apply)(Database(connection))
    _sign(connection)


def _is_pending(connection: sqlite3.Connection) -> bool:
    """Whether the database lacks any migration."""
    from sqlite_utils import Database

    from annotator.store.migration.migrations import migrations

    return bool(migrations.pending(Database(connection)))


def _copy_of(path: Path, version: int) -> Path:
    """Where a database of an earlier schema stays as it is; half copies of those who were ended are taken away."""
    with suppress(OSError):
        for part in path.parent.iterdir():
            if part.name.startswith(f"{path.name}.schema") and part.name.endswith(_HALF):
                part.unlink(missing_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    return path.with_name(f"{path.name}.schema{version}-{stamp}{_COPY}")


def _update(connection: sqlite3.Connection, path: Path, copy: Path, told: Told) -> None:
    from annotator.store import worths_anew
    from annotator.store.migration import migrations, updating

    version = _user_version(connection)
    _check_pages(connection, path)
    with told.updates(path, copy) as reached:
        pace = updating.Pace(updating.units(connection, version), reached)
        # Under the lock: a copy that is taken earlier could be of what another process has migrated since.
        # SQLite copies nothing through the connection that holds the lock.
        with closing(connect(path)) as reader:
            back_up(reader, copy, pace)
        migrations.migrations.apply(updating.PacedDatabase(connection, pace))
        if version < migrations.WITH_WORTHS:
            worths_anew.after_migrating(store_of(connection, path), pace)
        _check_references(connection, path)
        _sign(connection)


def _sign(connection: sqlite3.Connection) -> None:
    """Write whose database it is, and of which version."""
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
    connection.executemany(
        "insert into meta (key, value) values (?, ?) on conflict do nothing",
        [("database_id", uuid7()), ("created_at", utc_now())],
    )


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DatabaseDamagedError where what is to be brought up to date is not sound."""
    from annotator.store.soundness.sqlite_check import damage

    for found in damage(connection, "integrity_check"):
        raise DatabaseDamagedError(
            f"{path}: the database is damaged ({found}): it is not brought up to date, and nothing was changed; "
            "restore a copy of it, or bring back with `annotator recover` what can be"
        )


def _check_references(connection: sqlite3.Connection, path: Path) -> None:
    for table, rowid, parent, _ in connection.execute("pragma foreign_key_check"):
        raise DatabaseDamagedError(
            f"{path}: cannot be brought up to date: {table} row {rowid} points at a missing row of {parent}; "
            "nothing was changed"
        )


def _shrink(connection: sqlite3.Connection, told: Told) -> None:
    """Give back the room of what a migration left behind; whoever has the file open meanwhile only keeps it larger."""
    free, pages = (connection.execute(f"pragma {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
    if free * 4 > pages:
        told.shrinks()
        with suppress(sqlite3.OperationalError):
            connection.execute("vacuum")


def back_up(connection: sqlite3.Connection, target: Path, pace: Pace) -> None:
    """Copy the whole database to `target`, consistently; nobody may write to it meanwhile.

    It has another name until it is whole: no half a copy is ever at `target`.
    """
    part = target.with_name(f"{target.name}{_PART}")
    try:
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy, pages=_PAGES_AT_ONCE, progress=pace.copied)
        part.replace(target)
    except BaseException:
        # On a full disk SQLite may leave the journal of the copy.
        for half in (part, part.with_name(f"{part.name}-journal")):
            half.unlink(missing_ok=True)
        raise
