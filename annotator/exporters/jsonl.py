"""JSON Lines: one object a claim and reviewer, nested, in UTF-8 without a byte order mark."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import json_text, rows
from annotator.model.record import ClaimRecord


def write_jsonl(records: Iterable[ClaimRecord], options: ExportOptions, _losses: Losses) -> Files:
    """One line a record, each ended by LF; raises ExportFailure like `rows`."""
    # A lone surrogate, which only a hand-made record can carry, has no UTF-8 but is valid JSON as \udXXX.
    yield "", (f"{json_text(row)}\n".encode("utf-8", errors="backslashreplace") for row in rows(records, options))
