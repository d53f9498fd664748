"""JSON Lines: one object a claim and reviewer, nested, in UTF-8 without a byte order mark.

The first row of each article also has the whole text, as `article_text`, so that an import needs no other file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import Row, json_text, rows
from annotator.model.record import ClaimRecord


def write_jsonl(records: Iterable[ClaimRecord], options: ExportOptions, _losses: Losses) -> Files:
    """One line a record, each ended by LF; raises ExportFailure like `rows`."""
    # A lone surrogate, which only a hand-made record can carry, has no UTF-8 but is valid JSON as \udXXX.
    yield "", (f"{json_text(row)}\n".encode("utf-8", errors="backslashreplace") for row in _rows(records, options))


def _rows(records: Iterable[ClaimRecord], options: ExportOptions) -> Iterator[Row]:
    seen, written = tee(records)
    before = ""
    for record, row in zip(seen, rows(written, options), strict=True):
        first, before = record.article.id != before, record.article.id
        yield {**row, "article_text": record.article.text} if first and options.with_text else row
