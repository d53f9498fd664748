"""Annotations with something odd in them: one line about it, and everything else goes in."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.exporters import FORMATS
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions
from annotator.model.article import Article, Publication
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.ledger import uuid7
from annotator.model.span import Span
from annotator.store import Store, open_store
from annotator.store import sources as stored_sources
from annotator.store.doctor import examine
from annotator.workflow import attributing, judging
from annotator.workflow.annotations import Taken, import_annotations
from annotator.workflow.dataset import Choice, Tally, exported
from annotator.workflow.ingest import ingest
from annotator.workflow.session import ReviewSession

READ_AS = {"doccano-relations": "doccano", "cas-json": "cas", "cas-xmi": "cas"}
OF_CASSIS = ("cas-json", "cas-xmi")
FUZZED = ("brat", "doccano", "doccano-relations", "jsonl", "label-studio", "prodigy", "w3c")
IN_CI = 8
EXAMPLES = int(os.environ.get("ANNOTATOR_FUZZ", IN_CI))
"""Spoiled files for each format: always the same few, or as many others as are asked for."""

RAMP = "🌊 The ramp is shut. Ana Silva said the ferry sank. Bo denied it."
KIOSK = "The kiosk opened. A clerk said that Bo left."


def span(words: str, text: str = RAMP) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def said(text: str, source: str, cue: str, content: str) -> Attribution:
    return Attribution(
        uuid7(),
        (span(source, text),),
        span(cue, text),
        (span(content, text),),
        type=AttributionType.STATEMENT,
        form=Form.INDIRECT,
        anonymity=Anonymity.NAMED,
    )


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of two articles in all formats, each in a folder of its name."""
    folder = tmp_path_factory.mktemp("exports")
    with closing(open_store(folder / "full.db")) as store:
        for text, source, content in ((RAMP, "Ana Silva", "the ferry sank"), (KIOSK, "A clerk", "that Bo left")):
            list(ingest(store, [Article(text, "a.txt", Publication("Ramp", publisher="Example Wire"))]))
            ana = ReviewSession(store, "ana")
            ana.open(Article(text, "").id)
            claim = next(each for each in ana.review.claims if source in each.span.slice(text))
            ana.apply(attributing.keep_attribution, claim, said(text, source, "said", content))
            ana.apply(judging.verdict, claim, "supported")
            ana.apply(
                judging.evidence, claim, {"question": "Did it?", "stance": "supports", "url": "https://example.org/r"}
            )
        for name in (*FUZZED, *(OF_CASSIS if find_spec("cassis") else ())):
            for path, pieces in exported(store, FORMATS[name], Choice(), Tally()):
                target = folder / name / (path or f"one{FORMATS[name].suffix}")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(b"".join(pieces))
    return folder


def taken(store: Store, name: str, source: Path, **options: Any) -> list[Taken]:
    row = ANNOTATION_FORMATS[READ_AS.get(name, name)]
    return list(import_annotations(store, [str(source)], row, AnnotationOptions(**options), "importer"))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "empty.db")) as store:
        yield store


def lines(folder: Path, *rows: Any) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


# Rows of our own format from elsewhere


def row(**more: Any) -> dict[str, Any]:
    """A row of our own format with an attribution, as another program would write it."""
    start, end = span("Ana Silva said the ferry sank.").as_pair()
    spans = {
        role: [dict(zip(("start", "end"), span(words).as_pair(), strict=True))]
        for role, words in {"source": "Ana Silva", "cue": "said", "content": "the ferry sank"}.items()
    }
    made = {"id": "m1", "source_id": "s1", "source_name": "Ana Silva", "spans": spans}
    return {"article_text": RAMP, "reviewer": "ana", "start": start, "end": end, "attributions": [made]} | more


def test_another_programs_source_id_makes_one_source_however_often_it_comes(empty: Store, tmp_path: Path) -> None:
    other = row(reviewer="bo")
    source = lines(tmp_path, row(), other)
    assert [each.result for each in taken(empty, "jsonl", source)] == ["taken", "taken"]
    assert [each.result for each in taken(empty, "jsonl", source)] == ["there", "there"]
    assert [made.name for made in stored_sources.registry(empty).unmerged()] == ["Ana Silva"]
    assert list(examine(empty)) == []


