"""The progress report as plain text for a terminal of a given width, in cells."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size

from annotator.model.text import neutral_line
from annotator.reports import wording
from annotator.reports.progress import Numbers, ProgressReport

LEAST_WIDTH = 40
FULL, EMPTY = "▰", "▱"
_WIDE_FROM = 100


def fitted(text: str, width: int) -> str:
    """The text in exactly so many cells: filled with spaces, or cut off with an ellipsis."""
    if cell_len(text) > width:
        text = f"{set_cell_size(text, width - 1).rstrip()}…" if width else ""
    return text + " " * (width - cell_len(text))


def bar(numbers: Numbers, cells: int) -> str:
    """The share done: empty only where nothing is done, full only where everything is."""
    filled = 0
    if numbers.done:
        filled = max(1, numbers.done * cells // numbers.claims)
    return FULL * filled + EMPTY * (cells - filled)


def terminal(report: ProgressReport, width: int) -> str:
    """Each reviewer with her articles, then the total; lines are at most `width` cells, and 40 where it is less."""
    width = max(width, LEAST_WIDTH)
    lines = list(_lines(report, width))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _lines(report: ProgressReport, width: int) -> Iterator[str]:
    if not report.reviewers:
        yield from wrapped(wording.nothing("Nothing has been reviewed yet.", report.period).split(), width, " ")
        return
    count = len(_count(report.total))
    for reviewer in report.reviewers:
        yield from _block(neutral_line(reviewer.reviewer), reviewer.numbers, width, count, indent=0)
        for article in reviewer.articles:
            yield from _block(wording.title_of(article), article.numbers, width, count, indent=2)
        yield ""
    if len(report.reviewers) > 1:
        yield from _block("All reviewers", report.total, width, count, indent=0)
        yield ""
    notes = f"{wording.period_note(report.period)} {wording.idle_note(report.idle_limit)}"
    yield from wrapped(notes.split(), width, " ")


def _count(numbers: Numbers) -> str:
    return f"{numbers.done} of {numbers.claims}"


def _block(name: str, numbers: Numbers, width: int, count: int, *, indent: int) -> Iterator[str]:
    """The aligned line with the bar, then the details, broken between two of them where they need it."""
    right = (
        f"  {_count(numbers):>{count}} {bar(numbers, 20 if width >= _WIDE_FROM else 10)} {wording.percent(numbers):>5}"
    )
    yield " " * indent + fitted(name, width - indent - cell_len(right)) + right
    details = [
        f"open {numbers.open}",
        f"skipped {numbers.skipped}",
        f"flagged {numbers.flagged}",
        f"attributions {numbers.attributions}",
        f"verdicts: {wording.verdicts(numbers)}",
        f"time {wording.duration(numbers.seconds)}",
        f"claims an hour {wording.pace(numbers)}",
        f"left {wording.hours(numbers.hours_left)}",
        f"last seen {wording.last_seen(numbers)}",
    ]
    for line in wrapped(details, width - indent - 2, " · "):
        yield " " * (indent + 2) + line


def wrapped(pieces: list[str], width: int, between: str) -> Iterator[str]:
    """The pieces on lines of at most `width` cells, broken between two of them."""
    line = ""
    for piece in pieces:
        longer = f"{line}{between}{piece}" if line else piece
        if line and cell_len(longer) > width:
            yield line
            longer = piece
        line = longer if cell_len(longer) <= width else fitted(longer, width)
    yield line
