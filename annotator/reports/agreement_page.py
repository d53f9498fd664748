"""The report on agreement as one page of HTML: without script or network, light and dark, printable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from annotator.model.text import neutral_line
from annotator.reports.agreement import AgreementReport, AgreementRow
from annotator.reports.agreement_wording import (
    WITH_LAYER,
    cells_of,
    facet_title,
    figure,
    notes,
    opening_command,
    said_of,
    value_words,
)

STYLE = """
:root { color-scheme: light dark; --line: #767676; --bar: #2a6f97; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0 2rem; }
.wide { overflow-x: auto; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem; text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number, tbody th { white-space: nowrap; }
svg { display: block; }
@media (prefers-color-scheme: dark) { :root { --line: #8a8a8a; --bar: #7fc4ea; } }
@media print { table { break-inside: avoid; } .wide { overflow: visible; } }
"""
_WIDTH, _HEIGHT = 120, 12
"""Of the bar that shows an interval, from 0 to 1, in pixels."""
_INTERVAL = "95 % interval"
_WORDS = frozenset(("Coefficient", "Reviewers", "Label", "Given", "Article", "What each said", "Opened by"))
"""The columns that are not of figures."""


def agreement_html(report: AgreementReport, _width: int) -> str:
    """One self-contained page; whatever comes from articles and reviewers is text in it and nothing else."""
    body = "".join(_body(report))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Agreement</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Agreement</h1>\n"
        f"{body}</main>\n</body>\n</html>\n"
    )


def agreement_body(report: AgreementReport, level: int = 2) -> str:
    """The report as part of another page, its headings from a level on."""
    return "".join(_body(report)).replace("<h2>", f"<h{level}>").replace("</h2>", f"</h{level}>")


def _body(report: AgreementReport) -> Iterator[str]:
    for note in notes(report):
        yield f"<p>{_text(note)}</p>\n"
    if report.empty:
        return
    yield "<h2>Coefficients</h2>\n"
    yield _rows("All units", report.rows, report)
    if report.labels:
        yield "<h2>Label by label</h2>\n"
        yield _table(
            "Each label against all others",
            ("Facet", "Label", "Given", "Specific agreement", "Alpha against others", "Kappa against others"),
            (
                (
                    facet_title(each.facet),
                    value_words(report, each.facet, each.label),
                    ", ".join(f"{name} {count}" for name, count in each.given.items()),
                    *(figure(value) for value in (each.specific_agreement, each.krippendorff_alpha, each.fleiss_kappa)),
                )
                for each in report.labels
            ),
        )
    if report.confusion:
        yield "<h2>Who said what</h2>\n"
    for table in report.confusion:
        names = [value_words(report, table.facet, category) for category in table.categories]
        first, second = table.reviewers
        yield _table(
            f"{facet_title(table.facet)}: {first} in rows, {second} in columns",
            ("", *names),
            ((name, *map(str, counts)) for name, counts in zip(names, table.counts, strict=True)),
        )
    if report.splits:
        yield "<h2>By suggestion and by scheme</h2>\n"
    for split in report.splits:
        yield _rows(f"{split.by}: {split.part}", split.rows, report)
    if report.adjudicated:
        yield f"<h2>{WITH_LAYER}</h2>\n"
        yield _rows("First decisions against what was settled", report.adjudicated, report)
    if report.disputed:
        yield "<h2>The claims that disagree most</h2>\n"
        yield _table(
            "Worst first",
            ("Claim", "Article", "What each said", "Opened by"),
            (
                (each.words, each.title, "; ".join(said_of(each, report)), opening_command(each))
                for each in report.disputed
            ),
        )


def _rows(caption: str, rows: Sequence[AgreementRow], report: AgreementReport) -> str:
    head = ("Facet", "Coefficient", "Value", _INTERVAL, "Units", "Pairable", "Reviewers")
    lines = (cells_of(row, report) for row in rows)
    pictures = [_picture(row) for row in rows]
    return _table(caption, head, lines, pictures=pictures)


def _table(caption: str, head: Sequence[str], lines: Iterable[Sequence[str]], *, pictures: Sequence[str] = ()) -> str:
    columns = "".join(f'<th scope="col">{_text(cell)}</th>' if cell else "<td></td>" for cell in head)
    body = []
    for number, line in enumerate(lines):
        cells = [f'<th scope="row">{_text(line[0])}</th>']
        for name, cell in zip(head[1:], line[1:], strict=True):
            style = ' class="number"' if name not in _WORDS and not cell.startswith("undef") else ""
            picture = pictures[number] if pictures and name == _INTERVAL else ""
            cells.append(f"<td{style}>{picture}{_text(cell)}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>\n")
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{_text(caption)}">'
        f"<table>\n<caption>{_text(caption)}</caption>\n<thead><tr>{columns}</tr></thead>\n"
        f"<tbody>\n{''.join(body)}</tbody>\n</table></div>\n"
    )


def _picture(row: AgreementRow) -> str:
    """The interval as a line with the value as a dot, on a scale from 0 to 1; what is below 0 is drawn at 0."""
    if row.value is None or row.low is None or row.high is None:
        return ""
    low, value, high = (max(0.0, min(1.0, each)) * (_WIDTH - 8) + 4 for each in (row.low, row.value, row.high))
    middle = _HEIGHT / 2
    return (
        f'<svg aria-hidden="true" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
        f'<line x1="4" x2="{_WIDTH - 4}" y1="{middle}" y2="{middle}" stroke="var(--line)" stroke-width="0.5"/>'
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}" stroke="var(--bar)" stroke-width="3"/>'
        f'<circle cx="{value:.1f}" cy="{middle}" r="4" fill="var(--bar)"/></svg> '
    )


def _text(text: str) -> str:
    return escape(neutral_line(text))
