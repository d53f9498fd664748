"""The `sqlite` format: the store's SQLite export as one more file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.exporters import ExportOptions, Files, Format, InRows, Losses
from annotator.exporters.row import checked
from annotator.model.record import ClaimRecord
from annotator.model.scheme import default_scheme
from annotator.store.sqlite_export.rows import TableRows, table_rows
from annotator.store.sqlite_export.writing import LOST_TARGETS, write_sqlite_export
from annotator.temporary import temporary_folder, told_as_temporary

_PIECE = 1 << 20


def _made(records: Iterable[ClaimRecord], options: ExportOptions, _losses: Losses) -> Iterator[TableRows]:
    return table_rows(checked(records), with_text=options.with_text)


def _written(rows: Iterator[TableRows], options: ExportOptions, losses: Losses) -> Files:
    """One SQLite database, made whole in a temporary folder first; raises StoreError and NoRoomError."""
    yield "", _pieces(rows, options, losses)


def _pieces(rows: Iterator[TableRows], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    with temporary_folder() as folder:
        path = folder / "export.db"
        scheme = options.scheme or default_scheme()
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
    write=InRows(_made, _written),
    binary=True,
)
