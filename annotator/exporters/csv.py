"""CSV: one flat line a claim and reviewer, with JSON in the cells of what does not fit in a flat line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import Literal, TypeAlias

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import Row, json_text, row_parts
from annotator.model.chain import FRAGMENTS
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.record import ClaimRecord
from annotator.model.spreadsheet import (
    BYTE_ORDER_MARK,
    Cell,
    SafeCell,
    guarded_cell,
    harmless,
    lines_of_safe,
    neutral_cell,
)

STEP = " > "
"""What stands between the steps of a chain."""
NOBODY = "?"
"""A step of a chain that the text does not name."""
_BETWEEN_NAMES = " "
INNER = "inner_"
"""How the columns of the innermost attribution begin."""


Part: TypeAlias = Literal["article", "claim", "outer", "inner", "verdict"]
"""What a column is about: a part of the row that is a row itself, and may be missing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its cell from its part of the row, and whether it is text of the article."""

    name: str
    cell: Callable[[Row], Cell]
    part: Part = "claim"
    of_article: bool = False


def _plain(name: str, part: Part = "claim", *, of_article: bool = False) -> Column:
    return Column(name, itemgetter(name), part, of_article)


def _nested(name: str, part: Part = "claim") -> Column:
    return Column(name, lambda row: json_text(row[name]), part)


def _count(name: str, of: str) -> Column:
    return Column(name, lambda row: len(row[of]))


def _outer(row: Row) -> Row | None:
    """The first attribution, which is nested in none."""
    found: list[Row] = row["attributions"]
    return found[0] if found else None


def _inner(row: Row) -> Row | None:
    """The attribution that is nested deepest, the first of these in the text: whoever says the claim's own words."""
    return max(row["attributions"], key=lambda each: len(each["ancestors"]), default=None)


def _on_content(row: Row) -> Row | None:
    """The verdict on the content."""
    return next((verdict for verdict in row["verdicts"] if verdict["target"] == CONTENT), None)


def _role(name: str) -> Callable[[Row], Cell]:
    return lambda attribution: FRAGMENTS.join(span["text"] for span in attribution["spans"][name])


def _chain(attribution: Row) -> Cell:
    return STEP.join(NOBODY if step is None else step for step in attribution["chain"])


def _of_attribution(part: Part, prefix: str = "") -> Iterator[Column]:
    for role in ("source", "cue", "content", "relay"):
        yield Column(prefix + role, _role(role), part, of_article=True)
    yield Column(f"{prefix}chain", _chain, part, of_article=True)
    yield Column(f"{prefix}source_id", itemgetter("source_id"), part)
    yield Column(f"{prefix}source_name", itemgetter("source_name"), part, of_article=True)
    for facet in ("type", "form", "anonymity", "negated"):
        yield Column(prefix + facet, itemgetter(facet), part)


def _evidence_url(row: Row) -> Cell:
    """The first address among the evidence; that of a copy where a piece has no other."""
    return next(filter(None, (each["url"] or each["archived_url"] for each in row["evidence"])), None)


_OF_ARTICLE = (
    "article_id", "article_sha256", "title", "url", "archived_url", "publisher", "author", "published_at", "language",
    "rights", "origin",
)  # fmt: skip

COLUMNS: tuple[Column, ...] = (
    *(_plain(name, "article") for name in _OF_ARTICLE),
    *map(_plain, ("claim_id", "ordinal", "start", "end", "block")),
    _plain("text", of_article=True),
    *map(_plain, ("reviewer", "state", "skipped", "worth", "voice", "restatement", "flag", "note", "confidence")),
    *_of_attribution("outer"),
    *_of_attribution("inner", INNER),
    Column("verdict", itemgetter("value"), "verdict"),
    Column("verdict_reason", itemgetter("reason"), "verdict"),
    Column("verdict_confidence", itemgetter("confidence"), "verdict"),
    _plain("justification", "verdict"),
    _plain("rests_on_evidence", "verdict"),
    _count("attribution_count", "attributions"),
    _count("evidence_count", "evidence"),
    Column("evidence_url", _evidence_url),
    *map(_nested, ("attributions", "verdicts", "evidence")),
    _nested("publications", "article"),
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
    table = (safe_cells(cells, losses) for cells in cells_of(records, options))
    for line in lines_of_safe(chain(heading, table)):
        yield line.encode("utf-8", errors="replace")


def columns_of(options: ExportOptions) -> list[Column]:
    """The columns that are written."""
    found = [column for column in COLUMNS if options.with_text or not column.of_article]
    if options.adjudicated:
        behind = next(at for at, column in enumerate(found, 1) if column.name == "reviewer")
        found[behind:behind] = _OF_ADJUDICATION
    return found


class _Run:
    """Columns of one part that stand side by side.

    Their cells are made again only where the part is another row: an article's are the same for all its claims.
    """

    def __init__(self, part: Part, columns: Iterable[Column]) -> None:
        self.part = part
        self._columns = tuple(columns)
        self._known: Row | None = None
        self._cells: list[Cell] = [None] * len(self._columns)

    def cells(self, row: Row | None) -> list[Cell]:
        """The cells from the row's part; empty ones where it is missing."""
        if row is not self._known:
            self._known = row
            self._cells = [None if row is None else column.cell(row) for column in self._columns]
        return self._cells


def cells_of(records: Iterable[ClaimRecord], options: ExportOptions) -> Iterator[list[Cell]]:
    """The cells of each record, in the order of `columns_of`; raises ExportFailure like `rows`."""
    runs = [_Run(part, columns) for part, columns in groupby(columns_of(options), key=attrgetter("part"))]
    for _, of_article, of_claim in row_parts(records, options):
        parts: dict[Part, Row | None] = {
            "article": of_article,
            "claim": of_claim,
            "outer": _outer(of_claim),
            "inner": _inner(of_claim),
            "verdict": _on_content(of_claim),
        }
        yield [cell for run in runs for cell in run.cells(parts[run.part])]


def safe_cells(cells: Iterable[Cell], losses: Losses) -> list[SafeCell]:
    """The cells as they are written: neutral and guarded; counts those that are changed."""
    return ["" if cell is None else _safe(cell, losses) for cell in cells]


def _safe(cell: Cell, losses: Losses) -> SafeCell:
    if not isinstance(cell, str):
        return guarded_cell(cell)
    if harmless(cell):
        return cell
    neutral = neutral_cell(cell)
    losses.add("cells with control characters replaced", neutral != cell)
    return guarded(neutral, losses)


def guarded(cell: Cell, losses: Losses) -> SafeCell:
    """The cell as it is guarded; counts it where it gets an apostrophe in front."""
    safe = guarded_cell(cell)
    losses.add("cells with an apostrophe in front", isinstance(cell, str) and safe != cell)
    return safe
