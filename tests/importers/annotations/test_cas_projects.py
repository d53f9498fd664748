"""UIMA CAS from INCEpTION: one file a person, and whole projects in a zip."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.annotations.cas_documents import MARKED, SAID, TEXT, ReadCas, types_of, xmi, zipped

pytestmark = pytest.mark.extra("cassis")


def test_one_file_a_person_is_as_many_reviewers(read_cas: ReadCas) -> None:
    files = {f"quay.txt/{owner}.xmi": xmi(*MARKED, owner=owner) for owner in ("ana", "ben", "CURATION_USER")}
    found = read_cas({**files, "quay.txt/INITIAL_CAS.xmi": xmi(owner="INITIAL_CAS")})
    assert sorted(article.reviewer for article in found.articles) == ["CURATION_USER", "ana", "ben"]
    assert found.left_out == {"initial CAS": 1}
    assert all(article.named for article in found.articles)


def test_files_that_name_nobody_are_told_apart_by_their_names(read_cas: ReadCas) -> None:
    plain = types_of().replace(b"webanno.custom", b"org.example")
    files = {
        f"quay/{name}.xmi": xmi(*MARKED, owner="quay.txt").replace("webanno/custom", "org/example") for name in "xy"
    }
    assert sorted(article.reviewer for article in read_cas(files, types=plain).articles) == ["x", "y"]


def test_a_project_in_a_zip_is_read_without_unpacking_it(read_cas: ReadCas, tmp_path: Path) -> None:
    def document(owner: str) -> bytes:
        return zipped({f"{owner}.xmi": xmi(*MARKED, owner=owner), "TypeSystem.xml": types_of()})

    project = zipped(
        {
            "exportedproject123.json": '{"name": "quay"}',
            "source/quay.txt": TEXT,
            "source/other.xmi": "<broken",
            "annotation/quay.txt/ana.zip": document("ana"),
            "annotation/quay.txt/INITIAL_CAS.zip": document("INITIAL_CAS"),
            "annotation/../../up/ben.xmi": xmi(*MARKED, owner="ben"),
            "TypeSystem.xml": types_of(),
            "curation/quay.txt/CURATION_USER.zip": document("CURATION_USER"),
        }
    )
    found = read_cas({"project.zip": project}, "project.zip")
    assert [failure.reason for failure in found.failures] == []
    assert sorted(article.reviewer for article in found.articles) == ["CURATION_USER", "ana", "ben"]
    assert {path.name for path in tmp_path.iterdir()} == {"TypeSystem.xml", "project.zip"}


def test_a_zip_whose_files_name_nobody_goes_by_their_names(read_cas: ReadCas) -> None:
    plain = types_of().replace(b"webanno.custom", b"org.example")
    same = xmi(*MARKED).replace("webanno/custom", "org/example")
    data = zipped({"TypeSystem.xml": plain, "x.xmi": same, "y.xmi": same})
    assert sorted(article.reviewer for article in read_cas({"a.zip": data}, "a.zip").articles) == ["x", "y"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"readme.txt": "x"}), "no .xmi and no CAS in .json is in this zip"),
        (zipped({"a.xmi": "x" * 99})[:60], "a zip that cannot be read"),
        (zipped({"a.xmi": xmi(*MARKED)}), "no TypeSystem.xml in its folder or the one above"),
    ],
    ids=["no document", "cut off", "no type system"],
)
def test_a_zip_of_another_kind_is_one_clear_line(read_cas: ReadCas, data: bytes, reason: str) -> None:
    (failure,) = read_cas({"a.zip": data}, "a.zip").failures
    assert failure.reason.startswith(reason)


def test_a_file_that_is_too_large_when_unpacked_is_refused(read_cas: ReadCas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.importers.annotations.cas_archive.LARGEST", 10_000)
    data = zipped({"a.xmi": xmi(*MARKED, text=" " * 20_000), "b.xmi": xmi(*MARKED), "TypeSystem.xml": types_of()})
    found = read_cas({"a.zip": data}, "a.zip")
    assert found.said == SAID
    (failure,) = found.failures
    assert failure.origin.endswith("a.zip: a.xmi")
    assert "unpack it, and give the folder" in failure.reason
