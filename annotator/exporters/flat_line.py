"""A claim record as one flat line: its columns, and the line made of cells as a format writes them.

What an article says of itself stands in every line of it, and most of what else is said was said before: cells are
written once where they are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Literal, Protocol, TypeAlias

from annotator.exporters.options import ExportOptions
from annotator.exporters.row import (
    Row,
    chain_of,
    flat_row,
    json_text,
    ordered_attributions,
    verdict_row,
    with_articles,
)
from annotator.exporters.row_json import RowJson, evidence_json
from annotator.model.attribution import Attribution
from annotator.model.chain import joined
from annotator.model.judgement import CONTENT
from annotator.model.late import NamedTuple
from annotator.model.record import ClaimRecord
from annotator.model.spreadsheet import Cell, harmless

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


def columns_of(options: ExportOptions) -> list[Column]:
    """The columns that are written."""
    found = [column for column in COLUMNS if options.with_text or not column.of_article]
    if options.adjudicated:
        behind = next(at for at, column in enumerate(found, 1) if column.name == "reviewer")
        found[behind:behind] = _OF_ADJUDICATION
    return found


class Cells(Protocol):
    """How a format writes cells; `changed` counts those that it had to change, and has told of as losses."""

    separator: str
    changed: int

    def harmless(self, text: str) -> str:
        """The cell of a text that no spreadsheet runs, and of which every character shows."""

    def other(self, text: str) -> str:
        """The cell of any other text."""

    def json(self, text: str) -> str:
        """The cell of a list in JSON on one line: it begins with a bracket and has no control characters."""


def lines_of(records: Iterable[ClaimRecord], options: ExportOptions, cells: Cells) -> Iterator[str]:
    """The line of each record, in the order of `columns_of`, without its end; raises ExportFailure like `rows`."""
    written = WrittenCells(cells)
    runs: list[tuple[Part, _Run]] = []
    for part, columns in groupby(columns_of(options), key=attrgetter("part")):
        runs.append((part, _Run(list(columns), cells, written, like=runs[-1][1] if part == "inner" else None)))
    made = RowJson(options)
    known: Row | None = None
    article: Row = {}
    for record, of_article in with_articles(records):
        if of_article is not known:
            known, article = of_article, of_article | {"publications": json_text(of_article["publications"])}
        parts = _parts(record, options, made)
        parts["article"] = article
        yield cells.separator.join([run.written(parts[part]) for part, run in runs])


class WrittenCells(dict[Cell, str]):
    """Cells as they are written: those that come again and again are looked at once; numbers are no keys of it."""

    def __init__(self, cells: Cells) -> None:
        super().__init__(_PLAIN)
        self._cells = cells

    def __missing__(self, cell: Any) -> str:
        if not harmless(cell):
            # What was lost is counted each time.
            return self._cells.other(cell)
        made = self._cells.harmless(cell)
        if len(cell) <= _LONGEST_KNOWN:
            if len(self) >= _MOST_KNOWN:
                self.clear()
                self.update(_PLAIN)
            self[cell] = made
        return made


_PLAIN: dict[Cell, str] = {None: "", True: "true", False: "false"}
_LONGEST_KNOWN, _MOST_KNOWN = 30, 5_000
# A claim's id has been checked to be hexadecimal digits.
_NUMBERS = frozenset(("claim_id", "ordinal", "start", "end", "attribution_count", "evidence_count"))
_JSON = frozenset(("attributions", "verdicts", "evidence", "publications"))


def _kind(column: Column) -> str:
    return "number" if column.key in _NUMBERS else "json" if column.key in _JSON else "text"


def _writers(columns: Iterable[Column], cells: Cells, known: WrittenCells) -> list[Callable[[Row], Iterable[str]]]:
    """For each stretch of columns of one kind what writes their cells of a row."""
    how: dict[str, Callable[[Any], str]] = {"number": str, "json": cells.json, "text": known.__getitem__}
    found: list[Callable[[Row], Iterable[str]]] = []
    for kind, same in groupby(columns, key=_kind):
        keys = [column.key for column in same]
        # With one key it gives no tuple.
        of_row = itemgetter(*keys) if len(keys) > 1 else _alone(*keys)
        found.append(partial(_mapped, how[kind], of_row))
    return found


def _alone(key: str) -> Callable[[Row], tuple[Cell]]:
    return lambda row: (row[key],)


def _mapped(write: Callable[[Any], str], of_row: Callable[[Row], Iterable[Cell]], row: Row) -> Iterable[str]:
    return map(write, of_row(row))


class _Run:
    """Columns of one part that stand side by side.

    Their cells are made again only where the part is another row: an article's are the same for all its claims. A run
    that is `like` another has the cells of that where both are of one row.
    """

    def __init__(self, columns: Sequence[Column], cells: Cells, known: WrittenCells, like: _Run | None = None) -> None:
        self._writers = _writers(columns, cells, known)
        self._cells, self._like = cells, like
        self._missing = cells.separator * (len(columns) - 1)
        self._row: Row | None = None
        self._written = ""

    def written(self, row: Row | None) -> str:
        """The cells from the row's part; empty ones where it is missing."""
        if row is None:
            return self._missing
        if row is self._row:
            return self._written
        if self._like is not None and row is self._like._row:
            return self._like._written
        before = self._cells.changed
        self._written = self._cells.separator.join([cell for write in self._writers for cell in write(row)])
        # What is lost is counted for every line.
        self._row = row if self._cells.changed == before else None
        return self._written


def _parts(record: ClaimRecord, options: ExportOptions, made: RowJson) -> dict[Part, Row | None]:
    outer = inner = None
    if found := ordered_attributions(record):
        # The first is nested in none; what is nested deepest is whoever says the claim's own words.
        deepest = max(found, key=lambda each: len(each[1]))
        outer = _attribution(record, *found[0], options)
        inner = outer if deepest is found[0] else _attribution(record, *deepest, options)
    on_content = None
    for verdict in record.verdicts:
        if verdict.target == CONTENT:
            on_content = verdict
            break
    claim = flat_row(record, options)
    if options.adjudicated:
        claim["agreed"] = _BETWEEN_NAMES.join(record.agreed)
    return {
        "claim": claim,
        "outer": outer,
        "inner": inner,
        "verdict": None if on_content is None else verdict_row(record, on_content),
        "nested": _nested(record, made),
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


def _nested(record: ClaimRecord, made: RowJson) -> Row:
    """What does not fit in a flat line, as JSON, and what can be said of it in one; the first address of evidence."""
    addresses = [each.url or each.archived_url for each in record.evidence]
    return {
        "attribution_count": len(record.attributions),
        "evidence_count": len(record.evidence),
        "evidence_url": next(filter(None, addresses), None) if addresses else None,
        "attributions": made.attributions(record),
        "verdicts": made.verdicts(record),
        "evidence": evidence_json(record),
    }
