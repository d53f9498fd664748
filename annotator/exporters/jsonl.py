"""JSON Lines: one object a claim and reviewer, nested, in UTF-8 without a byte order mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.exporters.row import ExportOptions, json_text, rows
from annotator.model.record import ClaimRecord


def export_jsonl(records: Iterable[ClaimRecord], options: ExportOptions) -> Iterator[bytes]:
    """One line a record, each ended by LF; raises ExportFailure like `rows`."""
    for row in rows(records, options):
        # A lone surrogate, which only a hand-made record can carry, has no UTF-8 but is valid JSON as \udXXX.
        yield f"{json_text(row)}\n".encode("utf-8", errors="backslashreplace")
