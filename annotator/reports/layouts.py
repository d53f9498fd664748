"""The layouts of the progress report: one row a layout, and those that are tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from annotator.model.spreadsheet import BYTE_ORDER_MARK, Cell, csv_lines
from annotator.model.text import neutral_line
from annotator.reports import wording
from annotator.reports.markdown import escaped, table_row
from annotator.reports.progress import ArticleProgress, Numbers, ProgressReport
from annotator.reports.terminal import terminal

_HEADINGS = (
    *("Reviewer", "Article", "Done", "Share", "Open", "Skipped", "Flagged", "Attributions", "Verdicts"),
    *("Time on task", "Claims an hour", "Left", "Last seen"),
)


def _values(numbers: Numbers) -> dict[str, Any]:
    """The numbers under the names that JSON and CSV give them, in their order; verdicts apart."""
    return {
        "claims": numbers.claims,
        "done": numbers.done,
        "open": numbers.open,
        "skipped": numbers.skipped,
        "flagged": numbers.flagged,
        "attributions": numbers.attributions,
        "sessions": numbers.sessions,
        "seconds_on_task": round(numbers.seconds, 3),
        "claims_per_hour": _rounded(numbers.claims_per_hour, 2),
        "share_done": _rounded(numbers.share, 4),
        "hours_left": _rounded(numbers.hours_left, 2),
        "last_seen": numbers.last_seen,
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _verdicts(numbers: Numbers) -> dict[str, int]:
    return {neutral_line(value): count for value, count in numbers.verdicts.items()}


def _lines(report: ProgressReport) -> Iterator[tuple[str, str, ArticleProgress | None, Numbers]]:
    """Level, reviewer, article and numbers of every line: each reviewer, her articles, the total."""
    for reviewer in report.reviewers:
        name = neutral_line(reviewer.reviewer)
        yield "reviewer", name, None, reviewer.numbers
        for article in reviewer.articles:
            yield "article", name, article, article.numbers
    yield "total", "", None, report.total


def as_json(report: ProgressReport, _width: int) -> str:
    """One JSON object: the idle limit in seconds, the period, the reviewers with their articles, the total."""
    reviewers = [
        {
            "reviewer": neutral_line(reviewer.reviewer),
            **_json_numbers(reviewer.numbers),
            "articles": [
                {
                    "article_id": article.article_id,
                    "title": neutral_line(article.title),
                    **_json_numbers(article.numbers),
                }
                for article in reviewer.articles
            ],
        }
        for reviewer in report.reviewers
    ]
    whole = {
        "idle_limit_seconds": report.idle_limit,
        **wording.period_values(report.period),
        "reviewers": reviewers,
        "total": _json_numbers(report.total),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _json_numbers(numbers: Numbers) -> dict[str, Any]:
    return {**_values(numbers), "verdicts": _verdicts(numbers)}


def as_csv(report: ProgressReport, _width: int) -> str:
    """One line a reviewer, one for each of her articles, one for all; RFC 4180 with a byte order mark."""
    verdicts = list(_verdicts(report.total))
    heading = ["level", "reviewer", "article_id", "title", *_values(report.total), *(f"verdict_{v}" for v in verdicts)]
    rows: list[list[Cell]] = [[*heading]]
    for level, reviewer, article, numbers in _lines(report):
        article_id, title = (article.article_id, neutral_line(article.title)) if article else ("", "")
        counts = _verdicts(numbers)
        cells = [counts.get(value, 0) for value in verdicts]
        rows.append([level, reviewer, article_id, title, *_values(numbers).values(), *cells])
    return BYTE_ORDER_MARK + "".join(csv_lines(rows))


def markdown(report: ProgressReport, _width: int) -> str:
    """A table (GitHub Flavored Markdown) in which names and titles are words and nothing else."""
    if not report.reviewers:
        return wording.nothing("Nothing has been reviewed yet.", report.period) + "\n"
    lines = [table_row(_HEADINGS), table_row(["---", "---", *["---:"] * (len(_HEADINGS) - 2)])]
    for level, reviewer, article, numbers in _lines(report):
        cells = [
            escaped(reviewer) if level != "total" else "**All reviewers**",
            escaped(wording.title_of(article)) if article else "**all articles**",
            f"{numbers.done} of {numbers.claims}",
            wording.percent(numbers),
            str(numbers.open),
            str(numbers.skipped),
            str(numbers.flagged),
            str(numbers.attributions),
            escaped(wording.verdicts(numbers)),
            wording.duration(numbers.seconds),
            wording.pace(numbers),
            wording.hours(numbers.hours_left),
            wording.last_seen(numbers),
        ]
        lines.append(table_row(cells))
    notes = f"{wording.period_note(report.period)} {wording.idle_note(report.idle_limit)}".strip()
    return "\n".join([*lines, "", notes]) + "\n"


LAYOUTS: Mapping[str, Callable[[ProgressReport, int], str]] = {
    "terminal": terminal,
    "markdown": markdown,
    "json": as_json,
    "csv": as_csv,
}
"""What lays a report out, by name; the number is the width of the terminal in cells, which the others ignore."""
