"""CSV: one flat line a claim and reviewer, with JSON in the cells of what does not fit in a flat line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotator.exporters.flat_line import columns_of, lines_of
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.model.record import ClaimRecord
from annotator.model.spreadsheet import (
    BYTE_ORDER_MARK,
    Cell,
    SafeCell,
    guarded_cell,
    harmless,
    neutral_cell,
)


def write_csv(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """The byte order mark, a heading line, then one line a record; raises ExportFailure like `rows`."""
    yield "", _lines(records, options, losses)


def _lines(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    yield f"{BYTE_ORDER_MARK}{','.join(column.name for column in columns_of(options))}\r\n".encode()
    for line in lines_of(records, options, CsvCells(losses)):
        yield f"{line}\r\n".encode("utf-8", "replace")


class CsvCells:
    """Cells of RFC 4180: neutral, guarded, and in quotation marks where they have to be."""

    separator = ","

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self.changed = 0

    def harmless(self, text: str) -> str:
        """The cell of a text that no spreadsheet runs, and of which every character shows."""
        return in_quotation_marks(text) if '"' in text or "," in text else text

    def other(self, text: str) -> str:
        """The cell of any other text, which may hold line breaks."""
        safe = str(_safe(text, self._losses))
        self.changed += safe != text
        return in_quotation_marks(safe) if _QUOTING.search(safe) else safe

    json = harmless


_QUOTING = re.compile('[",\r\n]')


def in_quotation_marks(text: str) -> str:
    """The text in quotation marks, and those in it doubled."""
    return '"' + text.replace('"', '""') + '"'


def _safe(cell: Cell, losses: Losses) -> SafeCell:
    if not isinstance(cell, str):
        return guarded_cell(cell)
    if harmless(cell):
        return cell
    neutral = neutral_cell(cell)
    losses.add("cell[s] with control characters replaced", neutral != cell)
    return guarded(neutral, losses)


def guarded(cell: Cell, losses: Losses) -> SafeCell:
    """The cell as it is guarded; counts it where it gets an apostrophe in front."""
    safe = guarded_cell(cell)
    losses.add("cell[s] with an apostrophe in front", isinstance(cell, str) and safe != cell)
    return safe
