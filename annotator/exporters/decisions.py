"""The long table of decisions: one row a claim, reviewer and facet, for statistics programs.

CSV as our others, guarded, in UTF-8 with a byte order mark. `value` is the independent first decision, which is what
agreement is measured on: `annotator agreement` reads the table as it is. `present` is what the reviewer says by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotator.exporters.csv import safe_cells
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import checked
from annotator.model.facets import FACETS, facet_values
from annotator.model.judgement import CONTENT
from annotator.model.record import ClaimRecord
from annotator.model.spreadsheet import BYTE_ORDER_MARK, Cell, SafeCell, lines_of_safe

COLUMNS = (
    "article",
    "unit",
    "start",
    "end",
    "reviewer",
    "facet",
    "value",
    "present",
    "suggestion",
    "scheme",
    "first_done_at",
    "last_decided_at",
    "state",
)


def write_decisions(records: Iterable[ClaimRecord], _options: ExportOptions, losses: Losses) -> Files:
    """The heading, then a row for each facet in which a claim has a value; raises ExportFailure like `checked`."""
    yield "", _lines(records, losses)


def _lines(records: Iterable[ClaimRecord], losses: Losses) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK.encode()
    for line in lines_of_safe(_table(records, losses)):
        yield line.encode("utf-8", errors="replace")


def _table(records: Iterable[ClaimRecord], losses: Losses) -> Iterator[Sequence[SafeCell]]:
    yield list(COLUMNS)
    for record in checked(records):
        for cells in _rows(record):
            losses.written += 1
            yield safe_cells(cells, losses)


def _rows(record: ClaimRecord) -> Iterator[list[Cell]]:
    verdict = next((verdict.value for verdict in record.verdicts if verdict.target == CONTENT), None)
    sources = {id_: entity.id for id_, entity in record.sources.items()}
    present = facet_values(record.judgement, verdict, record.attributions, sources)
    first = record.first
    values = first.values if first is not None else {}
    for facet in FACETS:
        if facet not in present and facet not in values:
            continue
        yield [
            record.article.id,
            record.claim_id,
            record.span.start,
            record.span.end,
            record.reviewer,
            facet,
            values.get(facet),
            present.get(facet),
            first.outcomes.get(facet) if first is not None else None,
            first.scheme if first is not None else None,
            first.at if first is not None else None,
            record.last_decided_at,
            record.state.value,
        ]
