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

from annotator.exporters.csv import guarded, in_quotation_marks
from annotator.exporters.flat_line import columns_of, lines_of
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.model.record import ClaimRecord

_SHORT = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Lone surrogates, which only a hand-made record can carry, have no UTF-8.
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def write_tsv(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """A heading line, then one line a record; raises ExportFailure like `rows`."""
    yield "", _lines(records, options, losses)


def _lines(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    yield ("\t".join(column.name for column in columns_of(options)) + "\n").encode()
    for line in lines_of(records, options, _TsvCells(losses)):
        try:
            yield f"{line}\n".encode()
        except UnicodeEncodeError:
            yield f"{_SURROGATE.sub(_escape, line)}\n".encode()


class _TsvCells:
    """Cells on one line: guarded, escaped, and in quotation marks where they hold some."""

    separator = "\t"

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self.changed = 0

    def harmless(self, text: str) -> str:
        """The cell of a text that no spreadsheet runs, and of which every character shows."""
        # Of what is escaped only backslashes show.
        return _quoted(text.replace("\\", _SHORT["\\"]))

    def other(self, text: str) -> str:
        """The cell of any other text."""
        safe = str(guarded(text, self._losses))
        self.changed += safe != text
        return _quoted(_ESCAPED.sub(_escape, safe))

    json = harmless


def _quoted(text: str) -> str:
    return in_quotation_marks(text) if '"' in text else text


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"
