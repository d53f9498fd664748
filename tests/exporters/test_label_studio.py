from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.model.record import ClaimRecord
from annotator.model.scheme import default_scheme


def exported(records: list[ClaimRecord], *, with_text: bool = True) -> tuple[ET.Element, list[dict[str, Any]]]:
    files = FORMATS["label-studio"].write(records, ExportOptions(with_text=with_text), Losses())
    read = {path: b"".join(chunks).decode("utf-8") for path, chunks in files}
    assert list(read) == ["labelling.xml", "tasks.json"]
    return ET.fromstring(read["labelling.xml"]), json.loads(read["tasks.json"])


def results(tasks: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every result with the text that it is about."""
    for task in tasks:
        for annotation in task["annotations"]:
            for result in annotation["result"]:
                yield task["data"].get("text", ""), result


def said_of(task: dict[str, Any], reviewer: int, region: str) -> dict[str, Any]:
    found = {}
    for result in task["annotations"][reviewer]["result"]:
        if result.get("id") == region and result["from_name"] != "label":
            value = result["value"]
            found[result["from_name"]] = value["choices"] if result["type"] == "choices" else value["text"]
    return found


def test_a_task_is_an_article_and_an_annotation_a_reviewer(records: list[ClaimRecord]) -> None:
    _, tasks = exported(records)
    assert [(task["id"], task["data"]["text"]) for task in tasks] == [
        (1, records[0].article.text),
        (2, records[-1].article.text),
    ]
    handles = [
        [result["value"]["text"] for result in annotation["result"] if result.get("from_name") == "reviewer"]
        for annotation in tasks[0]["annotations"]
    ]
    assert handles == [[["ana"]], [["björn"]]]


def test_every_region_slices_the_text(records: list[ClaimRecord]) -> None:
    regions = 0
    for text, result in results(exported(records)[1]):
        if result["type"] == "labels":
            value = result["value"]
            assert text[value["start"] : value["end"]] == value["text"]
            regions += 1
    assert regions == 6 + 13


def test_everything_said_of_a_region_is_at_its_place(records: list[ClaimRecord]) -> None:
    _, tasks = exported(records)
    for task in tasks:
        for annotation in task["annotations"]:
            labelled = [each for each in annotation["result"] if each["type"] == "labels"]
            places = {each["id"]: (each["value"]["start"], each["value"]["end"]) for each in labelled}
            assert len(places) == len(labelled)
            for result in annotation["result"]:
                if result["type"] == "relation":
                    assert {result["from_id"], result["to_id"]} <= set(places)
                elif result["id"] != "reviewer":
                    assert (result["value"]["start"], result["value"]["end"]) == places[result["id"]]


def test_claims_and_anchors_carry_their_facets(records: list[ClaimRecord]) -> None:
    _, tasks = exported(records)
    claim = said_of(tasks[0], 0, "c2")
    assert (claim["worth"], claim["verdict"], claim["reason"], claim["marks"]) == (
        ["2"],
        ["mixed"],
        ["missing_context"],
        ["flag"],
    )
    assert claim["note"] == ["=SUM(A1)\r\n\x00 \x1b[31m"]
    assert json.loads(claim["evidence"][0])["answer"] == "-2"
    assert json.loads(claim["said"][0])["target"] == "a2"
    told = said_of(tasks[0], 0, "a3.cue.1")
    assert (told["type"], told["form"], told["negated"]) == (["decree"], ["direct"], ["negated"])
    assert said_of(tasks[0], 0, "a2.cue.1")["source_name"] == ["Ine\u0301s Duarte"]
    assert said_of(tasks[0], 1, "c1")["marks"] == ["skipped"]


def test_relations_lead_from_the_anchor(records: list[ClaimRecord]) -> None:
    links = [
        (result["from_id"], result["labels"], result["to_id"])
        for _, result in results(exported(records)[1][:1])
        if result["type"] == "relation"
    ]
    assert ("a2.cue.1", ["nested_in"], "a1.cue.1") in links
    assert [to for from_, labels, to in links if from_ == "a3.cue.1" and labels == ["content"]] == [
        "a3.content.1",
        "a3.content.2",
    ]


def test_the_configuration_has_a_control_for_every_result_and_a_choice_for_every_value(
    records: list[ClaimRecord],
) -> None:
    configuration, tasks = exported(records)
    controls = {element.get("name"): element for element in configuration}
    (shown,) = configuration.findall("Text")
    assert (shown.get("name"), shown.get("value")) == ("text", "$text")
    labels = {label.get("value") for label in configuration.iter("Label")}
    relations = {relation.get("value") for relation in configuration.iter("Relation")}
    kinds = {"choices": "Choices", "textarea": "TextArea", "labels": "Labels"}
    for _, result in results(tasks):
        if result["type"] == "relation":
            assert set(result["labels"]) <= relations
            continue
        control = controls[result["from_name"]]
        assert (control.tag, control.get("toName")) == (kinds[result["type"]], "text")
        assert set(result["value"].get("labels", [])) <= labels
        choices = {choice.get("value") for choice in control.iter("Choice")}
        assert set(result["value"].get("choices", [])) <= choices
    verdicts = [choice.get("value") for choice in controls["verdict"].iter("Choice")]
    assert verdicts == [value.id for value in default_scheme().verdict]


def test_without_text_regions_keep_their_offsets(records: list[ClaimRecord]) -> None:
    _, tasks = exported(records, with_text=False)
    for _, result in results(tasks):
        if result["type"] == "labels":
            assert set(result["value"]) == {"start", "end", "labels"}
    assert "text" not in tasks[0]["data"]
