"""What the doctor asks of the ledger: digests and seals, and whether what entries name is there."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.ledger import Entry
from annotator.store.connection import Store
from annotator.store.ledger import COLUMNS, DECISION, JOINED, KINDS, ORDER, REDO, UNDO, entry_of
from annotator.store.packing import unpacked_id


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


def loose_ends(store: Store) -> Iterator[tuple[str, str]]:
    """The id and kind of every undo that names no earlier decision, and every redo that names no earlier undo."""
    rows = store.connection.execute(
        "select ledger.id, ledger.kind from ledger join name origin on origin.key = ledger.database "
        "left join ledger undone on undone.key = ledger.undoes "
        "left join name before on before.key = undone.database "
        f"where ledger.kind in ({UNDO}, {REDO}) and (undone.key is null "
        f"or undone.kind <> case ledger.kind when {UNDO} then {DECISION} else {UNDO} end "
        "or (undone.lamport, before.text, undone.id) >= (ledger.lamport, origin.text, ledger.id))"
    )
    for id_, kind in rows:
        yield unpacked_id(id_), KINDS[kind]


def erased_without_purge(store: Store) -> Iterator[str]:
    """The ids of entries whose payloads were erased though their article was not purged."""
    rows = store.connection.execute(
        "select ledger.id from ledger left join article on article.ordinal = ledger.article "
        "where erased = 1 and purged_at is null"
    )
    for (id_,) in rows:
        yield unpacked_id(id_)
