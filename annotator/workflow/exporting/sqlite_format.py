"""The `sqlite` format: the store's SQLite export as one more file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.exporters import ExportOptions, Format, Losses
from annotator.exporters.row import checked
from annotator.model.record import ClaimRecord
from annotator.model.scheme import default_scheme
from annotator.store.sqlite_export.rows import table_rows
from annotator.store.sqlite_export.writing import LOST_TARGETS, write_sqlite_export
from annotator.temporary import temporary_folder, told_as_temporary

_PIECE = 1 << 20


def write_sqlite(
    records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """One SQLite database, made whole in a temporary folder first; raises ExportFailure, StoreError and NoRoomError."""
    yield "", _pieces(records, options, losses)


def _pieces(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    with temporary_folder() as folder:
        path = folder / "export.db"
        scheme = options.scheme or default_scheme()
        rows = table_rows(checked(records), with_text=options.with_text)
        with told_as_temporary():
            lost = write_sqlite_export(rows, path, scheme, with_text=options.with_text)
        losses.add(LOST_TARGETS, lost)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


SQLITE = Format(
    "sqlite",
    ".db",
    "SQLite for Datasette and SQL: flat, documented tables and views with full text search",
    keeps="everything, in tables that say what their columns mean; no ledger",
    loses=("the version of the program",),
    offsets="code points",
    write=write_sqlite,
    binary=True,
)
