"""Copying a database while others work in it, and proving the copy before it takes its name."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.errors import DatabaseDamagedError, StoreError
from annotator.store.connection import Store, translated
from annotator.store.making import check_free
from annotator.store.soundness.sqlite_check import damage


def back_up_verified(store: Store, target: Path) -> int:
    """Copy the database to `target`, of one moment, prove the copy, and give it its name; its entries of the ledger.

    SQLite's online backup (https://www.sqlite.org/backup.html): others go on working meanwhile. The copy is one file,
    without a write-ahead log. Raises StoreError where there is something at `target` already or it cannot be written,
    and DatabaseDamagedError for a copy that is not sound; nothing is left behind then.
    """
    check_free(target, "a backup")
    beside = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        with translated(target):
            _copy(store, beside)
            count = _prove(store, beside)
        _make_durable(beside)
        # Never over a file that came meanwhile.
        os.link(beside, target)
    except FileExistsError as error:
        raise StoreError(f"{target}: it is there already, and a backup replaces nothing") from error
    except OSError as error:
        raise StoreError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        beside.unlink(missing_ok=True)
    return count


def _copy(store: Store, beside: Path) -> None:
    with closing(sqlite3.connect(beside)) as copy:
        # In one step: it reads one moment, and begins anew for nobody who writes meanwhile.
        store.connection.backup(copy)
        copy.execute("pragma journal_mode = delete")


def _prove(store: Store, beside: Path) -> int:
    """SQLite's own checks of the whole file, and that it is this database."""
    with closing(sqlite3.connect(f"{beside.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        said = next(damage(copy, "integrity_check"), "")
        (id_,) = copy.execute("select value from meta where key = 'database_id'").fetchone()
        if said or id_ != store.database_id:
            said = said or "it is of another database"
            raise DatabaseDamagedError(f"{store.path}: the copy is not sound ({said}): run `annotator doctor`")
        return int(copy.execute("select count(*) from ledger").fetchone()[0])


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
