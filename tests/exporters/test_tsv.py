from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.model.article import BlockKind
from annotator.model.judgement import Judgement
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.span import Span
from annotator.model.spreadsheet import starts_formula
from annotator.model.text import article_id, claim_id

GOLDEN = Path(__file__).parent / "golden"
OPTIONS = ExportOptions(tool_version="1.2.3")
NO_TEXT = replace(OPTIONS, with_text=False)
ESCAPED = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}


def written(name: str, records: list[ClaimRecord], options: ExportOptions = OPTIONS) -> bytes:
    ((path, chunks),) = FORMATS[name].write(records, options, Losses())
    assert path == ""
    return b"".join(chunks)


def read(data: bytes) -> list[list[str]]:
    """As cut and awk read it, and then without the escapes."""
    return [
        [re.sub(r"\\[tn\\]", lambda match: ESCAPED[match[0]], cell) for cell in line.split("\t")]
        for line in data.decode("utf-8").removesuffix("\n").split("\n")
    ]


@pytest.mark.parametrize(("options", "name"), [(OPTIONS, "claims.tsv"), (NO_TEXT, "claims-no-text.tsv")])
def test_the_bytes_are_the_golden_ones(records: list[ClaimRecord], options: ExportOptions, name: str) -> None:
    assert written("tsv", records, options) == (GOLDEN / name).read_bytes()


def test_it_holds_what_csv_holds(records: list[ClaimRecord]) -> None:
    table = list(csv.reader(io.StringIO(written("csv", records).decode("utf-8-sig"), newline=""), strict=True))
    assert read((GOLDEN / "claims.tsv").read_bytes()) == table


def test_a_record_is_a_line_whatever_it_holds(records: list[ClaimRecord]) -> None:
    data = (GOLDEN / "claims.tsv").read_bytes()
    assert data.count(b"\n") == len(records) + 1
    assert len({line.count(b"\t") for line in data.splitlines()}) == 1
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")


@given(note=st.text(alphabet=st.sampled_from("\t\n\r\\tn=+'\" a\u2028\x00🌉")))
def test_no_note_breaks_a_line_or_runs(note: str) -> None:
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
    heading, cells = read(written("tsv", [record]))
    cell = cells[heading.index("note")]
    assert not starts_formula(cell) or (cell[0] == "'" and starts_formula(cell[1:]))
