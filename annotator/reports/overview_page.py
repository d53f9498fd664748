"""The overview as one page of HTML: no network, readable without script, light and dark, printable.

Every picture has a title and stands above a table with the same numbers: nothing is said by colour or form alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from annotator.model.text import neutral_line
from annotator.reports import wording
from annotator.reports.agreement_page import STYLE, agreement_body
from annotator.reports.overview import Overview
from annotator.reports.progress import Numbers

_MORE_STYLE = """
.one { fill: var(--bar); } .grid { stroke: var(--line); stroke-width: .5; }
svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
.v0 { fill: #1b6ca8; } .v1 { fill: #a23b2a; } .v2 { fill: #8a6d00; } .v3 { fill: #5d5d5d; } .v4 { fill: #5b3b8c; }
.v5 { fill: #00695c; }
@media (prefers-color-scheme: dark) {
.v0 { fill: #6db7ea; } .v1 { fill: #f08a78; } .v2 { fill: #e0bd3f; } .v3 { fill: #b0b0b0; } .v4 { fill: #bd9df0; }
.v5 { fill: #5fd0bf; } }
"""
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 720, 180, 40, 20
"""Of the picture of days, in pixels, with the room for its axes."""
_ROW, _NAME, _BARS = 22, 220, 460
_VALUES = 6
_WIDEST = 48.0
"""Pixels of a day's bar."""


def overview_html(found: Overview, _width: int) -> str:
    """One self-contained page; whatever comes from articles and reviewers is text in it and nothing else."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Progress of the project</title>\n<style>{STYLE}{_MORE_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>Progress of the project</h1>\n{''.join(_body(found))}</main>\n</body>\n</html>\n"
    )


def _body(found: Overview) -> Iterator[str]:
    total = found.progress.total
    end = f"; at the pace of the last days everything is done on {found.end}" if found.end and total.open else ""
    yield f"<p>{total.done} of {total.claims} claims are done, {total.open} are open{end}.</p>\n"
    if not found.days:
        yield "<p>Nothing has been decided yet.</p>\n"
        return
    yield "<h2>Decisions a day</h2>\n"
    yield _days(found)
    yield _table(
        "Decisions a day (UTC)",
        ("Day", *map(_plain, found.decisions), "All"),
        (
            (str(day), *(str(counts[place]) for counts in found.decisions.values()), str(found.a_day[place]))
            for place, day in enumerate(found.days)
        ),
    )
    yield "<h2>Reviewers</h2>\n"
    yield _table("How far everybody is", _PEOPLE, _people(found))
    for title, what in (("Verdicts by publisher", found.publishers), ("Verdicts by source", found.sources)):
        if what:
            yield f"<h2>{title}</h2>\n"
            yield _stacked(title, what)
    if found.agreement is not None:
        yield "<h2>Agreement</h2>\n"
        yield agreement_body(found.agreement, level=3)


_PEOPLE = ("Reviewer", "Done", "Open", "Flagged", "Attributions", "Time on task", "Minutes a claim", "Hours left")


def _people(found: Overview) -> Iterator[Sequence[str]]:
    for each in found.progress.reviewers:
        yield (_plain(each.reviewer), *_numbers(each.numbers))
    if len(found.progress.reviewers) > 1:
        yield ("All", *_numbers(found.progress.total))


def _numbers(numbers: Numbers) -> Iterator[str]:
    yield from map(str, (numbers.done, numbers.open, numbers.flagged, numbers.attributions))
    yield wording.duration(numbers.seconds)
    yield f"{numbers.seconds / 60 / numbers.done:.1f}" if numbers.done and numbers.seconds else "-"
    yield wording.hours(numbers.hours_left)


def _days(found: Overview) -> str:
    """A bar a day; the tallest is labelled."""
    counts = found.a_day
    highest = max(counts)
    room, height = _WIDTH - _LEFT, _HEIGHT - _BOTTOM
    step = room / len(counts)
    bars = []
    for place, count in enumerate(counts):
        tall = count / highest * (height - 14) if highest else 0
        bars.append(
            f'<rect class="one" x="{_LEFT + place * step:.1f}" y="{height - tall:.1f}" '
            f'width="{min(_WIDEST, max(1.0, step * 0.8)):.1f}" height="{tall:.1f}"/>'
        )
    ends = f'<text x="{_LEFT}" y="{_HEIGHT - 4}">{found.days[0]}</text>'
    if len(counts) > 1:
        ends += f'<text x="{_WIDTH}" y="{_HEIGHT - 4}" text-anchor="end">{found.days[-1]}</text>'
    return _picture(
        "Decisions of all reviewers, one bar a day",
        _WIDTH,
        _HEIGHT,
        f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH}" y1="{height}" y2="{height}"/>'
        f'<text x="{_LEFT - 6}" y="24" text-anchor="end">{highest}</text>{"".join(bars)}{ends}',
    )


def _stacked(title: str, rows: Sequence[tuple[str, Mapping[str, int]]]) -> str:
    """A bar a name, in pieces by verdict; and the same as a table."""
    total: Counter[str] = Counter()
    for _, counts in rows:
        total.update(counts)
    values = [value for value, _ in total.most_common()]
    most = max(sum(counts.values()) for _, counts in rows)
    parts = []
    for number, (name, counts) in enumerate(rows):
        y, x = number * _ROW, float(_NAME)
        short = name if len(name) <= 30 else f"{name[:29]}…"
        parts.append(f'<text x="{_NAME - 8}" y="{y + 15}" text-anchor="end">{_plain(short)}</text>')
        for place, value in enumerate(values):
            wide = counts.get(value, 0) / most * _BARS
            parts.append(
                f'<rect class="v{place % _VALUES}" x="{x:.1f}" y="{y + 3}" width="{wide:.1f}" height="{_ROW - 6}">'
                f"<title>{_plain(f'{name}: {value} {counts.get(value, 0)}')}</title></rect>"
            )
            x += wide
    legend_y = len(rows) * _ROW + 16
    x = float(_NAME)
    for place, value in enumerate(values):
        parts.append(f'<rect class="v{place % _VALUES}" x="{x:.0f}" y="{legend_y - 10}" width="12" height="12"/>')
        parts.append(f'<text x="{x + 16:.0f}" y="{legend_y}">{_plain(value)}</text>')
        x += 28 + 7 * len(value)
    picture = _picture(title, _NAME + _BARS, legend_y + 8, "".join(parts))
    lines = (
        (_plain(name), *(str(counts.get(value, 0)) for value in values), str(sum(counts.values())))
        for name, counts in rows
    )
    return picture + _table(title, ("Name", *map(_plain, values), "All"), lines)


def _picture(title: str, width: int, height: int, inside: str) -> str:
    name = f"p-{'-'.join(title.lower().replace(',', '').split())}"
    return (
        f'<svg role="img" aria-labelledby="{name}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'style="max-width:100%;height:auto"><title id="{name}">{_plain(title)}</title>{inside}</svg>\n'
    )


def _table(caption: str, head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Cells that are text already."""
    columns = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    rows = "".join(
        f'<tr><th scope="row">{line[0]}</th>{"".join(f"<td class=number>{cell}</td>" for cell in line[1:])}</tr>\n'
        for line in lines
    )
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{_plain(caption)}"><table>\n'
        f"<caption>{_plain(caption)}</caption>\n"
        f"<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )


def _plain(text: str) -> str:
    return escape(neutral_line(text))
