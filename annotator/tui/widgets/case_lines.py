"""The lines of a case's view: a column a reviewer, what differs first where there is not room for all. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from annotator.tui.case_view import CaseRow, CaseView
from annotator.tui.widgets.cells import cell_len
from annotator.tui.widgets.painted import Line, ends_of, fitted, wrapped

_LABEL = 10
"""Cells of the label column, its sign with it."""
_MOST_TEXT = 4
"""Lines of the claim's own words."""


def case_lines(view: CaseView, width: int, height: int) -> list[Line]:
    """The view in so many cells and lines: what differs is shown whole before the rest and the claim's words are."""
    room = height - 2
    order = sorted(view.rows, key=lambda row: not row.differs) if len(view.rows) > room else view.rows
    most = dict.fromkeys(range(len(order)), 1)
    spare = room - len(order)
    # What differs first.
    for at in sorted(most, key=lambda at: not order[at].differs):
        wanted = max(len(lines) for lines in _columns(view, order[at], width)) - 1
        most[at] += max(0, min(wanted, spare))
        spare -= most[at] - 1
    rows = [line for at, row in enumerate(order) for line in _row(view, row, width, most[at])]
    text: list[Line] = [[(f" {line}", "text")] for line in wrapped(view.text, width - 2)[:_MOST_TEXT]]
    above = [*text, []] if spare > len(text) else []
    return [_title(view, width), *above, _heads(view, width), *rows][:height]


def _title(view: CaseView, width: int) -> Line:
    left, right = f"─ Claim {view.number} of {view.count} ", f" {view.state} ─"
    return [(left + "─" * max(1, width - cell_len(left) - cell_len(right)), "frame"), (right, "frame")]


def _cells(view: CaseView, width: int) -> int:
    """The width of a column."""
    return max(6, (width - _LABEL) // max(1, len(view.heads)))


def _heads(view: CaseView, width: int) -> Line:
    room = _cells(view, width)
    cells = [
        (fitted(f"{head} ▸" if at == view.marked and len(view.heads) > 1 else head, room), "key")
        for at, head in enumerate(view.heads)
    ]
    return [(" " * _LABEL, ""), *cells]


def _columns(view: CaseView, row: CaseRow, width: int) -> list[list[str]]:
    """Each cell of a row in as many lines as it needs; once, over all columns, what all say at some length."""
    columns = [wrapped(cell, _cells(view, width) - 1) for cell in row.cells]
    alike = not row.differs and len(columns) > 1 and len(set(row.cells)) == 1
    if alike and len(columns[0]) > 1:
        return [wrapped(row.cells[0], width - _LABEL - 1)]
    return columns


def _row(view: CaseView, row: CaseRow, width: int, most: int) -> Iterator[Line]:
    """The lines of a row, at most so many; what a cell has no room for is missing in its middle or at its end."""
    columns = _columns(view, row, width)
    once = len(columns) < len(row.cells)
    room = width - _LABEL if once else _cells(view, width)
    sign = "▸" if row.chosen else "≠" if row.differs else "=" if once else " "
    style, label = ("missing", "missing") if row.differs else ("text", "label")
    columns = [_cut(lines, most, room - 1) for lines in columns]
    for number, cells in enumerate(zip_longest(*columns, fillvalue="")):
        words = " " * _LABEL if number else f"{sign}{row.label:<{_LABEL - 1}}"
        yield [(words, label), *((fitted(cell, room), style) for cell in cells)]


def _cut(lines: list[str], most: int, room: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], ends_of(" ".join(lines[most - 1 :]), room)]
