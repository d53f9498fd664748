from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.spreadsheet import (
    csv_lines,
    harmless,
    lines_of_safe,
    neutral_cell,
    safe_cell,
    starts_formula,
)

AWKWARD = st.text(st.one_of(st.sampled_from(" =+-@\t\r\n\"'’,;＝\ufeff\u200b\x00"), st.characters(codec="utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\tplain", "\r=1", "\n=1", "  =1", "\u00a0=1"),
        *('"=1', "'=1", "“=1", "\ufeff=1", "\u200b+1", "＝1", " \t' @x"),
    ],
)
def test_what_could_run_as_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == "'" + neutral_cell(text)


@pytest.mark.parametrize(
    "text", ["", "a=1", "2-1", "“Nobody”", "– said", "…", "'tis", "e-mail@example.org", "٣+٤", "[1]"]
)
def test_other_text_is_left_alone(text: str) -> None:
    assert safe_cell(text) == text


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    assert list(csv_lines([[-3, 1.5, True, False, None, "x"]])) == ["-3,1.5,true,false,,x\r\n"]


def test_control_characters_are_neutralised() -> None:
    assert safe_cell("a\x00b\x1b[1m\x7f\x9bc\r\nd\re") == "a␀b␛[1m␡\ufffdc\nd\ne"


@given(AWKWARD)
def test_one_apostrophe_less_gives_the_text_back(text: str) -> None:
    cell = str(safe_cell(text))
    back = cell[1:] if cell.startswith("'") and starts_formula(cell[1:]) else cell
    assert back == neutral_cell(text)


@given(st.lists(st.lists(AWKWARD, min_size=2, max_size=4), max_size=4))
def test_the_csv_module_reads_every_cell_back(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO("".join(csv_lines(rows)), newline=""), strict=True))
    assert read == [[safe_cell(cell) for cell in row] for row in rows]


@given(st.one_of(AWKWARD, AWKWARD.map("a{}".format), AWKWARD.map("[{}".format)))
def test_what_is_seen_to_be_harmless_is_its_own_cell(text: str) -> None:
    assert not harmless(text) or safe_cell(text) == text


@pytest.mark.parametrize("text", ["", "a=1", "٣+٤", '[{"a":"=1"}]'])
def test_most_cells_are_seen_to_be_harmless(text: str) -> None:
    assert harmless(text)


class _Line:
    def write(self, line: str) -> str:
        return line


@given(st.lists(st.one_of(AWKWARD, st.sampled_from(["", '"', ",", "\n", "\r", 5, -1, 2.5])), max_size=4))
def test_a_line_is_that_of_the_csv_module(row: list[str | int | float]) -> None:
    assert list(lines_of_safe([row])) == [csv.writer(_Line(), lineterminator="\r\n").writerow(row)]
