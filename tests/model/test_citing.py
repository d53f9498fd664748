from __future__ import annotations

import pytest

from annotator.errors import DomainError
from annotator.model.citing import checked_fields, parted


def test_addresses_and_dates_are_put_right_and_prose_stays_as_it_is() -> None:
    given = {
        "question": "When?",
        "passage": "At five,\n\n  as the\tlog says. ",
        "url": " https://example.org/the log ",
        "archived_url": "www.archive.example/1",
        "published_at": "10.3.2026",
        "retrieved_at": "March 2026",
    }
    assert checked_fields(given) == given | {
        "url": "https://example.org/the%20log",
        "archived_url": "https://www.archive.example/1",
        "published_at": "2026-03-10",
        "retrieved_at": "2026-03",
    }


@pytest.mark.parametrize("name", ["url", "archived_url"])
def test_what_is_no_address_is_refused(name: str) -> None:
    with pytest.raises(DomainError, match="no web address: the log"):
        checked_fields({name: "the log"})


@pytest.mark.parametrize("name", ["published_at", "retrieved_at"])
def test_what_is_no_date_is_refused(name: str) -> None:
    with pytest.raises(DomainError, match="no date: yesterday"):
        checked_fields({name: "yesterday"})


def test_nothing_is_published_after_it_was_retrieved() -> None:
    with pytest.raises(DomainError, match=r"published on 2026-03-11, after it was retrieved \(2026-03-10\)"):
        checked_fields({"published_at": "11.3.2026", "retrieved_at": "2026-03-10"})


def test_what_was_kept_before_stays_as_it_is() -> None:
    known = {"url": "the log", "published_at": "spring", "retrieved_at": "2026", "answer": "five"}
    assert checked_fields(known | {"answer": "six"}, known) == known | {"answer": "six"}
    with pytest.raises(DomainError, match="no web address: my log"):
        checked_fields(known | {"url": "my log"}, known)


@pytest.mark.parametrize(
    ("pasted", "both"),
    [
        (
            "https://example.org/log\nThe ramp was shut\nat five.",
            ("https://example.org/log", "The ramp was shut\nat five."),
        ),
        ("“The ramp was shut.”\n\nhttps://example.org/log ", ("https://example.org/log", "“The ramp was shut.”")),
        ("The ramp was shut. https://example.org/log#top", ("https://example.org/log#top", "The ramp was shut.")),
        ("https://example.org/log", None),
        ("https://example.org/the-\n   log", None),
        ("https://example.org/the log\n  book is here", None),
        ("The ramp was shut at five.", None),
        ("see https://example.org/a and https://example.org/b", None),
        ("", None),
    ],
)
def test_address_and_passage_of_one_paste(pasted: str, both: tuple[str, str] | None) -> None:
    assert parted(pasted) == both
