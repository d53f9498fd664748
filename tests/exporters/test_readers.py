"""JSON Lines, CSV and TSV as docs/export.md says to read them: its own lines are run, on what readers stumble over."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.exporters.flat_line import columns_of, lines_of
from annotator.exporters.row import rows
from annotator.model.judgement import Judgement
from annotator.model.record import ClaimRecord
from annotator.model.source import SourceEntity, SourceKind
from annotator.model.spreadsheet import neutral_cell
from annotator.model.text import neutral_line

PAGE = Path(__file__).parents[2] / "docs" / "export.md"
OPTIONS = ExportOptions(tool_version="1.2.3")
MISSING = ["NA", "None", "null", "nan", "NaN", "NULL", "N/A", "n/a", "#N/A", "<NA>", "-nan", "inf", "True", "F", "-"]
NUMBERS = ["007", "1e5", "0x10", "1.50", "12", "1_000", "1,5", "2026-03-01"]
QUOTED = [
    '"',
    '""',
    '"Stop',
    '"Stop," she said.',
    '5" of rain',
    'a "b',
    ' "x"',
    "'Stop,' he said.",
    "“so”",
    '"\n',
    '\t"',
    "\\",
]
CONTROLS = [
    "a\rb",
    "a\r\nb",
    "a\tb",
    "\t",
    "a\x00b",
    "\x1a",
    "a\x85b",
    "a\u2028b",
    "\u2029",
    "\x0c",
    "\ufeffa",
    "\\n",
    "\\u0041",
]
BLANK = [" ", "  ", "\u00a0", "\u3000", " a ", "\n", "\u200b"]
FORMULAS = ["=1+1", "+1", "-", "@x", " =1", "\t=1", '"=1', "'=1", "''=1", "\x0b=1", "＝1", "\u200b=1"]
AWKWARD = [*MISSING, *NUMBERS, *QUOTED, *CONTROLS, *BLANK, *FORMULAS]


def page_lines(heading: str, word: str) -> str:
    """The indented block under a heading that has the word in it."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", section, re.M)
    pieces = [piece for block in blocks for piece in re.split(r"\n(?=    import )", block)]
    (found,) = [piece for piece in pieces if re.search(word, piece)]
    return textwrap.dedent(found)


def run(lines: str, name: str) -> Any:
    names: dict[str, Any] = {}
    exec(lines, names)
    return names[name]


original: Callable[[str], str] = run(page_lines("CSV", "def original"), "original")
unescaped: Callable[[str], str] = run(page_lines("TSV", "def unescaped"), "unescaped")


def awkward(record: ClaimRecord, words: str) -> ClaimRecord:
    """The record with the words in every place that is a reviewer's or an outlet's to fill."""
    verdicts = tuple(replace(verdict, justification=words) for verdict in record.verdicts)
    evidence = tuple(replace(each, question=words, url=words) for each in record.evidence)
    # A source's name is one line and not blank.
    name = words if words.strip() and neutral_line(words) == words else "NA"
    sources = {id_: SourceEntity(each.id, name, SourceKind.PERSON) for id_, each in record.sources.items()}
    publications = tuple(replace(each, publisher=words, title=words) for each in record.article.publications)
    return replace(
        record,
        article=replace(record.article, publications=publications),
        judgement=Judgement(note=words, restatement=words),
        verdicts=verdicts,
        evidence=evidence,
        sources=sources,
    )


class _AsTheyAre:
    """Cells with nothing changed or quoted."""

    separator = "\ue000"
    changed = 0

    def harmless(self, text: str) -> str:
        return text

    other = json = harmless


def cells(records: list[ClaimRecord]) -> list[dict[str, str]]:
    """What the cells are made of, before anything is guarded, escaped or quoted."""
    names = [column.name for column in columns_of(OPTIONS)]
    lines = lines_of(records, OPTIONS, _AsTheyAre())
    return [dict(zip(names, line.split(_AsTheyAre.separator), strict=True)) for line in lines]


