from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.exporters.prodigy import tokenised
from annotator.model.record import ClaimRecord
from annotator.model.span import Span


def tasks(records: list[ClaimRecord], *, with_text: bool = True) -> list[dict[str, Any]]:
    ((path, chunks),) = FORMATS["prodigy"].write(records, ExportOptions(with_text=with_text), Losses())
    assert path == ""
    return [json.loads(line) for line in b"".join(chunks).decode("utf-8").splitlines()]


def test_there_is_one_task_a_reviewer_and_article(records: list[ClaimRecord]) -> None:
    assert [(task["_annotator_id"], task["text"]) for task in tasks(records)] == [
        ("ana", records[0].article.text),
        ("björn", records[0].article.text),
        ("ana", records[-1].article.text),
    ]


def test_the_tokens_give_the_text_back(records: list[ClaimRecord]) -> None:
    for task in tasks(records):
        assert "".join(token["text"] + (" " if token["ws"] else "") for token in task["tokens"]) == task["text"]
        assert [token["id"] for token in task["tokens"]] == list(range(len(task["tokens"])))
        assert all(task["text"][token["start"] : token["end"]] == token["text"] for token in task["tokens"])


def test_spans_are_whole_tokens(records: list[ClaimRecord]) -> None:
    spans = 0
    for task in tasks(records):
        tokens = task["tokens"]
        for span in task["spans"]:
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]
            spans += 1
    assert spans == 13


def test_relations_gather_the_spans_of_an_attribution_and_nest_it(records: list[ClaimRecord]) -> None:
    task = tasks(records)[0]

    def words(span: dict[str, Any]) -> str:
        return str(task["text"][span["start"] : span["end"]])

    told = [relation for relation in task["relations"] if relation["attribution"] == "a3"]
    assert [(words(each["head_span"]), each["label"], words(each["child_span"])) for each in told] == [
        ("told", "SOURCE", "the office"),
        ("told", "CONTENT", "“Nobody crosses,”"),
        ("told", "CONTENT", "“before Monday.”"),
        ("told", "RELAY", "Example Wire"),
    ]
    nested = [relation for relation in task["relations"] if relation["label"] == "NESTED_IN"]
    assert [(words(each["head_span"]), words(each["child_span"])) for each in nested] == [("said", "reported")]
    for relation in task["relations"]:
        assert relation["head"] == relation["head_span"]["token_end"]
        assert relation["child"] == relation["child_span"]["token_end"]


def test_judgements_go_along(records: list[ClaimRecord]) -> None:
    claim = tasks(records)[0]["claims"][1]
    assert (claim["worth"], claim["flag"], claim["evidence"][0]["answer"]) == ("2", True, "-2")
    assert [(verdict["target"], verdict["value"]) for verdict in claim["verdicts"]] == [
        ("content", "mixed"),
        ("a2", "supported"),
    ]


def test_without_text_the_offsets_stay(records: list[ClaimRecord]) -> None:
    for bare, task in zip(tasks(records, with_text=False), tasks(records), strict=True):
        assert "text" not in bare
        assert bare["spans"] == task["spans"]
        assert [(token["start"], token["end"]) for token in bare["tokens"]] == [
            (token["start"], token["end"]) for token in task["tokens"]
        ]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("It's 3.5 km.", ["It", "'", "s", "3", ".", "5", "km", "."]),
        (" a  b\n\nc ", [" ", "a", " ", "b", "\n\n", "c"]),
        ("Ine\u0301s يقولُ", ["Ine\u0301s", "يقولُ"]),
    ],
)
def test_words_marks_and_white_space_are_tokens(text: str, tokens: list[str]) -> None:
    assert [text[start:end] for start, end, _ in tokenised(text, [])] == tokens


@given(
    text=st.text(alphabet=st.one_of(st.sampled_from(" \n\tab.,“e\u0301🌉"), st.characters(codec="utf-8")), min_size=1),
    edges=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30))),
)
def test_tokens_cover_any_text_and_end_where_spans_do(text: str, edges: list[tuple[int, int]]) -> None:
    spans = [Span(start, start + length) for start, length in edges if start + length <= len(text)]
    tokens = tokenised(text, spans)
    assert "".join(text[start:end] + " " * (after - end) for start, end, after in tokens) == text
    assert {span.start for span in spans} <= {start for start, _, _ in tokens}
    assert {span.end for span in spans} <= {end for _, end, _ in tokens}
