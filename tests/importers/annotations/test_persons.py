"""Whose work a file is, where it does not say so itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions, read_annotations
from annotator.model.annotated import GivenArticle

TEXT = "The ramp held. Nobody fell."


def doccano(text: str = TEXT, *, marked: bool = True) -> str:
    entities = [
        {"id": 1, "label": "Cue", "start_offset": 9, "end_offset": 13},
        {"id": 2, "label": "Content", "start_offset": 0, "end_offset": 8},
    ]
    links = [{"id": 1, "from_id": 1, "to_id": 2, "type": "content"}]
    document = {"id": 1, "text": text, "entities": entities, "relations": links} if marked else {"text": text}
    return json.dumps(document) + "\n"


def label_studio(*numbers: int) -> str:
    value = {"start": 0, "end": 14, "labels": ["Claim"]}
    result = [{"id": "c", "type": "labels", "value": value}]
    return json.dumps(
        [{"data": {"text": TEXT}, "annotations": [{"completed_by": n, "result": result} for n in numbers]}]
    )


def reviewers(folder: Path, name: str = "doccano", **options: Any) -> list[str]:
    items = read_annotations([str(folder)], ANNOTATION_FORMATS[name], AnnotationOptions(**options))
    return [
        item.reviewer if isinstance(item, GivenArticle) else item.reason
        for item in items
        if isinstance(item, GivenArticle | ImportFailure)
    ]


def files(folder: Path, **contents: str) -> Path:
    for name, content in contents.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def test_files_that_annotate_the_same_texts_are_their_namesakes(tmp_path: Path) -> None:
    assert reviewers(files(tmp_path, Ana_jsonl=doccano(), admin_jsonl=doccano())) == ["ana", "admin"]


def test_files_of_different_texts_are_nobodys(tmp_path: Path) -> None:
    folder = files(tmp_path, batch1_jsonl=doccano(), batch2_jsonl=doccano("Another text."))
    assert reviewers(folder) == ["gold", "gold"]


@pytest.mark.parametrize("name", ["all_jsonl", "unknown_jsonl"])
def test_a_file_of_everybody_is_nobodys(tmp_path: Path, name: str) -> None:
    folder = files(tmp_path, **{name: doccano(), "ana_jsonl": doccano()})
    assert sorted(reviewers(folder)) == ["ana", "gold"]


def test_two_files_of_everybody_leave_the_others_their_names(tmp_path: Path) -> None:
    folder = files(tmp_path, ana_jsonl=doccano(), all_jsonl=doccano(), unknown_jsonl=doccano())
    found = reviewers(folder)
    assert found[1] == "ana"
    assert all("--reviewer NAME" in found[number] for number in (0, 2))


def test_a_file_without_any_work_is_not_asked_about(tmp_path: Path) -> None:
    folder = files(tmp_path, all_jsonl=doccano(), unknown_jsonl=doccano(marked=False))
    assert reviewers(folder) == ["gold", "gold"]


def test_folders_tell_files_of_one_name_apart(tmp_path: Path) -> None:
    folder = files(tmp_path, ana__all_jsonl=doccano(), bo__all_jsonl=doccano())
    assert reviewers(folder) == ["ana", "bo"]


def test_files_that_nothing_tells_apart_are_refused_with_the_remedy(tmp_path: Path) -> None:
    folder = files(tmp_path, all_jsonl=doccano(), unknown_jsonl=doccano())
    assert all("--reviewer NAME" in reason for reason in reviewers(folder))


def test_the_reviewer_that_is_asked_for_stands_for_all(tmp_path: Path) -> None:
    folder = files(tmp_path, ana_jsonl=doccano(), bo_jsonl=doccano())
    assert reviewers(folder, reviewer="team") == ["team", "team"]


def test_one_number_in_two_files_is_two_people(tmp_path: Path) -> None:
    folder = files(tmp_path, ana_json=label_studio(1), bo_json=label_studio(1, 2))
    assert reviewers(folder, "label-studio") == ["ana", "bo-user-1", "bo-user-2"]


def test_an_export_of_ours_names_its_reviewer_whatever_the_file_is_called(tmp_path: Path) -> None:
    own = json.dumps({"text": TEXT, "label": [], "reviewer": "carla"})
    assert reviewers(files(tmp_path, ana_jsonl=own, bo_jsonl=own)) == ["carla", "carla"]


@pytest.mark.parametrize(
    ("task", "reviewer"),
    [
        ({"_annotator_id": "claims-ana", "_session_id": "claims-bo"}, "claims-ana"),
        ({"_annotator_id": None, "_session_id": "claims-bo"}, "claims-bo"),
        ({"_annotator_id": "2026-03-10_09-30-00", "_session_id": "2026-03-10_09-30-00"}, "gold"),
        ({"_session_id": "claims-2026-03-10_09-30-00"}, "gold"),
        ({"_session_id": 7}, "user-7"),
        ({"_session_id": ["x"]}, "gold"),
    ],
)
def test_prodigys_annotator_or_named_session_is_the_reviewer(
    tmp_path: Path, task: dict[str, Any], reviewer: str
) -> None:
    folder = files(tmp_path, tasks_jsonl=json.dumps({"text": TEXT, "answer": "accept"} | task))
    assert reviewers(folder, "prodigy") == [reviewer]
