"""A database that another program deletes or empties, so that its write-ahead log is all that is left of it."""

from __future__ import annotations

from pathlib import Path

from annotator.store import Store


def leave_only_the_log(store: Store, *, emptied: bool = False) -> Path:
    """Close the store and delete its file, or empty it; gives its log, as it was before."""
    log = store.path.with_name(f"{store.path.name}-wal")
    kept = log.read_bytes()
    store.close()
    store.path.unlink()
    if emptied:
        store.path.touch()
    log.write_bytes(kept)
    return log
