"""Files as the tools themselves write them, and our exports after somebody changed them there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from annotator.model.offsets import OffsetUnit

TEXT = "Ana 🌊 said that Bo thinks it rained. “No,” an aide added."
Read = Callable[..., Any]


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def kept(name: str, **spans: str) -> dict[str, Any]:
    """An attribution as our exports keep it."""
    places = {role: [list(at(words))] for role, words in spans.items()}
    facets = {"type": "belief", "form": "direct", "anonymity": "described", "negated": True}
    return {"id": name, **facets, "parent": None, "source_kind": "person", "source_name": "Ana", "spans": places}


# Prodigy


def span(words: str, label: str) -> dict[str, Any]:
    start, end = at(words)
    return {"start": start, "end": end, "label": label}


def relation(head: tuple[str, str], child: tuple[str, str], label: str) -> dict[str, Any]:
    return {"head": 0, "child": 0, "head_span": span(*head), "child_span": span(*child), "label": label}


def prodigy(**more: Any) -> str:
    outer, inner = ("said", "CUE"), ("thinks", "CUE")
    task = {
        "text": TEXT,
        "spans": [span("Ana", "SOURCE"), span("said", "CUE"), span("an aide", "SOURCE")],
        "relations": [
            relation(outer, ("Ana", "SOURCE"), "SOURCE"),
            relation(outer, ("that Bo thinks it rained", "CONTENT"), "CONTENT"),
            relation(inner, ("Bo", "SOURCE"), "SOURCE"),
            relation(inner, ("it rained", "CONTENT"), "CONTENT"),
            relation(inner, outer, "NESTED_IN"),
        ],
        "answer": "accept",
        "_annotator_id": "rels-ana",
    }
    return json.dumps(task | more) + "\n"


def test_prodigys_relations_make_attributions(read: Read) -> None:
    found = read(prodigy(), "prodigy")
    assert found.said == [(["Ana"], ["said"], ["that Bo thinks it rained"]), (["Bo"], ["thinks"], ["it rained"])]
    first, second = found.articles[0].attributions
    assert second.attribution.parent == first.attribution.id
    assert found.articles[0].reviewer == "rels-ana"
    assert [note.said for note in found.notes] == ["1 marked span is unlinked: left out"]


def test_facets_are_kept_where_a_span_was_moved_in_the_tool(read: Read) -> None:
    rows = [kept("a1", source="Ana", cue="said", content="it rained")]
    found = read(prodigy(attributions=rows), "prodigy")
    made = found.articles[0].attributions[0].attribution
    assert found.said[0] == (["Ana"], ["said"], ["that Bo thinks it rained"])
    assert (made.id, made.type, made.negated) == ("a1", "belief", True)


def test_what_was_rejected_in_prodigy_is_left_out(read: Read) -> None:
    found = read(prodigy(answer="reject"), "prodigy")
    assert (found.articles, found.failures) == ([], [])
    assert [(note.said, note.place) for note in found.notes] == [("the answer is reject: left out", "line 1")]


def test_tokens_that_say_something_else_are_a_failure(read: Read) -> None:
    tokens = [{"text": "Eva", "start": 0, "end": 3, "id": 0, "ws": True}]
    wrong = [span("Ana", "SOURCE") | {"token_start": 0, "token_end": 0}]
    found = read(prodigy(tokens=tokens, spans=wrong), "prodigy")
    assert [failure.place for failure in found.failures] == ["line 1, SOURCE 0..3"]
    assert found.said == [(["Bo"], ["thinks"], ["it rained"])]


# doccano


def units(words: str) -> tuple[int, int]:
    """Where the words are in UTF-16 code units, which doccano's editor counts."""
    start = len(TEXT[: TEXT.index(words)].encode("utf-16-le")) // 2
    return start, start + len(words.encode("utf-16-le")) // 2


def entity(number: int, words: str, label: str) -> dict[str, Any]:
    start, end = units(words)
    return {"id": number, "label": label, "start_offset": start, "end_offset": end}


def test_doccanos_relations_make_attributions(read: Read) -> None:
    document = {
        "id": 7,
        "text": TEXT,
        "entities": [entity(1, "said", "Cue"), entity(2, "Ana", "Source"), entity(3, "it rained", "Content")],
        "relations": [
            {"id": 1, "from_id": 1, "to_id": 2, "type": "source"},
            {"id": 2, "from_id": 1, "to_id": 3, "type": "content"},
        ],
        "Comments": [],
    }
    found = read(json.dumps(document), "doccano")
    assert found.said == [(["Ana"], ["said"], ["it rained"])]
    assert found.articles[0].reviewer == "gold"
    assert found.failures == []


def test_labels_alone_are_taken_as_far_as_the_export_knows_them(read: Read) -> None:
    rows = [kept("a1", source="Ana", cue="said", content="it rained"), kept("a2", cue="added", content="“No,”")]
    labels = [[*at("Ana"), "SOURCE"], [*at("said"), "CUE"], [*at("it rained"), "CONTENT"], [*at("Bo"), "SOURCE"]]
    document = {"text": TEXT, "label": labels, "attributions": rows, "offset_unit": "code-points"}
    found = read(json.dumps(document), "doccano")
    assert found.said == [(["Ana"], ["said"], ["it rained"])]
    assert sorted(note.said for note in found.notes) == [
        "1 marked span is unlinked: left out",
        "1 of 2 attributions is no longer marked: left out",
    ]


def test_claims_of_a_changed_text_are_not_believed(read: Read) -> None:
    document = {"text": TEXT, "label": [], "article_id": "0" * 64, "claims": [{"id": "c1", "start": 0, "end": 9}]}
    found = read(json.dumps(document), "doccano")
    assert [failure.reason for failure in found.failures] == ["the text was changed since the export: 1 claim left out"]


