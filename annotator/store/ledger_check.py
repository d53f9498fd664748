"""What the doctor asks of the ledger: every entry with its digest and seal."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.ledger import Entry
from annotator.store.connection import Store
from annotator.store.ledger import COLUMNS, JOINED, ORDER, entry_of


def sealed_entries(store: Store) -> Iterator[tuple[Entry, bytes | None, bytes, bytes]]:
    """All entries in their order, each with salt (None where it was erased), digest and seal."""
    rows = store.connection.execute(
        f"select {COLUMNS}, ledger.salt, ledger.digest, ledger.seal from ledger {JOINED} {ORDER}"
    )
    for *row, salt, digest, seal in rows:
        yield entry_of(store, row), salt, digest, seal


def entry_count(store: Store) -> int:
    """How many entries the ledger has."""
    return int(store.connection.execute("select count(*) from ledger").fetchone()[0])
