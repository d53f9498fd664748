"""Whether SQLite finds the pages, rows and indexes of a database sound: of 100 MB it takes a third of a second."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, suppress

from annotator.errors import DatabaseDamagedError
from annotator.store.connection import Store, translated
from annotator.store.file.open_file import empty_log
from annotator.store.soundness import damage_mark
from annotator.store.soundness.sqlite_check import damage

_STEPS = 1_000_000
"""Steps of SQLite's machine between two looks at whether it is to stop."""


def check_pages(store: Store) -> None:
    """Raise DatabaseDamagedError, and leave the doctor's mark, where the database is not sound."""
    with translated(store.path):
        wrong = _wrong(store.connection)
    if wrong:
        leave_mark(store, wrong)
        raise DatabaseDamagedError(f"{store.path}: the database is damaged ({wrong}); {damage_mark.WAYS_OUT}")


def leave_mark(store: Store, found: str) -> bool:
    """Mark the file that is open; False where no mark can be left."""
    # What closing it writes into the file would make it another one than was marked.
    with suppress(sqlite3.Error):
        empty_log(store.connection)
    return damage_mark.mark(store.path, found, store.file)


class PagesBehind:
    """Looks on a thread and a connection of its own; what is not sound keeps this process from writing anything more.

    It is SQLite that reads, which holds up no other thread.
    """

    def __init__(self, store: Store) -> None:
        self._path, self._file = store.path, store.file
        self._connection: sqlite3.Connection | None = None
        self._stopped = False
        self._thread = threading.Thread(target=self._look, name="pages", daemon=True)
        if self._file is not None:
            self._thread.start()

    def wait(self) -> None:
        """Wait until it is through."""
        if self._file is not None:
            self._thread.join()

    def stop(self) -> None:
        """Look no further, and wait until nothing is read any more."""
        self._stopped = True
        if self._connection is not None:
            with suppress(sqlite3.ProgrammingError):
                self._connection.interrupt()
        self.wait()

    def _look(self) -> None:
        # Not "mode=ro": SQLite leaves out the constraints of tables that it may not write. Nor "query_only": 3.44.0
        # looks at no index of words then.
        address = f"{self._path.absolute().as_uri()}?mode=rw"
        try:
            with closing(sqlite3.connect(address, uri=True, check_same_thread=False)) as alone:
                alone.set_progress_handler(lambda: self._stopped, _STEPS)
                self._connection = alone
                wrong = _wrong(alone)
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0)
            is_damage = code & 0xFF == sqlite3.SQLITE_CORRUPT and code != sqlite3.SQLITE_CORRUPT_VTAB
            wrong = str(error) if is_damage else ""
        except UnicodeDecodeError:
            # SQLite names in its message what is malformed, and Python cannot read the name.
            wrong = "names in it are damaged"
        if wrong and self._file is not None and self._file.in_place():
            damage_mark.note(self._path, wrong)


def _wrong(connection: sqlite3.Connection) -> str:
    return next(damage(connection, "integrity_check"), "")
