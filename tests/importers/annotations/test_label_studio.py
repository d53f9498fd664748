"""What Label Studio's own exports have besides regions and relations, and the forms that they come in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from annotator.model.annotated import Note
from annotator.model.attribution import Form
from annotator.model.offsets import OffsetUnit

TEXT = "🌊 The ferry\nmaster said the ramp held. Nobody fell."
Read = Callable[..., Any]


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def units(words: str) -> tuple[int, int]:
    start, end = at(words)
    return start + 1, end + 1


def region(id_: str, words: str, *labels: str, type_: str = "labels", place: Any = at) -> dict[str, Any]:
    start, end = place(words)
    value = {"start": start, "end": end, "text": words.replace("\n", "\\n"), type_: list(labels)}
    return {"id": id_, "from_name": "label", "to_name": "text", "type": type_, "value": value}


def marked(place: Any = at, type_: str = "labels") -> list[dict[str, Any]]:
    return [
        region("s", "The ferry\nmaster", "Source", place=place, type_=type_),
        region("c", "said", "Cue", place=place, type_=type_),
        region("d", "the ramp held", "Content", place=place, type_=type_),
        {"type": "relation", "from_id": "c", "to_id": "s", "direction": "right"},
        {"type": "relation", "from_id": "c", "to_id": "d", "direction": "right"},
    ]


def choice(name: str = "mood", **more: Any) -> dict[str, Any]:
    return {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": ["True"]}} | more


def task(*annotations: dict[str, Any], **more: Any) -> str:
    return json.dumps([{"id": 5, "data": {"text": TEXT}, "annotations": list(annotations)} | more])


def left_out(notes: list[Note]) -> Counter[str]:
    found: Counter[str] = Counter()
    for note in notes:
        if note.kind:
            found[note.kind] += note.count
    return found


SAID = [(["The ferry\nmaster"], ["said"], ["the ramp held"])]


@pytest.mark.parametrize("place", [at, units])
@pytest.mark.parametrize("type_", ["labels", "hypertextlabels"])
def test_the_quoted_texts_say_in_which_unit_the_offsets_are(read: Read, place: Any, type_: str) -> None:
    found = read(task({"completed_by": 1, "result": marked(place, type_)}), "label-studio")
    assert found.failures == []
    assert found.said == SAID


def test_the_unit_can_be_said_where_nothing_is_quoted(read: Read) -> None:
    results = marked(units)
    for result in results:
        result.get("value", {}).pop("text", None)
    found = read(task({"completed_by": 1, "result": results}), "label-studio", offsets=OffsetUnit.UTF16)
    assert found.said == SAID


@pytest.mark.parametrize(
    ("by", "reviewer", "named"),
    [
        (3, "user-3", False),
        ({"id": 3, "email": "ana@example.org", "first_name": "Ana"}, "ana@example.org", True),
        ({"id": 3}, "user-3", False),
        ("3", "user-3", False),
        ("ana@example.org", "ana@example.org", True),
        (None, "gold", False),
        ([], "gold", False),
    ],
)
def test_who_completed_an_annotation_is_the_reviewer(read: Read, by: Any, reviewer: str, named: bool) -> None:
    (article,) = read(task({"completed_by": by, "result": marked()}), "label-studio").articles
    assert (article.reviewer, article.named) == (reviewer, named)


def test_annotations_of_one_task_stay_different_reviewers(read: Read) -> None:
    found = read(task({"completed_by": 1, "result": marked()}, {"completed_by": 2, "result": []}), "label-studio")
    assert [article.reviewer for article in found.articles] == ["user-1", "user-2"]


def test_several_annotations_that_name_nobody_are_refused_each_with_the_remedy(read: Read) -> None:
    found = read(task({"result": marked()}, {"result": []}, {"completed_by": 2, "result": marked()}), "label-studio")
    assert [article.reviewer for article in found.articles] == ["user-2"]
    assert [failure.place for failure in found.failures] == ["task 5, annotation 1", "task 5, annotation 2"]
    assert "--reviewer NAME" in found.failures[0].reason


def test_json_min_is_read_a_row_an_annotation(read: Read) -> None:
    start, end = at("The ferry\nmaster")
    label = [{"start": start, "end": end, "text": "The ferry\\nmaster", "labels": ["Source"]}]
    row = {"text": TEXT, "id": 9, "label": label, "mood": "True", "annotator": 1, "annotation_id": 4, "lead_time": 3.5}
    other = {"text": TEXT, "id": 9, "annotator": "bo@example.org", "annotation_id": 6}
    found = read(json.dumps([row, other]), "label-studio")
    assert [(article.reviewer, article.text) for article in found.articles] == [
        ("user-1", TEXT),
        ("bo@example.org", TEXT),
    ]
    assert found.failures == []
    assert left_out(found.notes) == {"unlinked span": 1, "choice": 1}


def test_a_single_task_and_what_a_target_storage_gets_are_read(read: Read) -> None:
    annotation = {"completed_by": {"email": "ana@example.org"}, "result": marked()}
    alone = {"id": 5, "data": {"text": TEXT}, "annotations": [annotation]}
    stored = annotation | {"id": 8, "task": {"id": 5, "data": {"text": TEXT}}}
    for document in (alone, stored):
        assert read(json.dumps(document), "label-studio").said == SAID


def test_what_is_no_span_of_a_text_is_counted_by_kind(read: Read) -> None:
    page = {"start": "/p[1]/text()[1]", "end": "/p[1]/text()[1]", "startOffset": 0, "endOffset": 3, "labels": ["Cue"]}
    results = [
        *marked(),
        choice(),
        choice(id="s"),
        {"id": "r", "type": "rating", "value": {"rating": 4}},
        {"id": "t", "type": "textarea", "from_name": "why", "value": {"text": ["one", "two"]}},
        {"id": "p", "type": "labels", "value": page},
        {"id": "i", "type": "rectanglelabels", "value": {"x": 1, "rectanglelabels": ["Cue"]}},
        region("two", "Nobody", "Source", "Relay", "Claim"),
    ]
    more = {"predictions": [{"result": marked()}], "drafts": [{}]}
    live = {"completed_by": 1, "result": results}
    found = read(task(live, {"was_cancelled": True, "result": []}, **more), "label-studio")
    assert found.said == SAID
    assert len(found.articles[0].claims) == 1
    assert left_out(found.notes) == {
        "choice": 2,
        "rating": 1,
        "text": 2,
        "HTML region": 1,
        "rectanglelabels region": 1,
        "second label": 1,
        "unlinked span": 1,
        "prediction": 1,
        "draft": 1,
        "cancelled annotation": 1,
    }


def test_labels_that_two_results_give_one_region_are_of_one_region(read: Read) -> None:
    found = read(
        task({"completed_by": 1, "result": [*marked(), region("d", "the ramp held", "Claim")]}), "label-studio"
    )
    assert found.said == SAID
    assert [claim.span.slice(TEXT) for claim in found.articles[0].claims] == ["the ramp held"]


def test_a_backslash_and_an_n_that_are_the_texts_own_are_no_line_break(read: Read) -> None:
    text = "He wrote \\n and\nher\\n said so."
    values = {"c": ("said", "Cue"), "d": ("\\n and\nher\\n", "Content")}
    result: list[dict[str, Any]] = [
        {
            "id": id_,
            "type": "labels",
            "value": {
                "start": text.index(words),
                "end": text.index(words) + len(words),
                "text": words.replace("\n", "\\n"),
                "labels": [label],
            },
        }
        for id_, (words, label) in values.items()
    ]
    result.append({"type": "relation", "from_id": "c", "to_id": "d", "labels": []})
    document: list[dict[str, Any]] = [{"data": {"text": text}, "annotations": [{"completed_by": 1, "result": result}]}]
    found = read(json.dumps(document), "label-studio")
    assert (found.failures, found.said) == ([], [([], ["said"], ["\\n and\nher\\n"])])
    document[0]["data"]["text"] = f"\U0001f30a{text}"
    # What is left tells the unit by itself: code points, and then UTF-16.
    del result[0]["value"]["text"]
    for _ in OffsetUnit.CODE_POINTS, OffsetUnit.UTF16:
        for region_ in result[:2]:
            region_["value"] |= {"start": region_["value"]["start"] + 1, "end": region_["value"]["end"] + 1}
        assert read(json.dumps(document), "label-studio").said == found.said


def test_what_is_nested_in_a_single_region_stays_so(read: Read) -> None:
    """A block quote that nobody introduces is its content alone, and no relation leads from it."""
    block = {"id": "b1.content.1", "from_name": "form", "to_name": "text", "type": "choices"}
    results = [
        region("b1.content.1", TEXT[2:], "Content"),
        {**block, "value": {"choices": ["block"]}},
        region("a2.cue.1", "said", "Cue"),
        region("a2.content.1", "the ramp held", "Content"),
        {"type": "relation", "from_id": "a2.cue.1", "to_id": "a2.content.1", "labels": ["content"]},
        {"type": "relation", "from_id": "a2.cue.1", "to_id": "b1.content.1", "labels": ["nested_in"]},
    ]
    found = read(task({"completed_by": 1, "result": results}), "label-studio")
    outer, inner = (each.attribution for each in found.articles[0].attributions)
    assert (outer.form, outer.cue, inner.parent) == (Form.BLOCK, None, outer.id)


def test_facets_go_with_the_spans_that_they_were_said_of_whatever_the_order_of_relations(read: Read) -> None:
    def one(name: str, content: str, form: str) -> list[dict[str, Any]]:
        said = {"id": f"{name}.cue.1", "from_name": "form", "to_name": "text", "type": "choices"}
        return [
            region(f"{name}.cue.1", "said", "Cue"),
            region(f"{name}.content.1", content, "Content"),
            {**said, "value": {"choices": [form]}},
        ]

    links = [
        {"type": "relation", "from_id": f"{name}.cue.1", "to_id": f"{name}.content.1", "labels": ["content"]}
        for name in ("a2", "a1")
    ]
    results = [*one("a1", "the ramp held", "direct"), *one("a2", "Nobody fell", "mixed"), *links]
    found = read(task({"completed_by": 1, "result": results}), "label-studio")
    assert {
        each.attribution.content[0].slice(TEXT): each.attribution.form for each in found.articles[0].attributions
    } == {"the ramp held": Form.DIRECT, "Nobody fell": Form.MIXED}


def test_a_text_under_any_name_is_found(read: Read) -> None:
    document = [{"data": {"slug": "ferry", "story": TEXT}, "annotations": [{"completed_by": 1, "result": marked()}]}]
    assert read(json.dumps(document), "label-studio").said == SAID


def test_a_task_that_is_nested_too_deeply_is_one_failure_and_the_rest_goes_in(read: Read) -> None:
    good = {"id": 5, "data": {"text": TEXT}, "annotations": [{"completed_by": 1, "result": marked()}]}
    deep = '{"id": 6, "data": {"text": "Deep down."}, "meta": ' + "[" * 3000 + '"]"' + "]" * 3000 + "}"
    found = read(f"[{deep}, {json.dumps(good)}]", "label-studio")
    assert [(failure.place, failure.reason) for failure in found.failures] == [
        ("task 1", "nested deeper than 100 levels")
    ]
    assert found.said == SAID


def test_a_page_with_its_markup_makes_no_article(read: Read) -> None:
    value = {
        "start": "/p[1]/text()[1]",
        "end": "/p[1]/text()[1]",
        "startOffset": 0,
        "endOffset": 3,
        "hypertextlabels": [],
    }
    annotation = {"completed_by": 1, "result": [{"id": "a", "type": "hypertextlabels", "value": value}]}
    page = [{"data": {"html": "<p>The ramp held.</p>"}, "annotations": [annotation]}]
    found = read(json.dumps(page), "label-studio")
    assert (found.articles, found.failures, left_out(found.notes)) == ([], [], {"HTML task": 1})


def test_a_relation_to_what_is_no_region_is_counted(read: Read) -> None:
    lost = {"type": "relation", "from_id": "c", "to_id": "gone", "direction": "right"}
    found = read(task({"completed_by": 1, "result": [*marked(), lost]}), "label-studio")
    assert (found.said, left_out(found.notes)) == (SAID, {"relation": 1})
