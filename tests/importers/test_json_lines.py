from __future__ import annotations

import json
from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.importers import ImportOptions
from annotator.model.article import Article, BlockKind

ROW = {
    "text": "Two cables were loose.\r\nThe bridge closed.",
    "title": "Bridge\n closed",
    "url": "https://wire.example/1",
    "publisher": "Example Wire",
    "author": ["Ana Ruiz", "Bo Lind"],
    "published_at": "2026-03-10T08:00:00Z",
    "language": "en",
    "rights": "CC0",
    "more": {"unread": True},
}


def test_a_line_is_an_article_with_its_fields(read: Any, hints: Any) -> None:
    article = read(json.dumps(ROW), "jsonl")
    publication = article.publication
    assert article.text == "Bridge closed\n\nTwo cables were loose.\nThe bridge closed."
    assert article.origin == "-:1"
    assert (publication.title, publication.url) == ("Bridge closed", "https://wire.example/1")
    assert (publication.author, publication.published_at) == ("Ana Ruiz, Bo Lind", "2026-03-10T08:00:00Z")
    assert (publication.publisher, article.language, article.rights) == ("Example Wire", "en", "CC0")
    assert hints(article) == [(BlockKind.HEADLINE, "Bridge closed")]


def test_offsets_into_the_text_field_are_found_behind_the_headline(read: Any) -> None:
    article = read(json.dumps(ROW), "jsonl")
    assert article.text[article.offsets.to_text(str(ROW["text"]).index("The bridge")) :] == "The bridge closed."


@pytest.mark.parametrize("text", ["Bridge closed\n\nBody.", "Bridge closed at dawn."])
def test_a_title_that_begins_the_text_is_not_put_before_it(read: Any, text: str) -> None:
    assert read(json.dumps({"text": text, "title": "Bridge closed"}), "jsonl").text == text


def test_a_broken_line_is_named_and_the_others_go_in(read_all: Any) -> None:
    lines = [
        '{"text": "One."}',
        "{broken",
        "",
        '["no object"]',
        '{"body": "No text."}',
        '{"text": 7}',
        '{"text": " "}',
        '{"text": "a\\ud800"}',
        '{"text": "a\\u0000"}',
        '{"text": "b", "title": {"a": 1}}',
        '{"text": "Last."}',
    ]
    found = read_all("\n".join(lines).encode(), "jsonl")
    failures = {each.place: each.reason for each in found if isinstance(each, ImportFailure)}
    assert [each.origin for each in found if isinstance(each, Article)] == ["-:1", "-:11"]
    assert list(failures) == [f"line {number}" for number in (2, 4, 5, 6, 7, 8, 9, 10)]
    assert "broken JSON" in failures["line 2"]
    assert "a JSON object was expected" in failures["line 4"]
    assert "no field 'text' (there: 'body')" in failures["line 5"]
    assert "--field text=NAME" in failures["line 5"]
    assert "surrogate" in failures["line 8"]
    assert "NUL" in failures["line 9"]
    assert "'title'" in failures["line 10"]


def test_fields_can_be_mapped_and_left_out(read: Any) -> None:
    row = json.dumps({"body": "Words.", "headline": "Storm", "title": "no", "published_at": "last week"})
    article = read(row, "jsonl", fields={"text": "body", "title": "headline", "published_at": ""})
    assert article.text == "Storm\n\nWords."
    assert article.publication.published_at == ""
    assert article.unread == ("title",), "what is left out on purpose is known to be"


def test_upper_and_lower_case_are_one_without_a_mapping(read: Any) -> None:
    assert read('{"Text": "Words.", "TITLE": "Storm"}', "jsonl").publication.title == "Storm"


def test_a_field_that_articles_do_not_have_cannot_be_mapped() -> None:
    with pytest.raises(ImportFailure, match="no field 'body'"):
        ImportOptions(fields={"body": "text"})


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2026", "2026"),
        ("2026-03-10", "2026-03-10"),
        ("2026/03/10", "2026-03-10"),
        ("March 10, 2026", "2026-03-10"),
        ("Tue, 10 Mar 2026 08:00:00 +0100", "2026-03-10T08:00:00+01:00"),
        (2026, "2026"),
        (None, ""),
    ],
)
def test_dates_become_iso_8601(read: Any, given: object, iso: str) -> None:
    assert read(json.dumps({"text": "Words.", "published_at": given}), "jsonl").publication.published_at == iso


def test_a_line_that_is_not_utf_8_fails_alone(read_all: Any) -> None:
    good = b'{"text": "Words."}\n'
    found = read_all(good * 20_000 + b'{"text": "caf\xe9"}\n' + good, "jsonl")
    (failure,) = [each for each in found if isinstance(each, ImportFailure)]
    assert failure.place == "line 20001"
    assert "at byte 13 of the line (0xE9)" in failure.reason
    assert len(found) == 20_002


def test_a_file_in_utf_16_that_is_damaged_is_read_up_to_about_there(read_all: Any) -> None:
    good = '{"text": "Words."}\n'.encode("utf-16-le")
    *before, failure = read_all(b"\xff\xfe" + good * 1000 + b"\x00\xdc\x00\xdc" + good, "jsonl")
    assert 700 < len(before) <= 1000
    assert failure.place == f"line {len(before) + 1}"
    assert "not readable as utf-16-le" in failure.reason


def test_a_line_or_text_over_the_limit_fails_alone(read_all: Any) -> None:
    rows = ['{"text": "' + "x" * 200 + '"}', '{"text": "' + "x" * 100_000 + '"}', '{"text": "Words."}']
    found = read_all("\n".join(rows).encode(), "jsonl", max_bytes=100)
    assert ["larger than" in str(found[0]), "a line of more than" in str(found[1])] == [True, True]
    assert found[2].origin == "-:3"


def test_nothing_but_blank_lines_is_empty(fail: Any) -> None:
    assert "empty" in fail("\n\n", "jsonl").reason
    assert "empty" in fail("", "jsonl").reason
    assert "empty" in fail("[ ]", "json").reason


@pytest.mark.parametrize("data", ['{"text":\n "Words."}', '\ufeff\n{"text": "Words."}\n'])
def test_a_document_may_be_one_object(read: Any, data: str) -> None:
    article = read(data, "json")
    assert (article.text, article.origin) == ("Words.", "-")


@pytest.mark.parametrize("data", ['[\n{"text": "A."},\n{"text": "B."}]\n', '\n{"text": "A."}\n{"text": "B."}'])
def test_a_document_may_be_an_array_or_several_objects(read_all: Any, data: str) -> None:
    found = read_all(data.encode(), "json")
    assert [(each.text, each.origin) for each in found] == [("A.", "-:2"), ("B.", "-:3")]


@pytest.mark.parametrize(
    ("data", "articles", "place"),
    [
        ('[{"text": "A."},\n{"text" "B."}]', 1, "line 2"),
        ('[{"text": "A."}\n{"text": "B."}]', 1, "line 2"),
        ('[{"text": "A."}\n\n', 1, "line 3"),
        ('[{"text": "A."}]\nmore', 1, "line 1"),
        ('[{"text": "A."},\n7]', 1, "line 2"),
        ("[" * 100_000, 0, "line 1"),
    ],
)
def test_a_broken_document_is_read_up_to_there(read_all: Any, data: str, articles: int, place: str) -> None:
    *before, failure = read_all(data.encode(), "json")
    assert len(before) == articles
    assert isinstance(failure, ImportFailure)
    assert failure.place == place