def test_one_id_with_two_names_makes_two_sources(empty: Store, tmp_path: Path) -> None:
    other = row(reviewer="bo")
    other["attributions"][0]["source_name"] = "A. Silva"
    taken(empty, "jsonl", lines(tmp_path, row(), other))
    assert sorted(made.name for made in stored_sources.registry(empty).unmerged()) == ["A. Silva", "Ana Silva"]


def test_null_is_an_absent_field_everywhere(empty: Store, tmp_path: Path) -> None:
    given = row(article_id=None, worth=None, flag=None, skipped=None, note=None, verdicts=None, publications=None)
    given |= {"block": None, "language": None, "scheme": None, "first_decided_at": None, "confidence": None}
    given["evidence"] = [{"id": None, "question": "Did it?", "url": None, "stance": None, "target": None}]
    given["attributions"][0] |= {"id": None, "parent": None, "type": None, "negated": None, "source_id": None}
    given["attributions"][0]["spans"]["relay"] = None
    found = taken(empty, "jsonl", lines(tmp_path, given))
    assert [(each.result, each.attributions, each.evidence) for each in found] == [("taken", 1, 1)]


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"start": "3"}, "start and end of a span are whole numbers from 0"),
        ({"flag": "no"}, "flag: true or false is wanted"),
        ({"note": 7}, "note: text is wanted, not int"),
        ({"note": "\ud83c"}, "half of a surrogate pair"),
        ({"evidence": {"question": "?"}}, "evidence: a list of objects is wanted"),
        ({"last_decided_at": "yesterday"}, "times in ISO 8601"),
        ({"worth": "huge"}, "not in the scheme"),
    ],
)
def test_what_is_odd_in_one_row_is_one_line_and_the_rest_goes_in(
    empty: Store, tmp_path: Path, odd: dict[str, Any], reason: str
) -> None:
    start, end = span("Bo denied it.").as_pair()
    found = taken(empty, "jsonl", lines(tmp_path, row(), row(start=start, end=end) | odd))
    (failure,) = [each for each in found if each.result == "failed"]
    assert failure.detail.startswith("line 2")
    assert reason in failure.detail
    assert [(each.result, each.attributions) for each in found if each.result == "taken"] == [("taken", 1)]


def test_a_claim_that_is_there_twice_is_taken_once(empty: Store, tmp_path: Path) -> None:
    evidence = [{"id": "0199f0a4-6f00-7c3e-8d52-5b1e0c7a9d11", "question": "Did it?"}]
    found = taken(empty, "jsonl", lines(tmp_path, row(evidence=evidence), row(evidence=evidence)))
    assert [(each.result, each.evidence) for each in found if each.result == "taken"] == [("taken", 1)]
    assert [each.detail for each in found if each.result == "failed"] == ["line 2: the claim at 20..50 is there twice"]


def test_a_file_that_has_nothing_to_take_over_is_not_called_already_there(empty: Store, tmp_path: Path) -> None:
    found = taken(empty, "prodigy", lines(tmp_path, {"text": KIOSK, "accept": ["YES"], "answer": "accept"}))
    assert [(each.result, each.article, each.kind, each.count) for each in found] == [
        ("empty", "added", "", 0),
        ("note", "", "choice", 1),
    ]


def test_a_reviewers_name_that_is_none_fails_with_its_line_said_once(empty: Store, tmp_path: Path) -> None:
    (failure,) = taken(empty, "jsonl", lines(tmp_path, row(reviewer="a" * 60)))
    assert failure.detail == "line 1: a reviewer's name has at most 40 characters, not 60: name one with --reviewer"


def test_claims_of_which_nothing_is_said_are_nothing_to_take_over(empty: Store, tmp_path: Path) -> None:
    start, end = span("Bo denied it.").as_pair()
    label = [{"start": start, "end": end, "text": "Bo denied it.", "labels": ["Claim"]}]
    path = tmp_path / "min.json"
    path.write_text(json.dumps([{"text": RAMP, "id": 1, "label": label, "annotator": 1}]), encoding="utf-8")
    assert [(each.result, each.article) for each in taken(empty, "label-studio", path)] == [("empty", "added")]


