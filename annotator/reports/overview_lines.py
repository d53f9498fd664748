"""The overview of a project as lines for a screen: a bar a day, a line a reviewer. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.text import neutral_line
from annotator.reports import wording
from annotator.reports.overview import Overview
from annotator.reports.progress import Numbers
from annotator.reports.terminal import bar, fitted

_BARS = " ▁▂▃▄▅▆▇█"
_MOST_DAYS = 60
_PEOPLE = ("reviewer", "", "done", "open", "flags", "min each", "left", "a day")
_WIDTHS = (12, 11, 6, 6, 6, 9, 12, 6)
_WIDTH = sum(_WIDTHS)
_ALPHA, _NOMINAL = "krippendorff_alpha_", "nominal"


def overview_lines(found: Overview) -> list[str]:
    """At most 68 cells a line, which a form has inside where the screen is 80 columns wide."""
    return list(_lines(found))


def _lines(found: Overview) -> Iterator[str]:
    if not found.days:
        yield "Nothing has been decided yet."
        return
    counts = list(found.a_day)[-_MOST_DAYS:]
    yield f"Decisions a day, {found.days[-len(counts)]} to {found.days[-1]}; the most: {max(counts)}"
    yield from _plot(counts)
    yield ""
    yield _row(_PEOPLE)
    for each in found.progress.reviewers:
        yield _row(_cells(each.reviewer, each.numbers, found.decisions.get(each.reviewer, ())))
    if len(found.progress.reviewers) > 1:
        yield _row(_cells("all", found.progress.total, found.a_day))
    yield ""
    if found.end is not None and found.progress.total.open:
        yield f"At the pace of the last days everything is done on {found.end}."
    yield from _agreement(found)


def _plot(counts: Sequence[int], rows: int = 4) -> Iterator[str]:
    """Bars of eighths of a row, the tallest as high as all rows together."""
    highest = max(counts) or 1
    eighths = [-(-count * rows * 8 // highest) for count in counts]
    for row in range(rows - 1, -1, -1):
        yield "".join(_BARS[max(0, min(8, each - row * 8))] for each in eighths).rstrip()


def _cells(name: str, numbers: Numbers, by_day: Sequence[int]) -> Sequence[str]:
    pace = f"{numbers.seconds / 60 / numbers.done:.1f}" if numbers.done and numbers.seconds else "-"
    worked = [count for count in by_day if count]
    a_day = f"{sum(worked) / len(worked):.0f}" if worked else "-"
    counts = map(str, (numbers.done, numbers.open, numbers.flagged))
    return (neutral_line(name), bar(numbers, 10), *counts, pace, wording.hours(numbers.hours_left), a_day)


def _row(cells: Sequence[str]) -> str:
    return "".join(fitted(cell, width - 1) + " " for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _agreement(found: Overview) -> Iterator[str]:
    if found.agreement is None:
        return
    levels = {facet.facet: facet.level for facet in found.agreement.facets}
    said = [
        f"{row.facet} {row.value:.2f}"
        for row in found.agreement.rows
        if row.coefficient == f"{_ALPHA}{levels.get(row.facet, _NOMINAL)}" and row.value is not None
    ]
    if said:
        yield "Agreement so far (Krippendorff's alpha):"
        line = ""
        for each in said:
            if line and len(line) + len(each) + 5 > _WIDTH:
                yield f"  {line}"
                line = ""
            line = f"{line} · {each}" if line else each
        yield f"  {line}"
