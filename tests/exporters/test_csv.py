from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.exporters.flat_line import COLUMNS
from annotator.model.article import BlockKind, Publication
from annotator.model.attribution import Attribution
from annotator.model.judgement import Evidence, Judgement, Verdict
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.span import Span
from annotator.model.spreadsheet import starts_formula
from annotator.model.text import article_id, claim_id
from tests.exporters.writing import one_file

GOLDEN = Path(__file__).parent / "golden"
OPTIONS = ExportOptions(tool_version="1.2.3")
NO_TEXT = ExportOptions(with_text=False, tool_version="1.2.3")


def exported(records: list[ClaimRecord], options: ExportOptions = OPTIONS) -> bytes:
    return one_file("csv", records, options)


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize(("options", "name"), [(OPTIONS, "claims.csv"), (NO_TEXT, "claims-no-text.csv")])
def test_the_bytes_are_the_golden_ones(records: list[ClaimRecord], options: ExportOptions, name: str) -> None:
    assert exported(records, options) == (GOLDEN / name).read_bytes()


def test_the_csv_module_reads_back_what_json_lines_say(records: list[ClaimRecord]) -> None:
    lines = one_file("jsonl", records, OPTIONS).decode("utf-8").split("\n")[:-1]
    for cells, row in zip(read(exported(records)), map(json.loads, lines), strict=True):
        assert int(cells["start"]) == row["start"]
        assert int(cells["end"]) == row["end"]
        assert cells["text"].removeprefix("'") == row["text"]
        assert cells["voice"] == (row["voice"] or "")
        for name in ("attributions", "verdicts", "evidence", "publications"):
            assert json.loads(cells[name]) == row[name]


def test_the_first_attribution_and_the_verdict_on_the_content_have_columns_of_their_own(
    records: list[ClaimRecord],
) -> None:
    headline, cables, crosses, _, ferry, _ = read(exported(records))
    assert (cables["source"], cables["cue"], cables["chain"]) == ("Reuters", "reported", "Example Wire > Reuters")
    assert (cables["verdict"], cables["verdict_reason"], cables["rests_on_evidence"]) == (
        "mixed",
        "missing_context",
        "true",
    )
    assert (crosses["content"], crosses["relay"]) == ("“Nobody crosses,” … “before Monday.”", "Example Wire")
    assert (crosses["type"], crosses["form"], crosses["negated"]) == ("decree", "direct", "true")
    assert (ferry["source"], ferry["chain"], ferry["rests_on_evidence"]) == ("", "?", "false")
    assert {headline[name] for name in ("source", "type", "verdict", "rests_on_evidence", "worth", "voice")} == {""}


def test_outer_and_inner_attribution_stand_side_by_side(records: list[ClaimRecord]) -> None:
    _, cables, crosses, *_ = read(exported(records))
    assert (cables["source"], cables["source_id"], cables["form"]) == ("Reuters", "source-1", "indirect")
    assert (cables["inner_source"], cables["inner_source_id"], cables["inner_form"]) == (
        "Ine\u0301s Duarte, the harbour master,",
        "source-2",
        "mixed",
    )
    assert cables["inner_source_name"] == "Ine\u0301s Duarte"
    assert cables["inner_content"] == "two of the “nine”\tcables had lost tension"
    assert cables["inner_chain"] == "Example Wire > Reuters > Ine\u0301s Duarte, the harbour master,"
    # Where nothing is nested, one attribution is both.
    for name in ("source", "cue", "content", "relay", "chain", "type", "form", "anonymity", "negated"):
        assert crosses[f"inner_{name}"] == crosses[name]


def test_evidence_is_counted_and_its_first_address_has_a_column(records: list[ClaimRecord]) -> None:
    cables = records[1]
    (first,) = cables.evidence
    without, copied = replace(first, url="", archived_url=""), replace(first, url="")
    found = read(exported([cables, replace(cables, evidence=(without, copied, first)), replace(cables, evidence=())]))
    assert [(row["evidence_count"], row["evidence_url"]) for row in found] == [
        ("1", "https://example.org/report"),
        ("3", "https://archive.example/1"),
        ("0", ""),
    ]


