"""CSV: one flat line a claim and reviewer, with JSON in the cells of what does not fit in a flat line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import Literal, TypeAlias

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import (
    Row,
    chain_of,
    flat_row,
    json_text,
    ordered_attributions,
    verdict_row,
    with_articles,
)
from annotator.exporters.row_json import attributions_json, evidence_json, verdicts_json
from annotator.model.attribution import Attribution
from annotator.model.chain import joined
from annotator.model.judgement import CONTENT
from annotator.model.late import NamedTuple
from annotator.model.record import ClaimRecord
from annotator.model.spreadsheet import (
    BYTE_ORDER_MARK,
    Cell,
    SafeCell,
    guarded_cell,
    harmless,
    harmless_cells,
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


Part: TypeAlias = Literal["article", "claim", "outer", "inner", "verdict", "nested"]
"""What a column is about: a part of the row that is a row itself, and may be missing."""


class Column(NamedTuple):
    """One column: its name, the key of its cell in its part of the row, and whether it is text of the article."""

    name: str
    key: str
    part: Part = "claim"
    of_article: bool = False


def _plain(name: str, part: Part = "claim", *, of_article: bool = False) -> Column:
    return Column(name, name, part, of_article)


def _of_attribution(part: Part, prefix: str = "") -> Iterator[Column]:
    for key in ("source", "cue", "content", "relay", "chain", "source_id", "source_name"):
        yield Column(prefix + key, key, part, of_article=key != "source_id")
    for facet in ("type", "form", "anonymity", "negated"):
        yield Column(prefix + facet, facet, part)


_OF_ARTICLE = (
    "article_id", "article_sha256", "title", "url", "archived_url", "publisher", "author", "published_at", "language",
    "rights", "origin",
)  # fmt: skip

_NESTED = ("attribution_count", "evidence_count", "evidence_url", "attributions", "verdicts", "evidence")

COLUMNS: tuple[Column, ...] = (
    *(_plain(name, "article") for name in _OF_ARTICLE),
    *map(_plain, ("claim_id", "ordinal", "start", "end", "block")),
    _plain("text", of_article=True),
    *map(_plain, ("reviewer", "state", "skipped", "worth", "voice", "restatement", "flag", "note", "confidence")),
    *_of_attribution("outer"),
    *_of_attribution("inner", INNER),
    Column("verdict", "value", "verdict"),
    Column("verdict_reason", "reason", "verdict"),
    Column("verdict_confidence", "confidence", "verdict"),
    _plain("justification", "verdict"),
    _plain("rests_on_evidence", "verdict"),
    *(_plain(name, "nested") for name in _NESTED),
    _plain("publications", "article"),
    *map(_plain, ("first_decided_at", "last_decided_at", "tool_version", "scheme")),
)

_OF_ADJUDICATION = (_plain("settled"), _plain("agreed"))
"""What stands behind the reviewer where the records are those of the adjudicated layer."""


def write_csv(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """The byte order mark, a heading line, then one line a record; raises ExportFailure like `rows`."""
    yield "", _lines(records, options, losses)


def _lines(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK.encode()
    heading: list[Sequence[SafeCell]] = [[column.name for column in columns_of(options)]]
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

    Their cells are made again only where the part is another row: an article's are the same for all its claims. A run
    that is `like` another has the cells of that where both are of one row.
    """

    def __init__(self, part: Part, columns: Iterable[Column], like: _Run | None = None) -> None:
        self.part = part
        self._keys = [column.key for column in columns]
        self._like = like
        self._known: Row | None = None
        self._cells: list[Cell] = [None] * len(self._keys)

    def cells(self, row: Row | None) -> list[Cell]:
        """The cells from the row's part; empty ones where it is missing."""
        if row is not self._known:
            self._known = row
            self._cells = self._cells_of(row)
        return self._cells

    def _cells_of(self, row: Row | None) -> list[Cell]:
        if row is None:
            return [None] * len(self._keys)
        if self._like is not None and row is self._like._known:
            return self._like._cells
        return [row[key] for key in self._keys]


def cells_of(records: Iterable[ClaimRecord], options: ExportOptions) -> Iterator[list[Cell]]:
    """The cells of each record, in the order of `columns_of`; raises ExportFailure like `rows`."""
    runs: list[_Run] = []
    for part, columns in groupby(columns_of(options), key=attrgetter("part")):
        runs.append(_Run(part, columns, like=runs[-1] if part == "inner" else None))
    known: Row | None = None
    article: Row = {}
    for record, of_article in with_articles(records):
        if of_article is not known:
            known, article = of_article, of_article | {"publications": json_text(of_article["publications"])}
        parts: dict[Part, Row | None] = {"article": article, **_parts(record, options)}
        yield list(chain.from_iterable([run.cells(parts[run.part]) for run in runs]))


def _parts(record: ClaimRecord, options: ExportOptions) -> dict[Part, Row | None]:
    outer = inner = None
    if found := ordered_attributions(record):
        # The first is nested in none; what is nested deepest is whoever says the claim's own words.
        deepest = max(found, key=lambda each: len(each[1]))
        outer = _attribution(record, *found[0], options)
        inner = outer if deepest is found[0] else _attribution(record, *deepest, options)
    on_content = next((verdict for verdict in record.verdicts if verdict.target == CONTENT), None)
    claim = flat_row(record, options)
    if options.adjudicated:
        claim["agreed"] = _BETWEEN_NAMES.join(record.agreed)
    return {
        "claim": claim,
        "outer": outer,
        "inner": inner,
        "verdict": None if on_content is None else verdict_row(record, on_content),
        "nested": _nested(record, options),
    }


def _attribution(
    record: ClaimRecord, attribution: Attribution, ancestors: Sequence[str], options: ExportOptions
) -> Row:
    source = record.sources.get(attribution.id)
    row: Row = {"source_id": source.id if source else None, **attribution.facets()}
    if options.with_text:
        text, cue, relay = record.article.text, attribution.cue, attribution.relay
        row["source"] = joined(attribution.source, text)
        row["cue"] = cue.slice(text) if cue else ""
        row["content"] = joined(attribution.content, text)
        row["relay"] = relay.slice(text) if relay else ""
        row["chain"] = STEP.join(NOBODY if step is None else step for step in chain_of(record, attribution, ancestors))
        row["source_name"] = source.name if source else None
    return row


def _nested(record: ClaimRecord, options: ExportOptions) -> Row:
    """What does not fit in a flat line, as JSON, and what can be said of it in one; the first address of evidence."""
    addresses = (each.url or each.archived_url for each in record.evidence)
    return {
        "attribution_count": len(record.attributions),
        "evidence_count": len(record.evidence),
        "evidence_url": next(filter(None, addresses), None),
        "attributions": attributions_json(record, options),
        "verdicts": verdicts_json(record),
        "evidence": evidence_json(record),
    }


def safe_cells(cells: Sequence[Cell], losses: Losses) -> Sequence[SafeCell]:
    """The cells as they are written: neutral and guarded; counts those that are changed."""
    harmless_texts = harmless_cells(cells)
    if harmless_texts is not None:
        return harmless_texts
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
