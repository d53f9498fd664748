"""Rows that cannot be read any more, because somebody or something has changed them outside this program."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from annotator.errors import AnnotatorError, RowDamagedError, StoreError, raised_at
from annotator.store.connection import Store

UNREADABLE = (AnnotatorError, sqlite3.Error, LookupError, TypeError, ValueError, AttributeError)
"""What reading raises where a row does not hold what this program writes."""

_OF_FILE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)

Load = TypeVar("Load", bound=Callable[..., Any])


@contextmanager
def readable(path: Path, what: str) -> Iterator[None]:
    """Reading one thing: where it does not hold what this program writes, raises RowDamagedError that names it."""
    try:
        yield
    except (StoreError, sqlite3.Error):
        raise
    except UNREADABLE as error:
        raise damaged(path, what, error) from error


def is_of_file(error: BaseException) -> bool:
    """Whether SQLite could not read or write the file, so that it is not about one row alone."""
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    return isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", 0) & 0xFF in _OF_FILE


def is_of_schema(error: BaseException) -> bool:
    """Whether SQLite did not find a table, a column or an index that this program asks for."""
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    return isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", 0) == sqlite3.SQLITE_ERROR


def damaged(path: Path, what: str, error: Exception) -> RowDamagedError:
    """The error for one thing that cannot be read, which names it and quotes nothing of it."""
    said = f"{type(error).__name__} at {raised_at(error)}"
    return RowDamagedError(
        f"{path}: {what} cannot be read: it was damaged, or changed by another program ({said}); "
        "`annotator doctor` says what else was; restore a copy of it"
    )


def readable_article(load: Load) -> Load:
    """A function that reads something of the article that its second argument is, or whose id that is."""

    @wraps(load)
    def loaded(store: Store, article: Any, *args: Any, **named: Any) -> Any:
        with readable(store.path, f"article {str(getattr(article, 'id', article))[:12]}"):
            return load(store, article, *args, **named)

    return cast(Load, loaded)
