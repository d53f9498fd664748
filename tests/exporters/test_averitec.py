from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ExportFailure
from annotator.exporters import ExportOptions, Losses
from annotator.model.article import Publication
from annotator.model.judgement import Evidence, Judgement, Verdict
from annotator.model.record import ClaimRecord
from annotator.model.scheme import default_scheme
from tests.exporters.writing import one_file

GOLDEN = Path(__file__).parent / "golden" / "claims.averitec.json"
OPTIONS = ExportOptions(tool_version="1.2.3", scheme=default_scheme())

KEYS: dict[str, type | tuple[type, ...]] = {
    "claim": str,
    "required_reannotation": bool,
    "label": str,
    "justification": str,
    "claim_date": (str, type(None)),
    "speaker": (str, type(None)),
    "original_claim_url": (str, type(None)),
    "cached_original_claim_url": (str, type(None)),
    "fact_checking_article": (str, type(None)),
    "reporting_source": (str, type(None)),
    "location_ISO_code": (str, type(None)),
    "claim_types": list,
    "fact_checking_strategies": list,
    "questions": list,
}
"""The keys of AVeriTeC's training files and what they hold."""
LABELS = {"Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"}
ANSWER_TYPES = {"Extractive", "Abstractive", "Boolean", "Unanswerable", None}


def written(records: list[ClaimRecord], options: ExportOptions = OPTIONS, losses: Losses | None = None) -> bytes:
    return one_file("averitec", records, options, losses)


def claims(records: list[ClaimRecord], options: ExportOptions = OPTIONS) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written(records, options))
    return found


def read(data: bytes) -> list[tuple[str, str, str]]:
    """Claim, label and the evidence in one string, as those who train on AVeriTeC read it."""
    found = []
    for claim in json.loads(data):
        assert all(isinstance(claim[key], kind) for key, kind in KEYS.items()), claim
        assert claim["label"] in LABELS
        said = []
        for question in claim["questions"]:
            assert question["question"].strip()
            for answer in question["answers"]:
                assert answer["answer_type"] in ANSWER_TYPES
                assert answer["answer"]
                because = answer["boolean_explanation"] if answer["answer_type"] == "Boolean" else ""
                said.append(" ".join(filter(None, (question["question"], answer["answer"], because))))
        found.append((claim["claim"], claim["label"], " | ".join(said)))
    return found


def with_evidence(record: ClaimRecord, *evidence: Evidence) -> ClaimRecord:
    return replace(record, evidence=evidence)


def test_the_bytes_are_the_golden_ones(records: list[ClaimRecord]) -> None:
    assert written(records) == GOLDEN.read_bytes()


def test_a_reader_of_averitec_finds_its_claims_labels_and_evidence() -> None:
    assert read(GOLDEN.read_bytes()) == [
        ("Two of nine cables were slack.", "Conflicting Evidence/Cherrypicking", "How many cables? -2"),
        ("قالت شركة العبّارات إن الخط «آمن تماما».", "Not Enough Evidence", ""),
    ]


def test_the_speaker_is_the_innermost_source_and_else_the_author(records: list[ClaimRecord]) -> None:
    assert [claim["speaker"] for claim in claims(records)] == ["Ine\u0301s Duarte", None]
    unsourced = replace(records[1], attributions=(), chains=(), sources={})
    assert claims([unsourced])[0]["speaker"] == "Example Wire"
    known = replace(records[1], sources={})
    assert claims([known])[0]["speaker"] == "Ine\u0301s Duarte, the harbour master,"
    article = replace(records[1].article, publications=(Publication(author="Mo Reyes", publisher="Wire"),))
    assert claims([replace(unsourced, article=article)])[0]["speaker"] == "Mo Reyes"


@pytest.mark.parametrize(
    ("published_at", "day"), [("2026-03-09", "9-3-2026"), ("2026-03-09T10:00:00+00:00", "9-3-2026"), ("March", None)]
)
def test_the_day_is_that_of_the_first_publication(
    records: list[ClaimRecord], published_at: str, day: str | None
) -> None:
    article = replace(records[1].article, publications=(Publication(title="A", published_at=published_at),))
    assert claims([replace(records[1], article=article)])[0]["claim_date"] == day


def test_answers_to_one_question_stand_together(records: list[ClaimRecord]) -> None:
    record = records[1]
    made = with_evidence(
        record,
        Evidence("1", record.claim_id, question="How many?", answer="Two.", url="https://a.example/", medium="pdf"),
        Evidence("2", record.claim_id, question="Is it so?", answer="Yes", answer_type="boolean", passage="It is."),
        Evidence("3", record.claim_id, question="How many?", passage="two cables", answer_type="extractive"),
        Evidence("4", record.claim_id, question="Since when?", answer_type="unanswerable"),
        Evidence("5", record.claim_id, question="And why?", url="https://b.example/"),
    )
    how, so, since, why = claims([made])[0]["questions"]
    assert [(answer["answer"], answer["answer_type"]) for answer in how["answers"]] == [
        ("Two.", None),
        ("two cables", "Extractive"),
    ]
    assert (how["answers"][0]["source_url"], how["answers"][0]["source_medium"]) == ("https://a.example/", "pdf")
    assert so["answers"][0]["boolean_explanation"] == "It is."
    assert since["answers"][0]["answer"] == "No answer could be found."
    assert why["answers"] == []


def test_what_it_cannot_hold_is_counted(records: list[ClaimRecord]) -> None:
    losses = Losses()
    record = records[1]
    made = with_evidence(
        record,
        Evidence("1", record.claim_id, url="https://a.example/"),
        Evidence("2", record.claim_id, "attribution-2", question="Did she?"),
        Evidence("3", record.claim_id, question="How?", answer="So.", passage="so", publisher="A", stance="refutes"),
    )
    strange = replace(record, verdicts=(Verdict("content", "pants-on-fire"),))
    written([made, strange, records[0]], losses=losses)
    assert losses.line == (
        "1 claim with a verdict that AVeriTeC does not have left out, 1 claim without a verdict left out, "
        "1 passage of evidence left out, 1 piece of evidence about attributions left out, "
        "1 piece of evidence without a question left out, 1 publisher and date of evidence left out, "
        "1 reason of a verdict left out, 1 stance of evidence left out, 1 verdict on attributions left out"
    )


def test_a_claim_without_a_question_is_written_and_counted(records: list[ClaimRecord]) -> None:
    losses = Losses()
    bare = with_evidence(records[1])
    without, asked = json.loads(written([bare, records[1]], losses=losses))
    assert (without["questions"], len(asked["questions"])) == ([], 1)
    assert "1 claim without a question" in losses.line
    assert losses.written == 2


def test_without_text_only_restatements_are_left(records: list[ClaimRecord]) -> None:
    losses = Losses()
    options = replace(OPTIONS, with_text=False)
    data = written(records, options, losses)
    (claim,) = json.loads(data)
    assert (claim["claim"], claim["speaker"]) == ("Two of nine cables were slack.", None)
    assert "1 claim without a restatement left out" in losses.line
    for words in ("tension", "Nobody", "Duarte", "آمن"):
        assert words not in data.decode()


def test_nothing_to_export_is_an_empty_array(records: list[ClaimRecord]) -> None:
    assert written(records[:1]) == b"[]\n"


def test_a_text_that_is_not_the_one_its_id_names_stops_the_export(records: list[ClaimRecord]) -> None:
    changed = replace(records[1], article=replace(records[1].article, text=records[1].article.text.upper()))
    with pytest.raises(ExportFailure, match="the text is not the one its id names"):
        written([replace(changed, judgement=Judgement())])
