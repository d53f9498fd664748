"""The layouts of the report on agreement: one row a layout."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from rich.cells import cell_len

from annotator.model.reviewer import ADJUDICATED
from annotator.model.spreadsheet import BYTE_ORDER_MARK, Cell, csv_lines
from annotator.model.text import neutral_line
from annotator.reports.agreement import (
    AgreementReport,
    AgreementRow,
    ConfusionTable,
    DisputedClaim,
    LabelRow,
    Split,
)
from annotator.reports.agreement_page import agreement_html
from annotator.reports.agreement_wording import (
    ROW_FIELDS,
    WITH_LAYER,
    between,
    cells_of,
    facet_title,
    figure,
    notes,
    opening_command,
    said_of,
    units,
    value_of,
    value_words,
)
from annotator.reports.markdown import escaped, table_row
from annotator.reports.terminal import LEAST_WIDTH, fitted, wrapped
from annotator.reports.wording import period_values

_NAME = 28
_FEW_TABLES = 3
_MANY_LABELS = 12
"""More tables of pairs, and more labels, than that are for the other layouts."""


_PLAIN = ("facets", "labels", "confusion", "texts", "left_out")


def row_values(row: AgreementRow) -> dict[str, Any]:
    """A row under the names of ROW_FIELDS, unrounded; null where there is no value."""
    values = {name: getattr(row, name) for name in ROW_FIELDS}
    return {**values, "reviewers": list(row.reviewers), "undefined": row.undefined or None}


def how_values(report: AgreementReport) -> dict[str, Any]:
    """What was measured of what, and how the intervals were drawn; with the period where there is one."""
    return {
        "source": report.source,
        **({"pass": report.pass_} if report.pass_ else {}),
        **period_values(report.period),
        "resamples": report.resamples,
        "seed": report.seed,
    }


def agreement_json(report: AgreementReport, _width: int) -> str:
    """One JSON object; `rows` are the coefficients of the whole, unrounded, those of parts are in `splits`."""
    whole: dict[str, Any] = {
        **how_values(report),
        "rows": list(map(row_values, report.rows)),
        "adjudicated": list(map(row_values, report.adjudicated)),
        "splits": [{**asdict(split), "rows": list(map(row_values, split.rows))} for split in report.splits],
        "disputed": [{**asdict(each), "open": opening_command(each)} for each in report.disputed],
        **{name: list(map(asdict, getattr(report, name))) for name in _PLAIN},
        "names": report.names,
    }
    # Escaped: titles and words of articles go to a terminal too.
    return json.dumps(whole, indent=2) + "\n"


def agreement_csv(report: AgreementReport, _width: int) -> str:
    """One line a coefficient, of the whole and of every part; RFC 4180 with a byte order mark."""
    lines: list[list[Cell]] = [["by", "part", *ROW_FIELDS]]
    lines += [["", "", *_cells(row)] for row in report.rows]
    lines += [[split.by, split.part, *_cells(row)] for split in report.splits for row in split.rows]
    lines += [[ADJUDICATED, row.reviewers[0], *_cells(row)] for row in report.adjudicated]
    return BYTE_ORDER_MARK + "".join(csv_lines(lines))


def _cells(row: AgreementRow) -> list[Cell]:
    values = row_values(row)
    return ["; ".join(value) if isinstance(value, list) else value for value in values.values()]


# Markdown


def agreement_markdown(report: AgreementReport, _width: int) -> str:
    """Tables (GitHub Flavored Markdown) in which names and words are words and nothing else."""
    parts = [] if report.empty else _markdown_parts(report)
    return "\n\n".join([*parts, *(escaped(neutral_line(note)) for note in notes(report))]) + "\n"


def _markdown_parts(report: AgreementReport) -> list[str]:
    parts = [_markdown_rows("", report.rows, report)]
    parts += [_markdown_labels(report.labels, report)] if report.labels else []
    parts += [_markdown_confusion(table, report) for table in report.confusion]
    parts += [_markdown_rows(f"{split.by}: {split.part}", split.rows, report) for split in report.splits]
    parts += [_markdown_rows(WITH_LAYER, report.adjudicated, report)] if report.adjudicated else []
    return parts + ([_markdown_disputed(report)] if report.disputed else [])


def _table(title: str, head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [table_row(head), table_row(["---"] * len(head))]
    rows += [table_row([escaped(neutral_line(cell)) for cell in line]) for line in lines]
    return "\n".join([*([f"**{escaped(neutral_line(title))}**", ""] if title else []), *rows])


def _markdown_rows(title: str, rows: Iterable[AgreementRow], report: AgreementReport) -> str:
    head = ("Facet", "Coefficient", "Value", "95 % interval", "Units", "Pairable", "Reviewers")
    lines = [cells_of(row, report) for row in rows]
    return _table(title, head, lines)


def _markdown_labels(labels: Iterable[LabelRow], report: AgreementReport) -> str:
    head = ("Facet", "Label", "Given", "Specific agreement", "Alpha against others", "Kappa against others")
    lines = [
        (
            facet_title(each.facet),
            value_words(report, each.facet, each.label),
            ", ".join(f"{name} {count}" for name, count in each.given.items()),
            *(figure(value) for value in (each.specific_agreement, each.krippendorff_alpha, each.fleiss_kappa)),
        )
        for each in labels
    ]
    return _table("Label by label", head, lines)


def _markdown_confusion(table: ConfusionTable, report: AgreementReport) -> str:
    names = [value_words(report, table.facet, category) for category in table.categories]
    first, second = table.reviewers
    title = f"{facet_title(table.facet)}: {first} (rows) and {second} (columns)"
    lines = [(name, *map(str, counts)) for name, counts in zip(names, table.counts, strict=True)]
    return _table(title, ("", *(escaped(neutral_line(name)) for name in names)), lines)


def _markdown_disputed(report: AgreementReport) -> str:
    head = ("Claim", "Article", "What each said", "Opened by")
    lines = [
        (each.words, each.title, "; ".join(said_of(each, report)), opening_command(each)) for each in report.disputed
    ]
    return _table("The claims that disagree most", head, lines)


# Terminal


def agreement_terminal(report: AgreementReport, width: int) -> str:
    """Facet by facet, for a terminal of that many cells, 40 where it is less."""
    width = max(width, LEAST_WIDTH)
    lines = [] if report.empty else list(_terminal_lines(report, width))
    return "".join(f"{line.rstrip()}\n" for line in (*lines, *terminal_notes(notes(report), width)))


def terminal_notes(said: Iterable[str], width: int) -> Iterator[str]:
    """Lines of at most that many cells for what is said below the figures."""
    for note in said:
        yield from wrapped(neutral_line(note).split(), width, " ")


def _terminal_lines(report: AgreementReport, width: int) -> Iterator[str]:
    for facet, rows in groupby(report.rows, key=lambda row: row.facet):
        yield from _terminal_facet(facet, list(rows), report, width)
    for split in report.splits:
        yield from _terminal_split(split, report, width)
    if report.adjudicated:
        yield from _terminal_layer(report, width)
    if report.disputed:
        yield "The claims that disagree most"
        for number, each in enumerate(report.disputed, 1):
            yield from _terminal_disputed(number, each, report, width)
        yield ""


def _terminal_facet(facet: str, rows: list[AgreementRow], report: AgreementReport, width: int) -> Iterator[str]:
    yield facet_title(facet)
    for found in (each for each in report.facets if each.facet == facet):
        said = f"{found.level}, {units(found.units)}, {found.pairable} pairable values, {found.missing} missing"
        yield from (f"  {line}" for line in wrapped(said.split(), width - 2, " "))
    everybody = max((row.reviewers for row in rows), key=len)
    for row in rows:
        yield from _terminal_row(row, report, width, named=row.reviewers != everybody or len(everybody) == 2)
    yield from _terminal_labels([each for each in report.labels if each.facet == facet], report, width)
    tables = [each for each in report.confusion if each.facet == facet]
    for table in tables if len(tables) <= _FEW_TABLES else ():
        yield from _terminal_confusion(table, report, width)
    yield ""


def _terminal_split(split: Split, report: AgreementReport, width: int) -> Iterator[str]:
    yield from wrapped(neutral_line(f"{split.by}: {split.part}").split(), width, " ")
    for facet, rows in groupby(split.rows, key=lambda row: row.facet):
        own = list(rows)
        yield f"  {facet_title(facet)} ({units(own[0].units)})"
        for row in own:
            yield from _terminal_row(row, report, width, named=False)
    yield ""


def _terminal_layer(report: AgreementReport, width: int) -> Iterator[str]:
    yield WITH_LAYER
    for (facet, names), rows in groupby(report.adjudicated, key=lambda row: (row.facet, row.reviewers)):
        own = list(rows)
        yield fitted(neutral_line(f"  {facet_title(facet)}: {names[0]} ({units(own[0].units)})"), width)
        for row in own:
            yield from _terminal_row(row, report, width, named=False)
    yield ""


def _terminal_row(row: AgreementRow, report: AgreementReport, width: int, *, named: bool) -> Iterator[str]:
    name = f"  {row.coefficient:<{_NAME}}"
    said = value_of(row) if row.value is None else f"{row.value:>6.3f}  {between(row, report)}".rstrip()
    names = neutral_line(", ".join(row.reviewers)) if named else ""
    line = f"{name} {said}  {names}".rstrip()
    if cell_len(line) <= width:
        yield line
        return
    yield fitted(f"{name.rstrip()}:" if row.value is None else f"{name} {said}", width)
    rest = [*(said.split() if row.value is None else ()), *names.split()]
    yield from (f"      {each}" for each in wrapped(rest, width - 6, " ")) if rest else ()


def _terminal_labels(labels: Sequence[LabelRow], report: AgreementReport, width: int) -> Iterator[str]:
    if len(labels) > _MANY_LABELS:
        yield f"  {len(labels)} labels: the other layouts have them one by one"
    if not labels or len(labels) > _MANY_LABELS:
        return
    head = "label by label: specific agreement, alpha against others"
    yield from (f"  {line}" for line in wrapped(head.split(), width - 2, " "))
    for each in labels:
        given = "/".join(str(count) for count in each.given.values())
        figures = f"  {figure(each.specific_agreement):>6} {figure(each.krippendorff_alpha):>6}  given {given}"
        name = neutral_line(value_words(report, each.facet, each.label))
        yield "    " + fitted(name, max(8, min(_NAME, width - 4 - cell_len(figures)))) + figures


def _terminal_confusion(table: ConfusionTable, report: AgreementReport, width: int) -> Iterator[str]:
    names = [neutral_line(value_words(report, table.facet, category)) for category in table.categories]
    cell = max(3, *(len(str(count)) for row in table.counts for count in row), 0) + 2
    room = width - 4 - cell * len(names)
    if room < 8:
        return
    first, second = table.reviewers
    yield from (f"  {each}" for each in wrapped(f"{first} (rows), {second} (columns)".split(), width - 2, " "))
    for name, counts in zip(names, table.counts, strict=True):
        yield "    " + fitted(name, min(_NAME, room)) + "".join(f"{count:>{cell}}" for count in counts)


def _terminal_disputed(number: int, claim: DisputedClaim, report: AgreementReport, width: int) -> Iterator[str]:
    yield fitted(f"{number:>3}. {neutral_line(claim.words)}", width)
    for line in said_of(claim, report):
        yield from (f"     {each}" for each in wrapped(neutral_line(line).split(), width - 5, " "))
    yield f"     {opening_command(claim)}"


AGREEMENT_LAYOUTS: Mapping[str, Callable[[AgreementReport, int], str]] = {
    "terminal": agreement_terminal,
    "markdown": agreement_markdown,
    "json": agreement_json,
    "csv": agreement_csv,
    "html": agreement_html,
}
"""What lays the report out, by name; the number is the width of the terminal in cells, which the others ignore."""
