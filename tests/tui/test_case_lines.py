"""The lines of what reviewers differ on: a column each, and once what all of them say."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from annotator.tui.case_view import CaseRow, CaseView
from annotator.tui.widgets.case_lines import case_lines

LONG = "that two of the nine cables of the bridge had lost tension in the night"


def rows(*rows: CaseRow, width: int = 48, height: int = 30) -> list[str]:
    view = CaseView(3, 9, "to do", "Two cables had lost tension.", ["1 ana", "2 ben", "3 caro"], 0, list(rows))
    return ["".join(text for text, _ in line).rstrip() for line in case_lines(view, width, height)]


def same(label: str, cell: str) -> CaseRow:
    return CaseRow(label, [cell] * 3, differs=False, chosen=False)


def other(label: str, *cells: str) -> CaseRow:
    return CaseRow(label, cells, differs=True, chosen=False)


def test_what_all_say_at_length_stands_once_over_all_columns() -> None:
    shown = rows(same("Said", LONG), other("Verdict", "supported", "refuted", "-"))
    at = next(number for number, line in enumerate(shown) if line.startswith("=Said"))
    assert " ".join(line.removeprefix("=Said").strip() for line in shown[at:-1]) == LONG
    assert shown[-1].split() == ["≠Verdict", "supported", "refuted", "-"]


def test_what_all_say_in_a_word_and_what_they_differ_in_stands_in_each_column() -> None:
    shown = rows(same("Cue", "said"), other("Said", LONG, LONG, "two"))
    assert " Cue      said        said        said" in shown
    (first,) = (line for line in shown if line.startswith("≠Said"))
    assert first == "≠Said     that two of that two of two"


@pytest.mark.parametrize("height", [6, 10, 30])
@pytest.mark.parametrize("width", [30, 48, 90])
def test_no_line_is_wider_or_lower_than_the_panel(width: int, height: int) -> None:
    said = same("Said", LONG)
    shown = rows(said, other("Verdict", *["mixed or misleading"] * 3), said, width=width, height=height)
    assert len(shown) <= height
    assert all(cell_len(line) <= width for line in shown)
