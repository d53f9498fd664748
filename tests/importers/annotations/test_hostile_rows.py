"""Annotations with values that no program means: one line about one row, and the rest is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.importers.annotations import doccano
from annotator.importers.annotations.json_values import parsed, trouble

Read = Callable[..., Any]
DEEP = '{"a":' * 1000 + "1" + "}" * 1000
DIGITS = "9" * 5000
TOO_DEEP, TOO_LONG = "nested deeper than 100 levels", "broken JSON: a number of more than 4300 digits"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [(DEEP, TOO_DEEP), (DIGITS, TOO_LONG), (f"[{DIGITS}, {DEEP}]", TOO_DEEP), (f"[{DEEP}, {DIGITS}]", TOO_LONG)],
    ids=["deep", "digits", "both", "both again"],
)
def test_what_python_cannot_read_in_a_value_is_found_again(raw: str, reason: str) -> None:
    read = parsed(f'[{{"x": {raw}}}, {{"x": 1}}]')
    assert read.suspect
    assert [trouble(row) for row in read.value] == [reason, None]


@pytest.mark.parametrize(("raw", "reason"), [(DEEP, TOO_DEEP), (DIGITS, TOO_LONG)], ids=["deep", "digits"])
def test_one_task_of_label_studio_with_such_a_value_is_one_failure(read: Read, raw: str, reason: str) -> None:
    tasks = [f'{{"id": {number}, "data": {{"text": "The bridge closed."}}, "x": 0}}' for number in (1, 2, 3)]
    tasks[1] = tasks[1].replace('"x": 0', f'"x": {raw}')
    found = read(f"[{', '.join(tasks)}]", "label-studio")
    assert [(failure.place, failure.reason) for failure in found.failures] == [("task 2", reason)]
    assert [note.place for note in found.notes] == ["task 1", "task 3"]


@pytest.mark.parametrize("line", ["\tClaim 0 3\tEva", "\t", "\t\t", " \tT9 0 1", "T\t", "\tT1\tCue 4 8\tsaid"])
def test_a_line_of_brat_that_begins_with_a_tab_is_one_failure(read: Read, tmp_path: Any, line: str) -> None:
    (tmp_path / "given.txt").write_text("Eva said the ramp held.")
    event = (
        "T1\tSource 0 3\tEva\nT2\tCue 4 8\tsaid\nT3\tContent 9 22\tthe ramp held\nE1\tAttribution:T2 Source:T1 Cue:T2"
    )
    found = read(f"{line}\n{event} Content:T3\n", "brat")
    assert found.said == [(["Eva"], ["said"], ["the ramp held"])]
    assert [failure.place for failure in found.failures] == (["line 1"] if line.strip() else [])


@pytest.mark.parametrize("others", [["a", "a"], ["a", None], [7, 7], ["", ""], [["a"], {"b": 1}]])
def test_ids_of_web_annotations_may_be_there_twice_or_be_none(read: Read, others: list[Any]) -> None:
    def identifying(id_: Any, start: int, end: int) -> dict[str, Any]:
        place = {"type": "TextPositionSelector", "start": start, "end": end}
        target = {"source": "x:1", "selector": place, "annotator:role": "content"}
        return {"id": id_, "motivation": "identifying", "target": target}

    body = {"value": "Eva said the ramp held."}
    rows = [
        {"id": "d", "motivation": "describing", "target": {"id": "x:1"}, "body": body},
        identifying(others[0], 0, 3),
        identifying(others[1], 4, 8),
        identifying("z", 9, 22),
    ]
    found = read(json.dumps(rows), "w3c")
    twice = others == ["a", "a"]
    assert [content for _, _, content in found.said] == [["Eva"], *([] if twice else [["said"]]), ["the ramp held"]]
    assert [failure.place for failure in found.failures] == (["annotation 3"] if twice else [])


def test_a_fault_in_one_document_costs_no_other(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def unit(values: Any) -> Any:
        raise TypeError(values["text"])

    monkeypatch.setattr(doccano, "_unit", lambda values: unit(values) if "Bo" in values["text"] else "code-points")
    found = read('{"text": "Ana said so."}\n{"text": "Bo said so."}\n{"text": "Eva said so."}\n', "doccano")
    assert [article.text for article in found.articles] == ["Ana said so.", "Eva said so."]
    (failure,) = found.failures
    assert failure.place == "line 2"
    assert "did not foresee (TypeError at " in failure.reason
    assert "Bo" not in failure.reason


@pytest.mark.extra("cassis")
def test_a_view_of_a_cas_may_name_its_own_text_among_its_members(read: Read) -> None:
    (path,) = (Path(__file__).parents[2] / "exporters" / "golden" / "cas-json" / "ana").glob("4cf*.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    before = read(json.dumps(document), "cas")
    sofa = next(row["%ID"] for row in document["%FEATURE_STRUCTURES"] if row["%TYPE"].endswith("Sofa"))
    document["%VIEWS"]["_InitialView"]["%MEMBERS"].append(sofa)
    after = read(json.dumps(document), "cas")
    assert after.failures == before.failures == []
    assert after.articles == before.articles


@pytest.mark.extra("cassis")
def test_a_cas_in_an_encoding_that_nobody_knows_is_refused(read: Read) -> None:
    (failure,) = read(
        "<?xml version='1.0' encoding='bogus'?><xmi:XMI xmlns:xmi='http://www.omg.org/XMI'/>", "cas"
    ).failures
    assert failure.reason.startswith("broken XML: unknown encoding")


@pytest.mark.extra("cassis")
@pytest.mark.parametrize("given", [{"a": 1}, ["Eva said so."]])
def test_a_cas_whose_text_is_no_text_is_refused_in_words(read: Read, given: Any) -> None:
    (path,) = (Path(__file__).parents[2] / "exporters" / "golden" / "cas-json" / "ana").glob("4cf*.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    sofa = next(row for row in document["%FEATURE_STRUCTURES"] if row["%TYPE"].endswith("Sofa"))
    sofa["sofaString"] = given
    (failure,) = read(json.dumps(document), "cas").failures
    assert failure.reason.startswith("what stands for the text (sofaString) is none")
