"""Rows of other tools with odd ids, numbers and fields: one line about one row, and the rest is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from annotator.model.offsets import OffsetUnit

TEXT = "🌊 Eva said the ramp held."
Read = Callable[..., Any]
SAID = [(["Eva"], ["said"], ["the ramp held"])]


def at(words: str, ahead: int = 0) -> tuple[int, int]:
    start = TEXT.index(words) + ahead
    return start, start + len(words)


def entity(id_: Any, words: str, label: str, ahead: int = 1) -> dict[str, Any]:
    start, end = at(words, ahead)
    return {"id": id_, "label": label, "start_offset": start, "end_offset": end}


def doccano(ahead: int = 1, **more: Any) -> dict[str, Any]:
    entities = [
        entity(1, "said", "Cue", ahead),
        entity("2", "Eva", "Source", ahead),
        entity(3.0, "the ramp held", "Content", ahead),
    ]
    relations = [{"id": n, "from_id": 1, "to_id": n, "type": ""} for n in (2, 3)]
    return {"id": 7, "text": TEXT, "entities": entities, "relations": relations} | more


def test_doccanos_offsets_are_utf16_code_units(read: Read) -> None:
    assert read(json.dumps(doccano()), "doccano").said == SAID


@pytest.mark.parametrize(("unit", "ahead"), [("code-points", 0), ("graphemes", 0), ("utf-16", 1)])
def test_the_unit_is_what_is_asked_for_else_what_the_export_says(read: Read, unit: str, ahead: int) -> None:
    assert read(json.dumps(doccano(ahead)), "doccano", offsets=OffsetUnit(unit)).said == SAID
    assert read(json.dumps(doccano(ahead, offset_unit=unit)), "doccano").said == SAID


def test_graphemes_are_counted_in_the_text_as_the_file_has_it(read: Read) -> None:
    text = "E\u0301va\r\nsaid yes."
    entities = [
        {"id": 1, "label": "Cue", "start_offset": 4, "end_offset": 8},
        {"id": 2, "label": "Content", "start_offset": 9, "end_offset": 12},
    ]
    document = {"text": text, "entities": entities, "relations": [{"from_id": 1, "to_id": 2, "type": "content"}]}
    found = read(json.dumps(document), "doccano", offsets=OffsetUnit.GRAPHEMES)
    assert found.said == [([], ["said"], ["yes"])]


def test_an_offset_inside_a_surrogate_pair_is_no_place(read: Read) -> None:
    found = read(json.dumps({"text": TEXT, "label": [[1, 5, "Source"]]}), "doccano")
    assert [failure.reason for failure in found.failures] == ["1..5 is no span of the text, in utf-16"]


@pytest.mark.parametrize(
    "odd",
    [
        {"id": None, "label": "Source", "start_offset": "3", "end_offset": 6},
        {"id": 1, "label": "Source", "start_offset": 3, "end_offset": 6},
        {"label": "Source", "start_offset": 3, "end_offset": None},
        {"id": 9, "label": "Source", "start_offset": True, "end_offset": 6},
        7,
        [1, 2],
        [1, "2", "Source"],
    ],
)
def test_an_odd_entity_of_doccano_is_one_failure(read: Read, odd: Any) -> None:
    document = doccano()
    document["entities"].append(odd)
    found = read(json.dumps(document), "doccano")
    assert found.said == SAID
    assert len(found.failures) == 1


@pytest.mark.parametrize("ids", [[None, None], [7, 7], [["x"], {"y": 1}], ["a1", "a1"]])
def test_kept_attributions_need_no_ids_of_their_own(read: Read, ids: list[Any]) -> None:
    rows = [
        {"id": ids[0], "type": "belief", "spans": {"cue": [[*at("said", 1)]], "content": [[*at("the ramp held", 1)]]}},
        {"id": ids[1], "spans": {"cue": [[*at("held", 1)]], "content": [[*at("Eva", 1)]]}},
    ]
    found = read(json.dumps(doccano(attributions=rows)), "doccano")
    assert found.said == SAID
    assert found.articles[0].attributions[0].attribution.type == "belief"


def test_labels_of_documents_and_comments_are_counted(read: Read) -> None:
    documents = [
        {"text": TEXT, "label": ["good", "short"], "Comments": ["why?"]},
        {"text": TEXT, "cats": ["A"], "entities": [[*at("Eva", 1), "Source"]], "relations": None},
        {"text": TEXT, "entities": float("nan"), "label": None, "annotations": [{"label": 1, "user": 2}]},
        {"text": TEXT, "entities": None, "label": None, "labels": [[*at("Eva", 1), "Source"]]},
    ]
    found = read("\n".join(map(json.dumps, documents)), "doccano")
    assert found.failures == []
    kinds = [(note.kind, note.count) for note in found.notes]
    assert kinds.count(("document label", 1)) == 3
    assert kinds.count(("comment", 1)) == 1
    assert kinds.count(("numbered label", 1)) == 1
    assert kinds.count(("unlinked span", 1)) == 2


# Prodigy


def prodigy(**more: Any) -> str:
    def span(words: str, label: str) -> dict[str, Any]:
        start, end = at(words)
        return {"start": start, "end": end, "label": label}

    cue = span("said", "CUE")
    relations = [
        {"head_span": cue, "child_span": span("Eva", "SOURCE"), "label": "SOURCE"},
        {"head_span": cue, "child_span": span("the ramp held", "CONTENT"), "label": "CONTENT"},
    ]
    return json.dumps({"text": TEXT, "spans": [], "relations": relations} | more) + "\n"


@pytest.mark.parametrize(
    "more",
    [
        {"answer": None},
        {"_annotator_id": ["x"], "_session_id": {}},
        {"article": None, "attributions": [{"spans": None}], "claims": None, "tokens": None},
        {"attributions": [{"id": ["x"]}, {"id": 3}, {}]},
        {"tokens": [{"text": 3}, {"id": None}]},
    ],
)
def test_odd_fields_of_a_task_leave_its_relations_and_each_row_without_spans_is_a_failure(
    read: Read, more: dict[str, Any]
) -> None:
    found = read(prodigy(**more), "prodigy")
    assert len(found.failures) == len(more.get("attributions", []))
    assert found.said == SAID


@pytest.mark.parametrize(
    ("more", "kind", "count"),
    [
        ({"options": [{"id": "T"}], "accept": ["T", "U"]}, "choice", 2),
        ({"accept": "T"}, "choice", 1),
        ({"accept": []}, "", 0),
        ({"label": "SPORT"}, "document label", 1),
        ({"answer": "reject"}, "rejected task", 1),
        ({"answer": "ignore"}, "ignored task", 1),
        ({"answer": ["?"]}, "unanswered task", 1),
    ],
)
def test_what_prodigys_task_chose_is_counted(read: Read, more: dict[str, Any], kind: str, count: int) -> None:
    found = read(prodigy(**more), "prodigy")
    assert [(note.kind, note.count) for note in found.notes] == ([(kind, count)] if kind else [])


# All formats of JSON


@pytest.mark.parametrize("name", ["doccano", "prodigy", "jsonl"])
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"text": "Deep.", "meta": ' + "[" * 3000 + "]" * 3000 + "}", "nested deeper than 100 levels"),
        ('{"text": "Half \\ud83c."}', "half of a surrogate pair"),
        ('{"text": "A number", "start": ' + "9" * 5000 + "}", "broken JSON"),
    ],
)
def test_a_row_that_cannot_be_taken_is_one_failure(read: Read, name: str, row: str, reason: str) -> None:
    found = read(f"{row}\n", name)
    assert [failure.place for failure in found.failures] == ["line 1"]
    assert reason in found.failures[0].reason
    assert found.articles == []


def test_a_web_annotation_with_anothers_id_is_one_failure(read: Read) -> None:
    def target(words: str, role: str) -> dict[str, Any]:
        start, end = at(words)
        selector = {"type": "TextPositionSelector", "start": start, "end": end}
        return {"source": "urn:t", "selector": selector, "annotator:role": role}

    described = {"motivation": "describing", "target": {"id": "urn:t"}, "body": {"value": TEXT}}
    said = {
        "id": "urn:a",
        "motivation": "identifying",
        "target": [target("Eva", "source"), target("said", "cue"), target("the ramp held", "content")],
    }
    found = read(json.dumps([described, said, said]), "w3c")
    assert found.said == SAID
    assert [(failure.place, failure.reason) for failure in found.failures] == [
        ("annotation 3", "the id urn:a is there twice: left out")
    ]
