"""A new database where there is none: it is made whole, or nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.errors import StoreError
from annotator.model.scheme import Scheme
from annotator.store.connection import Store
from annotator.store.file.neighbours import LOG, neighbour
from annotator.store.opening import open_store


def check_free(target: Path, made: str) -> None:
    """Raise StoreError where a file is at `target`, or the log of one: SQLite would take that for the new one's.

    So it is where its folder is not there, which may be a slip of the hand. `made` is what is to be there, in words.
    """
    if not target.parent.exists():
        raise StoreError(f"{target}: its folder does not exist; make it first")
    for file in (target, neighbour(target, LOG)):
        if file.exists():
            raise StoreError(f"{file}: it is there already, and {made} replaces nothing; name another file with -o")


@contextmanager
def new_store(target: Path, made: str, scheme: Scheme | None = None) -> Iterator[Store]:
    """A new store to be filled; whatever stops that leaves no file. Raises StoreError as `check_free` does."""
    check_free(target, made)
    try:
        with closing(open_store(target, scheme=scheme)) as store:
            yield store
    except BaseException:
        for suffix in ("", "-journal", LOG, "-shm"):
            neighbour(target, suffix).unlink(missing_ok=True)
        raise
