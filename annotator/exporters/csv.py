"""CSV: one flat line a claim and reviewer, with JSON in the cells of what does not fit in a flat line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import Row, json_text, rows
from annotator.model.chain import FRAGMENTS
from annotator.model.judgement import CONTENT
from annotator.model.record import ClaimRecord
from annotator.model.spreadsheet import (
    BYTE_ORDER_MARK,
    Cell,
    SafeCell,
    lines_of_safe,
    neutral_cell,
    safe_cell,
    starts_formula,
)

STEP = " > "
"""What stands between the steps of a chain."""
NOBODY = "?"
"""A step of a chain that the text does not name."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its cell from a row, and whether it is text of the article."""

    name: str
    cell: Callable[[Row], Cell]
    of_article: bool = False


def _plain(name: str, *, of_article: bool = False) -> Column:
    return Column(name, lambda row: row[name], of_article)


def _nested(name: str) -> Column:
    return Column(name, lambda row: json_text(row[name]))


def _count(name: str, of: str) -> Column:
    return Column(name, lambda row: len(row[of]))


def _first(name: str, *, of_article: bool = False) -> Column:
    """A facet of the first attribution."""
    return Column(name, lambda row: row["attributions"][0][name] if row["attributions"] else None, of_article)


def _role(name: str) -> Column:
    """The text of one role of the first attribution."""

    def cell(row: Row) -> Cell:
        if not row["attributions"]:
            return None
        return FRAGMENTS.join(span["text"] for span in row["attributions"][0]["spans"][name])

    return Column(name, cell, of_article=True)


def _chain(row: Row) -> Cell:
    if not row["attributions"]:
        return None
    return STEP.join(NOBODY if step is None else step for step in row["attributions"][0]["chain"])


def _verdict(name: str, key: str) -> Column:
    """A facet of the verdict on the content."""

    def cell(row: Row) -> Cell:
        values: list[Cell] = [verdict[key] for verdict in row["verdicts"] if verdict["target"] == CONTENT]
        return values[0] if values else None

    return Column(name, cell)


COLUMNS: tuple[Column, ...] = (
    *map(_plain, ("article_id", "article_sha256", "title", "url", "archived_url", "publisher", "author")),
    *map(_plain, ("published_at", "language", "rights", "origin", "claim_id", "ordinal", "start", "end", "block")),
    _plain("text", of_article=True),
    *map(_plain, ("reviewer", "state", "skipped", "worth", "voice", "restatement", "flag", "note", "confidence")),
    *map(_role, ("source", "cue", "content", "relay")),
    Column("chain", _chain, of_article=True),
    _first("source_id"),
    _first("source_name", of_article=True),
    *map(_first, ("type", "form", "anonymity", "negated")),
    _verdict("verdict", "value"),
    _verdict("verdict_reason", "reason"),
    _verdict("verdict_confidence", "confidence"),
    _verdict("justification", "justification"),
    _verdict("rests_on_evidence", "rests_on_evidence"),
    _count("attribution_count", "attributions"),
    _count("evidence_count", "evidence"),
    *map(_nested, ("attributions", "verdicts", "evidence", "publications")),
    *map(_plain, ("first_decided_at", "last_decided_at", "tool_version", "scheme")),
)


def write_csv(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """The byte order mark, a heading line, then one line a record; raises ExportFailure like `rows`."""
    yield "", _lines(records, options, losses)


def _lines(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK.encode()
    heading: list[list[SafeCell]] = [[column.name for column in columns_of(options)]]
    for line in lines_of_safe(chain(heading, table(records, options, losses))):
        yield line.encode("utf-8", errors="replace")


def columns_of(options: ExportOptions) -> list[Column]:
    """The columns that are written."""
    return [column for column in COLUMNS if options.with_text or not column.of_article]


def table(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[list[SafeCell]]:
    """The guarded cells of each record, in the order of `columns_of`; counts those that are not as they were."""
    columns = columns_of(options)
    for row in rows(records, options):
        cells = [column.cell(row) for column in columns]
        safe = [safe_cell(cell) for cell in cells]
        for cell, written in zip(cells, safe, strict=True):
            if isinstance(cell, str) and cell != written:
                losses.add("cells with control characters replaced", neutral_cell(cell) != cell)
                losses.add("cells with an apostrophe in front", starts_formula(neutral_cell(cell)))
        yield safe
