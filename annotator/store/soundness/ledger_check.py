"""What the doctor asks of the ledger: every entry with its digest and seal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from annotator.model.late import dataclass
from annotator.model.ledger import Entry
from annotator.store.connection import Store
from annotator.store.ledger import COLUMNS, JOINED, ORDER, entry_of

Sealed = tuple[Entry, bytes | None, bytes, bytes]
"""An entry with its salt (None where it was erased), digest and seal."""
_SEALED = f"{COLUMNS}, ledger.salt, ledger.digest, ledger.seal, ledger.key, ledger.reviewer"


def sealed_entries(store: Store) -> Iterator[Sealed]:
    """All entries in their order."""
    for line in _lines(store, "ledger", "1", ()):
        yield line.sealed(store)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the table has it, with its number in the file and that of its reviewer."""

    row: Sequence[Any]
    key: int
    reviewer: int | None

    def sealed(self, store: Store) -> Sealed:
        """The entry; raises RowDamagedError where it cannot be read."""
        *row, salt, digest, seal = self.row
        return entry_of(store, row), salt, digest, seal


def lines_of_article(store: Store, article: int) -> Iterator[Line]:
    """The entries of an article, by its ordinal, in their order."""
    return _lines(store, "ledger indexed by ledger_by_article", "ledger.article = ?", (article,))


def lines_of_no_article(store: Store) -> Iterator[Line]:
    """The entries of no article, and of articles that are not there, in their order."""
    known = "exists (select 1 from article there where there.ordinal = ledger.article)"
    return _lines(store, "ledger indexed by ledger_order", f"not {known}", ())


def _lines(store: Store, table: str, where: str, parameters: Sequence[Any]) -> Iterator[Line]:
    rows = store.connection.execute(f"select {_SEALED} from {table} {JOINED} where {where} {ORDER}", parameters)
    return (Line(row[:-2], row[-2], row[-1]) for row in rows)


def entry_count(store: Store) -> int:
    """How many entries the ledger has."""
    return int(store.connection.execute("select count(*) from ledger").fetchone()[0])