def test_it_opens_in_a_spreadsheet(records: list[ClaimRecord]) -> None:
    data = exported(records)
    assert data.startswith(b"\xef\xbb\xbfarticle_id,")
    assert data.endswith(b"\r\n")
    assert b"\x00" not in data
    assert b"\x1b" not in data
    rows = read(data)
    assert rows[3]["text"] == '\'+7 mm of "play" was measured.'
    assert rows[5]["text"] == "'=2+5 is not a sum."
    assert rows[1]["note"] == "'=SUM(A1)\n␀ ␛[31m"
    assert rows[1]["justification"] == "'@two counts, “both” good"
    assert (rows[1]["ordinal"], rows[1]["start"], rows[1]["worth"]) == ("2", "32", "2")


def test_without_text_the_columns_of_the_articles_words_are_gone(records: list[ClaimRecord]) -> None:
    data = exported(records, NO_TEXT)
    for words in ("tension", "Nobody", "Duarte", "Reuters", "play", "the office", "آمن"):
        assert words not in data.decode("utf-8")
    gone = [column.name for column in COLUMNS if column.of_article]
    of_attribution = ["source", "cue", "content", "relay", "chain", "source_name"]
    assert gone == ["text", *of_attribution, *(f"inner_{name}" for name in of_attribution)]
    assert list(read(data)[0]) == [column.name for column in COLUMNS if not column.of_article]


def test_nothing_to_export_is_a_heading_line() -> None:
    assert exported([]).decode("utf-8-sig") == ",".join(column.name for column in COLUMNS) + "\r\n"


awkward = st.text(
    alphabet=st.one_of(st.sampled_from(" =+-@\t\r\n\"',;＝\ufeff\u200b\x00\x1b“[{"), st.characters(codec="utf-8"))
)


@given(text=awkward.filter(str), words=awkward, publisher=awkward)
def test_no_cell_starts_a_formula(text: str, words: str, publisher: str) -> None:
    span = Span(0, len(text))
    claim = claim_id(article_id(text), span)
    record = ClaimRecord(
        article=ArticleRecord(
            article_id(text), text, (Publication(words, words, words, publisher, words, words),), words, words, words
        ),
        reviewer=words,
        claim_id=claim,
        ordinal=1,
        span=span,
        kind=BlockKind.BODY,
        state=State.DONE,
        judgement=Judgement(words, words, words, flag=True, note=words, confidence=words),
        attributions=(Attribution("a", source=(span,), cue=span, content=(span,), relay=span),),
        chains=((),),
        verdicts=(Verdict("content", words, words, words, words),),
        evidence=(Evidence("e", claim, question=words, url="https://example.org/"),),
        first_decided_at=words,
        last_decided_at=words,
        scheme=words,
    )
    cells = next(
        csv.reader(io.StringIO(exported([record]).decode("utf-8-sig").partition("\r\n")[2], newline=""), strict=True)
    )
    assert len(cells) == len(COLUMNS)
    for cell in cells:
        assert cell.lstrip('\ufeff\u200b "“').find("=") != 0
        assert not starts_formula(cell) or (cell[0] == "'" and starts_formula(cell[1:]))
        assert not set(cell) & {"\x00", "\r", "\x1b"}


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_what_an_article_s_cells_lose_is_counted_for_each_of_its_lines(name: str, records: list[ClaimRecord]) -> None:
    article = replace(records[0].article, publications=(Publication(title="=1"),))
    losses = Losses()
    ((_, chunks),) = FORMATS[name].write([replace(each, article=article) for each in records[:1] * 3], OPTIONS, losses)
    assert b"".join(chunks).count(b"'=1") == 3
    assert set(losses.counts.values()) == {3}
