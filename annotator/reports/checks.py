"""How often what was seen before was right: what reviewers took, held against the verdicts that stand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import fill

from annotator.model.late import dataclass
from annotator.model.spreadsheet import BYTE_ORDER_MARK, Cell, csv_lines
from annotator.model.text import neutral_line
from annotator.reports.markdown import escaped, table_row

_NOTHING = "Nothing that was seen before has been taken yet."
_NOTE = "Right: the verdict that stands says what was taken. Claims without a verdict, and fact-checks of which it is "
_NOTE += "not known what they come to, do not count."
_WIDTH = 79
_NAMES = ("from", "taken", "kept", "compared", "right", "share")
_HEADINGS = ("From", "Taken", "Kept", "Compared", "Right", "Share")


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing that was taken: whose it was, whether it is still there, what it came to, and the verdict now."""

    source: str
    kept: bool
    value: str
    verdict: str


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """How often something was taken of one publisher, or of one's own verdicts, and how often it was right."""

    source: str
    taken: int
    kept: int
    compared: int
    right: int

    @property
    def values(self) -> tuple[str, int, int, int, int, float | None]:
        """Name and numbers; the share is None where nothing can be compared."""
        share = round(self.right / self.compared, 4) if self.compared else None
        return neutral_line(self.source), self.taken, self.kept, self.compared, self.right, share


def taken_report(taken: Iterable[Taken]) -> list[TakenFrom]:
    """By publisher, the one of whom most was taken first."""
    by_source: dict[str, list[Taken]] = {}
    for each in taken:
        by_source.setdefault(each.source, []).append(each)
    lines = []
    for source, own in by_source.items():
        compared = [each for each in own if each.kept and each.value and each.verdict]
        right = sum(each.value == each.verdict for each in compared)
        lines.append(TakenFrom(source, len(own), sum(each.kept for each in own), len(compared), right))
    return sorted(lines, key=lambda line: (-line.taken, line.source))


def _cells(line: TakenFrom) -> list[str]:
    name, *numbers, share = line.values
    return [name, *map(str, numbers), "-" if share is None else f"{int(share * 100 + 1e-9)} %"]


def terminal(report: Sequence[TakenFrom]) -> str:
    """A line a publisher."""
    if not report:
        return f"{_NOTHING}\n"
    rows = [list(_HEADINGS), *map(_cells, report)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]
    return "\n".join([*lines, "", fill(_NOTE, _WIDTH)]) + "\n"


def markdown(report: Sequence[TakenFrom]) -> str:
    """A table (GitHub Flavored Markdown)."""
    if not report:
        return f"{_NOTHING}\n"
    rows = [[escaped(cells[0]), *cells[1:]] for cells in map(_cells, report)]
    lines = [table_row(_HEADINGS), table_row(["---", *["---:"] * (len(_HEADINGS) - 1)]), *map(table_row, rows)]
    return "\n".join([*lines, "", _NOTE]) + "\n"


def as_json(report: Sequence[TakenFrom]) -> str:
    """One JSON object."""
    rows = [dict(zip(_NAMES, line.values, strict=True)) for line in report]
    return json.dumps({"taken": rows}, ensure_ascii=False, indent=2) + "\n"


def as_csv(report: Sequence[TakenFrom]) -> str:
    """One line a publisher; RFC 4180 with a byte order mark."""
    rows: list[list[Cell]] = [[*_NAMES], *([*line.values] for line in report)]
    return BYTE_ORDER_MARK + "".join(csv_lines(rows))


TAKEN_LAYOUTS: Mapping[str, Callable[[Sequence[TakenFrom]], str]] = {
    "terminal": terminal,
    "markdown": markdown,
    "json": as_json,
    "csv": as_csv,
}
