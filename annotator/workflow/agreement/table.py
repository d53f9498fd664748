"""Tables of ratings that other programs wrote, measured without a database."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Protocol, TextIO

from annotator.agreement import Level
from annotator.agreement.ratings import RatingTable, is_number
from annotator.errors import AgreementError
from annotator.importers.files import STANDARD_INPUT, called, open_given
from annotator.reports.agreement import AgreementReport
from annotator.workflow.agreement.rows import ReportParts

COLUMNS = ("unit", "reviewer", "value")
CLUSTER, FACET = "article", "facet"
_DELIMITERS = (",", ";", "\t")


def table_agreement(
    path: Path,
    *,
    level: Level,
    orders: Sequence[str],
    resamples: int,
    seed: int,
    tell: Callable[[str], None] = lambda _: None,
) -> AgreementReport:
    """The agreement in a CSV table with the columns unit, reviewer and value, and perhaps article and facet.

    Between the cells stands a comma, a semicolon or a tab; names of columns may have capitals.
    Each facet is measured by itself, in the order in which they come. Units of one article are resampled together;
    without that column every unit stands for itself. Empty values are missing ones. An order is "a,b,c" for every
    facet or "facet=a,b,c" for one that there is. Where the level needs an order and the alphabet had to give it, `tell`
    is given a line that says so. The path - is standard input. Raises AgreementError.
    """
    named = called(str(path))
    facets = _facets(path)
    if not facets:
        raise AgreementError(f"{named}: there is no value below the header")
    parts = ReportParts(resamples, seed)
    for facet, given in facets.items():
        order = _order_of(facet, orders)
        try:
            ratings = given.ratings(level=level, order=order)
        except AgreementError as error:
            raise AgreementError(f"{named}: {error}") from error
        if level is not Level.NOMINAL and not order and not all(map(is_number, ratings.categories)):
            seen = ", ".join(ratings.categories)
            tell(f"{facet}: the alphabet gives the order ({seen}); --order {facet}=... gives another")
        parts.add(facet, ratings)
    return parts.report(called(path.name))


def _order_of(facet: str, orders: Sequence[str]) -> list[str]:
    """The categories of a facet: the last order that is its own, else the last that is for all; none where none is."""
    own = [order.removeprefix(f"{facet}=") for order in orders if order.startswith(f"{facet}=")]
    general = [order for order in orders if "=" not in order]
    given = next(reversed(own or general), "")
    return [name for each in given.split(",") if (name := each.strip())]


def _facets(path: Path) -> dict[str, RatingTable]:
    """The ratings of each facet; raises AgreementError."""
    facets: dict[str, RatingTable] = {}
    named = called(str(path))
    try:
        with _opened(path) as file:
            delimiter = _delimiter(file.readline())
            file.seek(0)
            for facet, rating in _ratings(named, csv.reader(file, delimiter=delimiter, strict=True)):
                table = facets.get(facet)
                if table is None:
                    table = facets[facet] = RatingTable()
                table.add(*rating)
    except OSError as error:
        raise AgreementError(f"{named}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise AgreementError(f"{named}: not UTF-8; save it as UTF-8") from error
    except csv.Error as error:
        raise AgreementError(f"{named}: not a CSV table: {error}") from error
    return facets


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """The table's text, or that of standard input for -, which can be gone through twice."""
    if str(path) != STANDARD_INPUT:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file
        return
    with open_given(STANDARD_INPUT) as source:
        yield TextIOWrapper(source.stream, encoding="utf-8-sig", newline="")


def _delimiter(heading: str) -> str:
    """What stands between the cells: a semicolon or a tab where the heading is only then one."""
    for delimiter in _DELIMITERS:
        if set(COLUMNS) <= set(_named(next(csv.reader([heading], delimiter=delimiter), []))):
            return delimiter
    return _DELIMITERS[0]


def _named(heading: Iterable[str]) -> list[str]:
    """The names of the columns, in small letters."""
    return [name.strip().casefold() for name in heading]


class _Lines(Iterator[list[str]], Protocol):
    """What csv.reader returns: rows, and the number of the line that the last one ends on."""

    line_num: int


def _ratings(named: str, lines: _Lines) -> Iterator[tuple[str, tuple[str, str, str, str]]]:
    """Facet of each value, and unit, reviewer, value and cluster; units without an article are their own."""
    head = _named(next(lines, []))
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        there = ", ".join(head) or "none"
        raise AgreementError(f"{named}: no column {missing[0]!r} (there: {there}); wanted: {', '.join(COLUMNS)}")
    places = [head.index(name) if name in head else None for name in (*COLUMNS, CLUSTER, FACET)]
    for row in filter(None, lines):
        unit, reviewer, value, cluster, facet = (_cell(row, at) for at in places)
        if not unit or not reviewer:
            raise AgreementError(f"{named}: line {lines.line_num}: a row without its unit or reviewer")
        if value:
            yield facet or "value", (unit, reviewer, value, cluster or unit)


def _cell(row: Sequence[str], at: int | None) -> str:
    """A cell without the white space around it; empty where the column or the cell is missing."""
    return row[at].strip() if at is not None and at < len(row) else ""