def save(name: str, records: list[ClaimRecord], folder: Path) -> None:
    ((_, chunks),) = FORMATS[name].write(records, OPTIONS, Losses())
    (folder / f"claims.{name}").write_bytes(b"".join(chunks))


@pytest.fixture
def many(records: list[ClaimRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[ClaimRecord]:
    """The record with the most values once for each of the awkward words, as claims.csv and claims.tsv."""
    made = [awkward(records[1], words) for words in AWKWARD]
    for name in ("csv", "tsv", "jsonl"):
        save(name, made, tmp_path)
    monkeypatch.chdir(tmp_path)
    return made


@pytest.mark.parametrize(
    ("word", "as_rows"),
    [
        pytest.param(r"import json, pandas", lambda frame: frame.to_dict("records"), marks=pytest.mark.extra("pandas")),
        pytest.param(r"import polars", lambda frame: frame.to_dicts(), marks=pytest.mark.extra("polars")),
    ],
)
def test_json_lines_are_read_exactly_by_the_documented_lines(
    word: str, as_rows: Any, many: list[ClaimRecord], records: list[ClaimRecord]
) -> None:
    # Nothing decided in the first 150 rows, and then something.
    made = [*[records[0]] * 150, *many]
    save("jsonl", made, Path())
    found = as_rows(run(page_lines("JSON Lines", word), "claims"))
    for row, wanted in zip(found, rows(made, OPTIONS), strict=True):
        assert {name: row[name] for name in wanted if wanted[name] is not None} == {
            name: value for name, value in wanted.items() if value is not None
        }


@pytest.mark.extra("polars")
def test_a_reason_behind_many_verdicts_without_one_is_read_by_the_documented_lines(
    records: list[ClaimRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reasoned = records[1]
    without = replace(reasoned, verdicts=tuple(replace(verdict, reason=None) for verdict in reasoned.verdicts))
    save("jsonl", [*[without] * 150, reasoned], Path())
    found = run(page_lines("JSON Lines", r"import polars"), "claims")["verdicts"].to_list()
    assert {verdict["reason"] for verdicts in found[:150] for verdict in verdicts} == {None}
    assert {verdict["reason"] for verdict in found[150]} == {verdict.reason for verdict in reasoned.verdicts} != {None}


READERS = [
    pytest.param(r"import pandas", lambda frame: frame.to_dict("records"), marks=pytest.mark.extra("pandas")),
    pytest.param(r"import polars", lambda frame: frame.to_dicts(), marks=pytest.mark.extra("polars")),
    pytest.param(r"import csv", lambda rows: rows),
]


@pytest.mark.parametrize(("word", "as_rows"), READERS)
def test_tsv_is_read_exactly_by_the_documented_lines(word: str, as_rows: Any, many: list[ClaimRecord]) -> None:
    found = as_rows(run(page_lines("TSV", word), "claims"))
    assert [{name: original(unescaped(cell)) for name, cell in row.items()} for row in found] == cells(many)


@pytest.mark.parametrize(("word", "as_rows"), READERS)
def test_csv_is_read_but_for_control_characters_by_the_documented_lines(
    word: str, as_rows: Any, many: list[ClaimRecord]
) -> None:
    found = as_rows(run(page_lines("CSV", word), "claims"))
    expected = [{name: neutral_cell(cell) for name, cell in row.items()} for row in cells(many)]
    assert [{name: original(cell) for name, cell in row.items()} for row in found] == expected


@pytest.mark.extra("pandas", "polars")
@pytest.mark.parametrize(("name", "mark"), [("csv", ","), ("tsv", "\t")])
def test_with_their_defaults_no_reader_joins_or_loses_a_record(name: str, mark: str, many: list[ClaimRecord]) -> None:
    import pandas as pd
    import polars as pl

    shape = (len(many), len(columns_of(OPTIONS)))
    assert pd.read_csv(f"claims.{name}", sep=mark).shape == shape
    assert pl.read_csv(f"claims.{name}", separator=mark).shape == shape
