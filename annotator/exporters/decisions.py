"""The long table of decisions: one row a claim, reviewer and facet, for statistics programs.

CSV as our others, guarded, in UTF-8 with a byte order mark. `value` is the independent first decision, which is what
agreement is measured on: `annotator agreement` reads the table as it is. `present` is what the reviewer says by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from annotator.exporters.csv import CsvCells
from annotator.exporters.flat_line import WrittenCells
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import checked
from annotator.model.facets import FACETS, facet_values
from annotator.model.judgement import CONTENT
from annotator.model.record import ClaimRecord, FirstValues
from annotator.model.spreadsheet import BYTE_ORDER_MARK, Cell

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
    yield f"{BYTE_ORDER_MARK}{','.join(COLUMNS)}\r\n".encode()
    cells = CsvCells(losses)
    known = WrittenCells(cells)
    for record in checked(records):
        lines = list(_lines_of(record, cells, known))
        losses.written += len(lines)
        yield "".join(lines).encode("utf-8", errors="replace")


def _lines_of(record: ClaimRecord, cells: CsvCells, known: Mapping[Cell, str]) -> Iterator[str]:
    verdict = next((verdict.value for verdict in record.verdicts if verdict.target == CONTENT), None)
    sources = {id_: entity.id for id_, entity in record.sources.items()}
    present = facet_values(record.judgement, verdict, record.attributions, sources)
    first = record.first or _NO_FIRST
    values, outcomes = first.values, first.outcomes
    facets = [facet for facet in FACETS if facet in present or facet in values]
    # Every line has these, and what they lose is counted in each.
    alike = record.reviewer, first.scheme, first.at or None, record.last_decided_at
    claim = f"{record.article.id},{record.claim_id},{record.span.start},{record.span.end}"
    state = record.state.value
    written, loses = ("", "", "", ""), True
    for facet in facets:
        if loses:
            before = cells.changed
            written = known[alike[0]], known[alike[1]], known[alike[2]], known[alike[3]]
            loses = cells.changed > before
        reviewer, scheme, at, last = written
        yield (
            f"{claim},{reviewer},{facet},{known[values.get(facet)]},{known[present.get(facet)]},"
            f"{known[outcomes.get(facet)]},{scheme},{at},{last},{state}\r\n"
        )


_NO_FIRST = FirstValues({}, {}, "", "")
