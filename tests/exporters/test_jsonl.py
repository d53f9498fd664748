from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ExportFailure
from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.model.article import Publication
from annotator.model.record import ClaimRecord
from annotator.model.span import Span
from annotator.model.text import article_id, claim_id
from tests.exporters.writing import one_file, turned

GOLDEN = Path(__file__).parent / "golden"
OPTIONS = ExportOptions(tool_version="1.2.3")
NO_TEXT = ExportOptions(with_text=False, tool_version="1.2.3")


def exported(records: list[ClaimRecord], options: ExportOptions = OPTIONS) -> bytes:
    return one_file("jsonl", records, options)


def objects(records: list[ClaimRecord], options: ExportOptions = OPTIONS) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(records, options).decode("utf-8").split("\n")[:-1]]


@pytest.mark.parametrize(("options", "name"), [(OPTIONS, "claims.jsonl"), (NO_TEXT, "claims-no-text.jsonl")])
def test_the_bytes_are_the_golden_ones(records: list[ClaimRecord], options: ExportOptions, name: str) -> None:
    assert exported(records, options) == (GOLDEN / name).read_bytes()


def test_the_same_records_give_the_same_bytes_in_any_order_of_their_parts(records: list[ClaimRecord]) -> None:
    assert exported(turned(records)) == exported(records)


def test_every_reader_of_lines_finds_one_object_a_line(records: list[ClaimRecord]) -> None:
    text = exported(records).decode("utf-8")
    assert len(text.splitlines()) == len(records)
    assert objects(records)[1]["evidence"][0]["passage"] == "two\u2028cables"
    assert objects(records)[1]["note"] == "=SUM(A1)\r\n\x00 \x1b[31m"


def test_offsets_are_code_points_and_give_the_texts_back(records: list[ClaimRecord]) -> None:
    for record, row in zip(records, objects(records), strict=True):
        text = record.article.text
        assert text[row["start"] : row["end"]] == row["text"]
        assert article_id(text) == row["article_id"] == row["article_sha256"]
        for attribution in row["attributions"]:
            for span in chain.from_iterable(attribution["spans"].values()):
                assert text[span["start"] : span["end"]] == span["text"]


def test_the_three_states_of_voice_are_told_apart(records: list[ClaimRecord]) -> None:
    assert [row["voice"] for row in objects(records)] == [
        None,
        "attributed",
        "attributed",
        "author",
        "attributed",
        None,
    ]


def test_a_chain_runs_from_the_publisher_to_whoever_said_it(records: list[ClaimRecord]) -> None:
    _, cables, crosses, _, ferry, _ = objects(records)
    duarte = "Ine\u0301s Duarte, the harbour master,"
    assert [attribution["chain"] for attribution in cables["attributions"]] == [
        ["Example Wire", "Reuters"],
        ["Example Wire", "Reuters", duarte],
    ]
    assert cables["attributions"][1]["ancestors"] == ["attribution-1"]
    # The relay is the publisher itself here, and stands once.
    assert crosses["attributions"][0]["chain"] == ["Example Wire", "the office"]
    assert ferry["attributions"][0]["chain"] == [None]


def test_an_attribution_names_the_source_that_it_resolves_to(records: list[ClaimRecord]) -> None:
    _, cables, crosses, *_ = objects(records)
    assert [(made["source_id"], made["source_name"]) for made in cables["attributions"]] == [
        ("source-1", "Reuters"),
        ("source-2", "Ine\u0301s Duarte"),
    ]
    assert crosses["attributions"][0]["source_id"] is None


def test_the_relay_stands_before_the_source_it_heard(records: list[ClaimRecord]) -> None:
    record = records[2]
    elsewhere = replace(record, article=replace(record.article, publications=(Publication(publisher="The Echo"),)))
    (row,) = objects([elsewhere])
    assert row["attributions"][0]["chain"] == ["The Echo", "Example Wire", "the office"]


def test_a_verdict_says_whether_it_rests_on_evidence(records: list[ClaimRecord]) -> None:
    assert [(verdict["target"], verdict["rests_on_evidence"]) for verdict in objects(records)[1]["verdicts"]] == [
        ("content", True),
        ("attribution-2", False),
    ]


def test_without_text_no_words_of_the_article_are_left_but_its_title_and_what_the_reviewer_wrote(
    records: list[ClaimRecord],
) -> None:
    written = exported(records, NO_TEXT).decode("utf-8")
    for words in ("tension", "Nobody", "Duarte", "Reuters", "play", "the office", "آمن"):
        assert words not in written
    row = objects(records, NO_TEXT)[1]
    assert (row["restatement"], row["evidence"][0]["passage"]) == ("Two of nine cables were slack.", "two\u2028cables")
    spans = row["attributions"][0]["spans"]
    text = records[1].article.text
    assert text[spans["source"][0]["start"] : spans["source"][0]["end"]] == "Reuters"
    assert row["article_sha256"] == records[1].article.id


def test_nothing_to_export_is_an_empty_file() -> None:
    assert exported([]) == b""


def test_records_are_taken_one_at_a_time(records: list[ClaimRecord]) -> None:
    taken = 0

    def source() -> Iterator[ClaimRecord]:
        nonlocal taken
        for record in records:
            taken += 1
            yield record

    ((path, chunks),) = FORMATS["jsonl"].write(source(), OPTIONS, Losses())
    pieces = iter(chunks)
    assert path == ""
    assert taken == 0
    next(pieces)
    assert taken == 1
    next(pieces)
    assert taken == 2


def test_a_text_that_is_not_the_one_its_id_names_stops_the_export(records: list[ClaimRecord]) -> None:
    record = records[0]
    changed = replace(record, article=replace(record.article, text=record.article.text.replace("🌉", "!!")))
    with pytest.raises(ExportFailure, match="the text is not the one its id names"):
        exported([changed])


def test_offsets_that_are_not_the_ones_the_claim_id_names_stop_the_export(records: list[ClaimRecord]) -> None:
    moved = replace(records[0], span=Span(1, 5))
    with pytest.raises(ExportFailure, match="claim 1 of ana: its offsets are not the ones its id names"):
        exported([moved])


@pytest.mark.parametrize("options", [OPTIONS, NO_TEXT])
def test_a_span_that_ends_behind_the_text_stops_the_export(records: list[ClaimRecord], options: ExportOptions) -> None:
    record = records[2]
    length = len(record.article.text)
    (attribution,) = record.attributions
    far = replace(attribution, content=(*attribution.content, Span(length - 1, length + 1)))
    with pytest.raises(ExportFailure, match="ends behind the text"):
        exported([replace(record, attributions=(far,))], options)
    for part in ({"relay": Span(0, length + 1)}, {"cue": Span(0, length + 1)}, {"source": (Span(0, length + 1),)}):
        with pytest.raises(ExportFailure, match="ends behind the text"):
            exported([replace(record, attributions=(replace(attribution, **part),))], options)
    span = Span(0, length + 1)
    with pytest.raises(ExportFailure, match="ends behind the text"):
        exported([replace(record, span=span, claim_id=claim_id(record.article.id, span))], options)


def test_an_attribution_whose_outer_one_is_missing_stops_the_export(records: list[ClaimRecord]) -> None:
    record = records[1]
    with pytest.raises(ExportFailure, match="nested in attribution-1, which is not in the record"):
        exported([replace(record, attributions=record.attributions[:1], chains=record.chains[:1])])
