"""Reading a database that may not be written: a file or a folder without permission, a medium that is read-only.

SQLite reads such a file where nobody has left a write-ahead log beside it, or where it can use the log that is there.
Where it cannot, and where the schema is an older one, the file is copied with its log to a temporary folder, and the
copy is opened as usual.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import DatabaseBusyError, DatabaseGoneError, ReadOnlyDatabaseError
from annotator.store.connection import Store, refuse_misshapen, store_of, translated
from annotator.store.file.neighbours import LOG, neighbour
from annotator.store.opening import SCHEMA_VERSION, open_store
from annotator.temporary import temporary_folder

if TYPE_CHECKING:
    from annotator.store.migration.updating import Told


@contextmanager
def store_to_read(path: Path, told: Told | None = None) -> Iterator[Store]:
    """The store at `path` for whoever only reads it, whether or not it may be written.

    Who is `told` hears what `open_store` says.

    Raises a StoreError as `open_store` does, and DatabaseBusyError at the end where a file that could not be locked was
    changed while it was read.
    """
    try:
        store = open_store(path, create=False, told=told, even_damaged=True)
    except (ReadOnlyDatabaseError, DatabaseGoneError) as error:
        if not path.is_file():
            raise
        refused = error
    else:
        with closing(store):
            yield store
        return
    with _read_only(path, refused, told) as store:
        yield store


def beside(path: Path) -> Store:
    """The store at `path`, to be read by a process that helps one that has it open; raises a StoreError."""
    with translated(path):
        store = _opened(path, "mode=ro")
    if store is None:
        raise ReadOnlyDatabaseError(f"{path}: cannot be read by a second process")
    # What is damage to the one is damage to the other.
    store.connection.execute("pragma cell_size_check = on")
    return store


@contextmanager
def _read_only(path: Path, refused: Exception, told: Told | None) -> Iterator[Store]:
    for as_it_is in ("mode=ro", "mode=ro&immutable=1"):
        if "immutable" in as_it_is and _has_log(path):
            # What is in the log would be missing.
            break
        before = _state(path)
        store = _opened(path, as_it_is)
        if store is not None:
            with closing(store):
                yield store
            if "immutable" in as_it_is and (_state(path) != before or _has_log(path)):
                raise DatabaseBusyError(f"{path}: was changed while it was read, so this may be neither; do it again")
            return
    with _copied(path, refused, told) as store:
        yield store


def _opened(path: Path, how: str) -> Store | None:
    """The store, opened in SQLite's way `how`; None where SQLite cannot, or where the schema is an older one."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
    except sqlite3.OperationalError:
        return None
    try:
        connection.execute("pragma query_only = on")
        refuse_misshapen(connection)
        if int(connection.execute("pragma user_version").fetchone()[0]) == SCHEMA_VERSION:
            return store_of(connection, path)
    except sqlite3.OperationalError:
        pass
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


@contextmanager
def _copied(path: Path, refused: Exception, told: Told | None) -> Iterator[Store]:
    """A copy of the file with its log, opened as usual; it goes again."""
    with temporary_folder() as folder:
        copy = folder / path.name
        try:
            shutil.copyfile(path, copy)
            with suppress(FileNotFoundError):
                shutil.copyfile(neighbour(path, LOG), neighbour(copy, LOG))
        except OSError as error:
            raise ReadOnlyDatabaseError(
                f"{refused}; to be read it has to be copied to {folder}, which cannot be done: {error.strerror}"
            ) from error
        of_copy = _of_a_copy(path, told)
        with translated(path), closing(open_store(copy, create=False, told=of_copy)) as store:
            yield store


def _of_a_copy(path: Path, told: Told | None) -> Told | None:
    if told is None:
        return None
    # Deferred: it imports sqlite-utils, and is seldom needed.
    from annotator.store.migration.updating import OfACopy

    return OfACopy(told, path)


def _has_log(path: Path) -> bool:
    try:
        return neighbour(path, LOG).stat().st_size > 0
    except OSError:
        return False


def _state(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns
