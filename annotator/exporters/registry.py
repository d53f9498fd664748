"""The formats that can be exported: one row a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.exporters.csv import export_csv
from annotator.exporters.jsonl import export_jsonl
from annotator.exporters.row import ExportOptions
from annotator.model.record import ClaimRecord


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on the command line, the suffix of its file, one line about it, and what writes it.

    `export` yields the file in pieces and raises ExportFailure; what it has yielded till then is not a whole file.
    """

    name: str
    suffix: str
    summary: str
    export: Callable[[Iterable[ClaimRecord], ExportOptions], Iterator[bytes]]


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("jsonl", ".jsonl", "JSON Lines: one nested object a claim and reviewer, every field", export_jsonl),
        Format("csv", ".csv", "CSV for spreadsheets: one flat line a claim and reviewer, no formula runs", export_csv),
    )
}