def test_a_second_file_of_nobodys_does_not_go_under_the_first_ones_name(empty: Store, tmp_path: Path) -> None:
    start, end = span("said").as_pair()
    other_start, other_end = span("denied").as_pair()
    content = dict(zip(("start", "end"), span("the ferry sank").as_pair(), strict=True)) | {"label": "CONTENT"}
    for name, cue in (("a", (start, end)), ("b", (other_start, other_end))):
        head = {"start": cue[0], "end": cue[1], "label": "CUE"}
        task = {"text": RAMP, "relations": [{"head_span": head, "child_span": content, "label": "CONTENT"}]}
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.jsonl").write_text(json.dumps(task), encoding="utf-8")
    first, second = tmp_path / "a" / "a.jsonl", tmp_path / "b" / "b.jsonl"
    assert [each.result for each in taken(empty, "prodigy", first)] == ["taken"]
    assert [each.result for each in taken(empty, "prodigy", first)] == ["there"]
    (refused,) = taken(empty, "prodigy", second)
    assert refused.result == "failed"
    assert refused.detail.endswith("import it with --reviewer NAME")
    assert [each.result for each in taken(empty, "prodigy", second, reviewer="bo")] == ["taken"]


# Files with one thing wrong somewhere

ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, False, -1, 0, 3, 10**30, 1.0, 2.5, "", "3", "x", "\ud83c", "a" * 300, "\u202e\x1b[31m"),
        *([], {}, [[]], [{}], ["x"], [1, 2, 3], [None], {"id": None}, {"": 1}),
    ]
)

ODD_WORDS = {
    ".ann": ["\t", "\n", " ", ":", "9" * 30, "\n\tT1", "\nE9\tAttribution:T1", ""],
    ".xmi": ["\t", "\n", "<", '"', "-1", "9" * 30, ' begin="3"', "&amp;", "&x;", "<a/>", ""],
}


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value, as a list or an object and the key there."""
    keys = range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


def spoiled(document: Any, data: st.DataObject) -> None:
    """Put odd values into some places, take values away, and double some."""
    for _ in range(data.draw(st.integers(1, 3))):
        found = list(places(document))
        if not found:
            return
        parent, key = found[data.draw(st.integers(0, len(found) - 1))]
        how = data.draw(st.sampled_from(["odd", "odd", "gone", "twice", "deep"]))
        if how == "odd":
            parent[key] = deepcopy(data.draw(ODD))
        elif how == "gone":
            del parent[key]
        elif how == "deep":
            parent[key] = "DEEP"
        elif isinstance(parent, list):
            parent.append(deepcopy(parent[key]))


def written(document: Any) -> str:
    return json.dumps(document).replace('"DEEP"', "[" * 1500 + "]" * 1500)


def spoil_file(path: Path, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        rows = [json.loads(line) for line in text.splitlines()]
        spoiled(rows, data)
        text = "".join(f"{written(row)}\n" for row in rows)
    elif path.suffix in (".json", ".jsonld"):
        document = json.loads(text)
        spoiled(document, data)
        text = written(document)
    else:
        at = data.draw(st.integers(0, len(text)))
        odd = data.draw(st.sampled_from(ODD_WORDS[path.suffix]))
        text = text[:at] + odd + text[at + data.draw(st.integers(0, 3)) :]
    path.write_text(text, encoding="utf-8")


@pytest.mark.times(EXAMPLES / IN_CI)
@pytest.mark.parametrize(
    "name", [*FUZZED, *(pytest.param(name, marks=pytest.mark.extra("cassis")) for name in OF_CASSIS)]
)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="ANNOTATOR_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_is_wrong_in_a_file_the_rest_goes_in_and_the_database_is_sound(
    name: str, exports: Path, data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder, closing(open_store(Path(folder) / "empty.db")) as store:
        copy = Path(folder) / "files"
        copytree(exports / name, copy)
        kinds = [
            path for path in sorted(copy.rglob("*.*")) if path.suffix in (".jsonl", ".json", ".jsonld", *ODD_WORDS)
        ]
        spoil_file(data.draw(st.sampled_from(kinds)), data)
        for each in taken(store, name, copy):
            assert "\n" not in each.detail or each.result == "note"
        assert list(examine(store)) == []
        for path, pieces in exported(store, FORMATS["jsonl"], Choice(untouched=True), Tally()):
            assert path == ""
            b"".join(pieces).decode("utf-8")
