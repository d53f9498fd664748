from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

TEXT = "The bridge closed at dawn. Nobody was hurt."


def row(**evidence: str) -> str:
    return json.dumps({"reviewer": "ana", "article_text": TEXT, "start": 0, "end": 26, "evidence": [evidence]})


def test_evidence_of_a_file_is_put_right_as_at_the_screen(read: Callable[..., Any]) -> None:
    passage = "At five,\nas the log says.\n"
    given = row(passage=passage, url=" https://example.org/the log ", published_at="10.3.2026", retrieved_at="2026-03")
    found = read(given, "jsonl")
    assert found.failures == []
    (evidence,) = found.articles[0].claims[0].evidence
    assert evidence.url == "https://example.org/the%20log"
    assert (evidence.published_at, evidence.retrieved_at, evidence.passage) == ("2026-03-10", "2026-03", passage)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"url": "javascript:alert(1)"}, "only http and https are kept"),
        ({"answer": "five", "archived_url": "in the archive"}, "no web address: in the archive"),
        ({"answer": "five", "published_at": "3/10/2026"}, "no date: 3/10/2026: write it as 2026-03-10"),
        ({"answer": "five", "published_at": "2026-04", "retrieved_at": "2026-03-10"}, "after it was retrieved"),
    ],
)
def test_what_is_no_address_or_date_fails_with_its_line(
    read: Callable[..., Any], fields: dict[str, str], said: str
) -> None:
    (failure,) = read(row(**fields), "jsonl").failures
    assert failure.place == "line 1"
    assert said in failure.reason
