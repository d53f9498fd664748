"""TSV for pipes and for programs that know no quoting: the cells of CSV, one record a line, whatever it holds.

UTF-8 without a byte order mark, cells divided by one tab, lines ended by LF. There are no quotation marks around
cells: in a cell a tab is written `\\t`, a line feed `\\n` and a backslash `\\\\`, so every tab and line feed of the
file stands between cells or lines. Columns, and cells that a spreadsheet could run, are as in CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.exporters.csv import columns_of, table
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.model.record import ClaimRecord


def write_tsv(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """A heading line, then one line a record; raises ExportFailure like `rows`."""
    yield "", _lines(records, options, losses)


def _lines(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    yield ("\t".join(column.name for column in columns_of(options)) + "\n").encode()
    for cells in table(records, options, losses):
        line = "\t".join(_escaped(str(cell)) for cell in cells)
        yield f"{line}\n".encode("utf-8", errors="replace")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