# Label Studio


def region(id_: str, words: str, label: str, quoted: str | None = None) -> dict[str, Any]:
    start, end = at(words)
    value = {"start": start, "end": end, "text": quoted or words, "labels": [label]}
    return {"id": id_, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def label_studio(*results: dict[str, Any], **more: Any) -> str:
    linked = [
        {"type": "relation", "from_id": "x", "to_id": "y", "direction": "right", "labels": ["source"]},
        {"type": "relation", "from_id": "x", "to_id": "z", "direction": "right"},
    ]
    regions = [region("x", "said", "Cue"), region("y", "Ana", "Source"), region("z", "it rained", "Content")]
    annotation = {"completed_by": {"email": "ana@example.org"}, "result": [*regions, *linked, *results]} | more
    return json.dumps([{"id": 3, "data": {"text": TEXT}, "annotations": [annotation]}])


def test_label_studios_relations_make_attributions(read: Read) -> None:
    said = {"id": "x", "from_name": "type", "type": "choices", "value": {"start": 1, "end": 2, "choices": ["belief"]}}
    found = read(label_studio(said), "label-studio")
    assert found.said == [(["Ana"], ["said"], ["it rained"])]
    assert found.articles[0].attributions[0].attribution.type == "belief"
    assert found.articles[0].reviewer == "ana@example.org"


def test_a_region_that_quotes_something_else_is_a_failure_or_moved(read: Read) -> None:
    wrong = label_studio(region("c1", "Bo thinks", "Claim", "it rained"))
    (failure,) = read(wrong, "label-studio").failures
    assert failure.place == "task 3, annotation 1, region c1"
    moved = read(wrong, "label-studio", realign=True)
    assert moved.articles[0].claims[0].span.slice(TEXT) == "it rained"
    assert len(moved.notes) == 1


def test_cancelled_annotations_are_left_out(read: Read) -> None:
    found = read(label_studio(was_cancelled=True), "label-studio")
    assert (found.articles, [note.said for note in found.notes]) == ([], ["cancelled: left out"])


# W3C


def target(words: str, role: str, exact: str | None = None) -> dict[str, Any]:
    start, end = at(words)
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    quote = {"type": "TextQuoteSelector", "exact": exact or words}
    return {"type": "SpecificResource", "source": "urn:t", "selector": [quote, position], "annotator:role": role}


def w3c(*targets: dict[str, Any]) -> str:
    described = {"type": "Annotation", "motivation": "describing", "target": {"id": "urn:t"}, "body": {"value": TEXT}}
    said = {
        "id": "urn:a",
        "type": "Annotation",
        "motivation": "identifying",
        "creator": {"name": "Ana"},
        "target": [target("said", "cue"), target("it rained", "content"), *targets],
    }
    return json.dumps({"type": "AnnotationPage", "items": [described, said]})


def test_a_page_of_web_annotations_is_read(read: Read) -> None:
    found = read(w3c(target("Ana", "source")), "w3c")
    assert found.said == [(["Ana"], ["said"], ["it rained"])]
    assert (found.articles[0].reviewer, found.failures) == ("Ana", [])


@pytest.mark.parametrize(
    ("creator", "reviewer", "named"),
    [
        ({"nickname": "ana", "name": "Ana Silva"}, "ana", True),
        ({"id": "urn:people:ana"}, "urn:people:ana", True),
        ("urn:people:bo", "urn:people:bo", True),
        (["urn:people:bo", {"name": "Ana"}], "urn:people:bo", True),
        ([], "gold", False),
        (None, "gold", False),
    ],
)
def test_the_creator_of_a_web_annotation_is_the_reviewer(read: Read, creator: Any, reviewer: str, named: bool) -> None:
    items = json.loads(w3c())
    items["items"][1]["creator"] = creator
    (article,) = read(json.dumps(items), "w3c").articles
    assert (article.reviewer, article.named) == (reviewer, named)


def test_a_quote_selector_that_disagrees_is_a_failure_or_leads(read: Read) -> None:
    wrong = w3c(target("an aide", "source", "Ana"))
    (failure,) = read(wrong, "w3c").failures
    assert failure.place == "annotation 2"
    assert read(wrong, "w3c", realign=True).said == [(["Ana"], ["said"], ["it rained"])]


def test_web_annotations_that_count_utf16_code_units_are_read_where_that_is_said(read: Read) -> None:
    document = json.loads(w3c(target("Ana", "source")))
    for each in document["items"][1]["target"]:
        position = each["selector"][1]
        for edge in ("start", "end"):
            position[edge] = len(TEXT[: position[edge]].encode("utf-16-le")) // 2
    counted = json.dumps(document)
    (failure,) = read(counted, "w3c").failures
    assert "'aid ' and not 'said'" in failure.reason
    assert read(counted, "w3c", offsets=OffsetUnit.UTF16).said == [(["Ana"], ["said"], ["it rained"])]


@pytest.mark.parametrize("name", ["label-studio", "w3c"])
@pytest.mark.parametrize("data", ["{", "3", '{"items": 1}', "[1]"])
def test_what_is_no_such_document_is_one_failure(read: Read, name: str, data: str) -> None:
    found = read(data, name)
    assert found.articles == []
    assert len(found.failures) == 1


@pytest.mark.parametrize("name", ["prodigy", "doccano", "jsonl"])
def test_lines_that_are_no_objects_are_failures_with_their_number(read: Read, name: str) -> None:
    found = read('{"text":\n\n[1]\n', name)
    assert [failure.place for failure in found.failures] == ["line 1", "line 3"]
