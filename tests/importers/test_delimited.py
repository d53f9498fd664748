from __future__ import annotations

from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.model.article import Article


def test_a_row_is_an_article_with_the_line_on_which_it_begins(read_all: Any) -> None:
    data = 'title,text,publisher,published_at\nStorm,"Two cables\r\nwere ""loose"".",Wire,2026-03-10\n\nCalm,Words.,,\n'
    first, second = read_all(data.encode(), "csv")
    assert (first.text, first.origin) == ('Storm\n\nTwo cables\nwere "loose".', "-:2")
    assert (first.publication.publisher, first.publication.published_at) == ("Wire", "2026-03-10")
    assert (second.text, second.origin) == ("Calm\n\nWords.", "-:5")


@pytest.mark.parametrize(
    "data",
    [
        "text,title\na,b\n",
        "text;title\na;b\n",
        "sep=;\ntext;title\na;b\n",
        "Text\tTitle\na\tb\n",
        "title|text\r\nb|a\r\n",
        "title,text\rb,a\r",
    ],
)
def test_the_delimiter_is_found(read: Any, data: str) -> None:
    assert read(data, "csv").text == "b\n\na"
    assert read("\ufeff" + data, "csv").text == "b\n\na"
    assert read(data.encode("utf-16"), "csv").text == "b\n\na"


def test_broken_rows_are_named_and_the_others_go_in(read_all: Any) -> None:
    data = 'text,title\nOne.,a\nTwo., b, c\n"Three" x,c\n\nFour.,"d\nFive.,e\n"Six.",f\n'
    found = read_all(data.encode(), "csv")
    failures = [each.place for each in found if isinstance(each, ImportFailure)]
    articles = [each.text for each in found if isinstance(each, Article)]
    assert articles == ["a\n\nOne.", "e\n\nFive.", "f\n\nSix."]
    assert failures == ["line 3", "line 4", "line 6"]
    assert "3 fields where the header has 2" in str(found[1])


def test_a_row_of_one_field_is_said_to_have_one(read_all: Any) -> None:
    (failure,) = read_all(b"text,title\nOne.\n", "csv")
    assert "1 field where the header has 2" in failure.reason


def test_a_quotation_that_is_never_closed_says_how_far_nothing_was_read(read_all: Any) -> None:
    data = 'text,title\nOne.,a\nTwo.,"b\n' + "Three.,c\n" * 300
    *_, failure = read_all(data.encode(), "csv")
    assert failure.place == "line 3"
    assert "nothing was read up to line 303" in failure.reason


def test_a_file_without_a_text_field_is_one_failure_that_names_what_is_there(fail: Any) -> None:
    failure = fail("body,headline\na,b\nc,d\n", "csv")
    assert "no field 'text' (there: 'body', 'headline')" in failure.reason
    assert "--field text=NAME" in failure.reason


def test_fields_can_be_mapped(read: Any, fail: Any) -> None:
    assert read("body;headline\na;b\n", "csv", fields={"text": "body", "title": "headline"}).text == "b\n\na"
    assert "'headlin'" in fail("text,headline\na,b\n", "csv", fields={"title": "headlin"}).reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "empty"),
        ("\n\n", "no header"),
        ("text,title\n", "no row"),
        ("text,text\na,b\n", "twice"),
        ("a\0b,text\n", "binary"),
    ],
)
def test_a_file_that_holds_no_rows_is_one_failure(fail: Any, data: str, reason: str) -> None:
    assert reason in fail(data, "csv").reason


def test_an_article_longer_than_the_csv_modules_own_limit_is_read(read: Any) -> None:
    words = "word " * 40_000
    assert read(f'text\n"{words}"\n', "csv").text == words.rstrip()
