"""CSV: one flat line a claim and reviewer, with JSON in the cells of what does not fit in a flat line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import ne

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import Row, json_text, rows
from annotator.model.chain import FRAGMENTS
from annotator.model.judgement import CONTENT
from annotator.model.record import ClaimRecord
from annotator.model.spreadsheet import (
    BYTE_ORDER_MARK,
    Cell,
    SafeCell,
    guarded_cell,
    lines_of_safe,
    neutral_cell,
    starts_formula,
)

STEP = " > "
"""What stands between the steps of a chain."""
NOBODY = "?"
"""A step of a chain that the text does not name."""
_BETWEEN_NAMES = " "
INNER = "inner_"
"""How the columns of the innermost attribution begin."""


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


def _outer(row: Row) -> Row | None:
    """The first attribution, which is nested in none."""
    found: list[Row] = row["attributions"]
    return found[0] if found else None


def _inner(row: Row) -> Row | None:
    """The attribution that is nested deepest, the first of these in the text: whoever says the claim's own words."""
    return max(row["attributions"], key=lambda each: len(each["ancestors"]), default=None)


def _role(name: str) -> Callable[[Row], Cell]:
    return lambda attribution: FRAGMENTS.join(span["text"] for span in attribution["spans"][name])


def _chain(attribution: Row) -> Cell:
    return STEP.join(NOBODY if step is None else step for step in attribution["chain"])


_OF_ATTRIBUTION: tuple[Column, ...] = (
    *(Column(role, _role(role), of_article=True) for role in ("source", "cue", "content", "relay")),
    Column("chain", _chain, of_article=True),
    _plain("source_id"),
    _plain("source_name", of_article=True),
    *map(_plain, ("type", "form", "anonymity", "negated")),
)


def _of(attribution: Callable[[Row], Row | None], prefix: str) -> Iterator[Column]:
    """The columns of one attribution of the row, empty where there is none."""
    for column in _OF_ATTRIBUTION:

        def cell(row: Row, column: Column = column) -> Cell:
            found = attribution(row)
            return None if found is None else column.cell(found)

        yield Column(prefix + column.name, cell, column.of_article)


def _evidence_url(row: Row) -> Cell:
    """The first address among the evidence; that of a copy where a piece has no other."""
    return next(filter(None, (each["url"] or each["archived_url"] for each in row["evidence"])), None)


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
    *_of(_outer, ""),
    *_of(_inner, INNER),
    _verdict("verdict", "value"),
    _verdict("verdict_reason", "reason"),
    _verdict("verdict_confidence", "confidence"),
    _verdict("justification", "justification"),
    _verdict("rests_on_evidence", "rests_on_evidence"),
    _count("attribution_count", "attributions"),
    _count("evidence_count", "evidence"),
    Column("evidence_url", _evidence_url),
    *map(_nested, ("attributions", "verdicts", "evidence", "publications")),
    *map(_plain, ("first_decided_at", "last_decided_at", "tool_version", "scheme")),
)

_OF_ADJUDICATION: tuple[Column, ...] = (
    _plain("settled"),
    Column("agreed", lambda row: _BETWEEN_NAMES.join(row["agreed"])),
)
"""What stands behind the reviewer where the records are those of the adjudicated layer."""


def write_csv(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """The byte order mark, a heading line, then one line a record; raises ExportFailure like `rows`."""
    yield "", _lines(records, options, losses)


def _lines(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK.encode()
    heading: list[list[SafeCell]] = [[column.name for column in columns_of(options)]]
    for line in lines_of_safe(chain(heading, _table(records, options, losses))):
        yield line.encode("utf-8", errors="replace")


def columns_of(options: ExportOptions) -> list[Column]:
    """The columns that are written."""
    found = [column for column in COLUMNS if options.with_text or not column.of_article]
    if options.adjudicated:
        behind = next(at for at, column in enumerate(found, 1) if column.name == "reviewer")
        found[behind:behind] = _OF_ADJUDICATION
    return found


def cells_of(records: Iterable[ClaimRecord], options: ExportOptions) -> Iterator[list[Cell]]:
    """The cells of each record, in the order of `columns_of`; raises ExportFailure like `rows`."""
    columns = columns_of(options)
    for row in rows(records, options):
        yield [column.cell(row) for column in columns]


def count_guarded(cells: Iterable[Cell], losses: Losses) -> None:
    """Count the cells that get an apostrophe in front."""
    losses.add(
        "cells with an apostrophe in front", sum(isinstance(cell, str) and starts_formula(cell) for cell in cells)
    )


def _table(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[list[SafeCell]]:
    for cells in cells_of(records, options):
        neutral = [neutral_cell(cell) if isinstance(cell, str) else cell for cell in cells]
        losses.add("cells with control characters replaced", sum(map(ne, cells, neutral)))
        count_guarded(neutral, losses)
        yield [guarded_cell(cell) for cell in neutral]
