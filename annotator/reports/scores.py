"""The report on exercises: how often each reviewer said what the answer key says, by facet and by week. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from annotator.model.late import dataclass
from annotator.model.spreadsheet import BYTE_ORDER_MARK, Cell, csv_lines
from annotator.model.text import neutral_line
from annotator.reports.markdown import escaped, table_row
from annotator.reports.terminal import fitted

ALL_WEEKS = ""
"""The week of the rows over all weeks."""
_NONE_YET = "No claim of an exercise is done yet."
_HEADINGS = ("reviewer", "exercise", "week", "facet", "claims", "right", "share")


@dataclass(frozen=True, slots=True)
class Answer:
    """One reviewer's first decision on a facet of a claim that has a key; `at` is ISO 8601."""

    reviewer: str
    exercise: str
    facet: str
    right: bool
    at: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many claims a reviewer answered as the key does, of a facet, in an ISO week ("2026-W11") or over all."""

    reviewer: str
    exercise: str
    week: str
    facet: str
    claims: int
    right: int

    @property
    def share(self) -> float:
        """The share that is right, 0 to 1."""
        return self.right / self.claims


def scores(answers: Iterable[Answer], week_of: Callable[[str], str]) -> list[Score]:
    """The scores of each reviewer, exercise and facet, over all weeks first and then week by week."""
    counts: dict[tuple[str, str, str, str], list[int]] = {}
    for answer in answers:
        for week in (ALL_WEEKS, week_of(answer.at)):
            count = counts.setdefault((answer.reviewer, answer.exercise, week, answer.facet), [0, 0])
            count[0] += 1
            count[1] += answer.right
    return [Score(*key, *count) for key, count in sorted(counts.items())]


def _cells(score: Score) -> list[Cell]:
    return [*(getattr(score, name) for name in _HEADINGS)]


def scores_terminal(found: Sequence[Score], width: int) -> str:
    """A table of one line a score, aligned."""
    if not found:
        return f"{_NONE_YET}\n"
    rows = [_HEADINGS, *(_words(score) for score in found)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADINGS))]
    lines = ["  ".join(fitted(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "".join(f"{neutral_line(line)[: max(width, 40)]}\n" for line in lines)


def _words(score: Score) -> tuple[str, ...]:
    week = score.week or "all"
    return (
        score.reviewer,
        score.exercise,
        week,
        score.facet,
        str(score.claims),
        str(score.right),
        f"{score.share:.0%}",
    )


def scores_markdown(found: Sequence[Score], _width: int) -> str:
    """A table (GitHub Flavored Markdown)."""
    if not found:
        return f"{_NONE_YET}\n"
    lines = [table_row(_HEADINGS), table_row(["---"] * 4 + ["---:"] * 3)]
    lines += [table_row([escaped(neutral_line(cell)) for cell in _words(score)]) for score in found]
    return "\n".join(lines) + "\n"


def scores_json(found: Sequence[Score], _width: int) -> str:
    """One object with "rows", unrounded; the week is null over all weeks."""
    rows = [{name: getattr(score, name) for name in _HEADINGS} | {"week": score.week or None} for score in found]
    return json.dumps({"rows": rows}, ensure_ascii=False, indent=2) + "\n"


def scores_csv(found: Sequence[Score], _width: int) -> str:
    """The byte order mark, a heading and one line a score; the week is empty over all weeks."""
    lines: Iterator[list[Cell]] = iter([list(_HEADINGS), *(_cells(score) for score in found)])
    return BYTE_ORDER_MARK + "".join(csv_lines(lines))


SCORE_LAYOUTS: Mapping[str, Callable[[Sequence[Score], int], str]] = {
    "terminal": scores_terminal,
    "markdown": scores_markdown,
    "json": scores_json,
    "csv": scores_csv,
}
