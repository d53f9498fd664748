from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import ExportOptions
from annotator.model.article import BlockKind
from annotator.model.judgement import CONTENT, Judgement, Verdict
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.span import Span
from annotator.model.spreadsheet import neutral_cell, starts_formula
from annotator.model.text import article_id, claim_id
from tests.exporters.writing import one_file

GOLDEN = Path(__file__).parent / "golden"
OPTIONS = ExportOptions(tool_version="1.2.3")
NO_TEXT = replace(OPTIONS, with_text=False)
SHORT = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


def written(name: str, records: list[ClaimRecord], options: ExportOptions = OPTIONS) -> bytes:
    return one_file(name, records, options)


def read(data: bytes) -> list[list[str]]:
    """As default readers read it, and then without the escapes."""
    table = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter="\t", strict=True)
    return [[unescaped(cell) for cell in row] for row in table]


def unescaped(cell: str) -> str:
    return re.sub(r"\\(?:u(....)|(.))", lambda match: chr(int(match[1], 16)) if match[1] else SHORT[match[2]], cell)


@pytest.mark.parametrize(("options", "name"), [(OPTIONS, "claims.tsv"), (NO_TEXT, "claims-no-text.tsv")])
def test_the_bytes_are_the_golden_ones(records: list[ClaimRecord], options: ExportOptions, name: str) -> None:
    assert written("tsv", records, options) == (GOLDEN / name).read_bytes()


def test_it_holds_what_csv_holds(records: list[ClaimRecord]) -> None:
    table = list(csv.reader(io.StringIO(written("csv", records).decode("utf-8-sig"), newline=""), strict=True))
    assert [[neutral_cell(cell) for cell in row] for row in read((GOLDEN / "claims.tsv").read_bytes())] == table


def test_a_record_is_a_line_whatever_it_holds(records: list[ClaimRecord]) -> None:
    data = (GOLDEN / "claims.tsv").read_bytes()
    assert data.count(b"\n") == len(records) + 1
    assert len({line.count(b"\t") for line in data.splitlines()}) == 1
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")


@given(
    note=st.text(
        alphabet=st.one_of(st.sampled_from("\t\n\r\\tnu0=+'\" a\u2028\x00\x85🌉＝“"), st.characters(codec="utf-8"))
    )
)
def test_any_note_comes_back_from_one_line_and_never_runs(note: str) -> None:
    text = "It fell."
    span = Span(0, len(text))
    record = ClaimRecord(
        article=ArticleRecord(article_id(text), text, (), "", "", ""),
        reviewer="ana",
        claim_id=claim_id(article_id(text), span),
        ordinal=1,
        span=span,
        kind=BlockKind.BODY,
        state=State.IN_PROGRESS,
        judgement=Judgement(note=note),
        attributions=(),
        chains=(),
        verdicts=(),
        evidence=(),
        first_decided_at="",
        last_decided_at="",
        scheme="",
    )
    data = written("tsv", [record])
    assert len(data.decode("utf-8").splitlines()) == 2
    assert len({line.count(b"\t") for line in data.splitlines()}) == 1
    heading, cells = read(data)
    cell = cells[heading.index("note")]
    assert cell == (f"'{note}" if starts_formula(note) else note)


@pytest.mark.parametrize(
    "said",
    [{"judgement": Judgement(note="a\ud800b")}, {"verdicts": (Verdict(CONTENT, "refuted", justification="a\ud800b"),)}],
    ids=["in a cell of its own", "in a list"],
)
def test_a_lone_surrogate_of_a_record_made_by_hand_is_escaped(records: list[ClaimRecord], said: Any) -> None:
    assert b"a\\ud800b" in written("tsv", [replace(records[0], **said)])
