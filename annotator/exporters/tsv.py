"""TSV for pipes: the columns of CSV, one record a line whatever it holds, and every text as it is.

UTF-8 without a byte order mark, cells divided by one tab, lines ended by LF. In a cell a tab is written `\\t`, a line
feed `\\n`, a carriage return `\\r`, a backslash `\\\\`, and any other character that could end a line or steer a
terminal `\\u` with four hexadecimal digits: every tab and line end of the file stands between cells or lines. A cell
that holds a quotation mark stands in quotation marks, and those inside are doubled: pandas, R, Polars, LibreOffice and
Python's csv take a quotation mark for the beginning of such a cell unless they are told not to, and would join what
follows to it. Cells that a spreadsheet could run are guarded as in CSV.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotator.exporters.csv import cells_of, columns_of, guarded
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.model.record import ClaimRecord
from annotator.model.spreadsheet import SafeCell, harmless_cells

_SHORT = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
# Lone surrogates, which only a hand-made record can carry, have no UTF-8.
_ESCAPED = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def write_tsv(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """A heading line, then one line a record; raises ExportFailure like `rows`."""
    yield "", _lines(records, options, losses)


def _lines(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    yield ("\t".join(column.name for column in columns_of(options)) + "\n").encode()
    for cells in cells_of(records, options):
        texts = harmless_cells(cells)
        if texts is not None:
            # Of what is escaped only backslashes show.
            line = "\t".join([_quoted(text.replace("\\", _SHORT["\\"])) for text in texts])
        else:
            line = "\t".join([_written(guarded(cell, losses)) for cell in cells])
        yield f"{line}\n".encode()


def _written(cell: SafeCell) -> str:
    return _quoted(_ESCAPED.sub(_escape, str(cell)))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if '"' in text else text


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"
