"""What rows say of the article: a list of publications, or one in fields of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from annotator.model.article import Publication

TEXT = "The bridge closed at dawn."
ONE = {"title": "Bridge shut", "url": "https://wire.example/1", "publisher": "Wire", "author": None}
READ = Publication(title="Bridge shut", url="https://wire.example/1", publisher="Wire")


@pytest.mark.parametrize(
    ("more", "publications"),
    [
        (ONE, (READ,)),
        (ONE | {"publications": None}, (READ,)),
        (ONE | {"publications": []}, ()),
        (ONE | {"publications": [{"title": "Elsewhere"}]}, (Publication(title="Elsewhere"),)),
        ({"title": None, "url": ""}, ()),
    ],
)
def test_fields_of_a_row_are_its_publication_where_it_has_no_list(
    read: Callable[..., Any], more: dict[str, Any], publications: tuple[Publication, ...]
) -> None:
    row = {"reviewer": "ana", "article_text": TEXT, "start": 0, "end": len(TEXT), "worth": "2"} | more
    found = read(json.dumps(row), "jsonl")
    assert found.failures == []
    assert found.articles[0].publications == publications


@pytest.mark.parametrize("format_name", ["jsonl", "doccano", "prodigy"])
def test_an_array_in_a_line_says_how_it_becomes_lines(read: Callable[..., Any], format_name: str) -> None:
    (failure,) = read(json.dumps([{"text": TEXT}]), format_name).failures
    assert failure.place == "line 1"
    assert "jq -c '.[]'" in failure.reason
