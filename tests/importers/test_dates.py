from __future__ import annotations

import json
from typing import Any

import pytest

from annotator.importers.dates import read_date


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("14.03.2026", "2026-03-14"),
        ("2.11.2026", "2026-11-02"),
        ("2026.03.14", "2026-03-14"),
        ("2026. 3. 14.", "2026-03-14"),
        ("14. März 2026", "2026-03-14"),
        ("Samstag, 14. März 2026", "2026-03-14"),
        ("14 de marzo de 2026", "2026-03-14"),
        ("März 2026", "2026-03"),
        ("25/03/2026", "2026-03-25"),
        ("3/25/2026", "2026-03-25"),
        ("14.03.2026 09:05", "2026-03-14T09:05:00"),
        ("14.03.2026, 09:05 Uhr", "2026-03-14T09:05:00"),
        ("le 14 mars 2026 à 9h05", "2026-03-14T09:05:00"),
        ("March 14, 2026 at 2:30 pm EST", "2026-03-14T14:30:00-05:00"),
        ("March 14, 2026 12:30 AM", "2026-03-14T00:30:00"),
        ("March 14, 2026 12:30 PM +05:45", "2026-03-14T12:30:00+05:45"),
        ("March 14, 2026 12:30 AM UTC−05:30", "2026-03-14T00:30:00-05:30"),
        ("14.03.2026 09:05 -0330", "2026-03-14T09:05:00-03:30"),
        ("1 May 2026 7pm GMT-5", "2026-05-01T19:00:00-05:00"),
        ("2026-03-14 09:05:00 +0100", "2026-03-14T09:05:00+01:00"),
        ("2026-03-14 09:05:00 UTC", "2026-03-14T09:05:00+00:00"),
        ("2026-W11-6", "2026-03-14"),
    ],
)
def test_a_clear_date_is_read_without_a_word(given: str, iso: str) -> None:
    read = read_date(given)
    assert (read.iso, read.notes) == (iso, ())


@pytest.mark.parametrize(
    ("given", "iso", "said"),
    [
        ("46095", "2026-03-14", "spreadsheet"),
        ("46095.75", "2026-03-14T18:00:00", "spreadsheet"),
        ("1773309600", "2026-03-12T10:00:00+00:00", "seconds since 1970"),
        ("1773309600123", "2026-03-12T10:00:00+00:00", "seconds since 1970"),
        ("14.03.26", "2026-03-14", "two digits"),
        ("14.03.98 09:05", "1998-03-14T09:05:00", "two digits"),
        ("14-Mar-26", "2026-03-14", "two digits"),
        ("14.03.68", "2068-03-14", "two digits"),
        ("14.03.69", "1969-03-14", "two digits"),
    ],
)
def test_a_date_that_is_read_by_what_is_usual_is_said(given: str, iso: str, said: str) -> None:
    read = read_date(given)
    assert read.iso == iso
    assert said in read.notes[0].detail


@pytest.mark.parametrize(
    "given",
    ["04/10/2026", "4-10-2026", "10/3/26", "31.02.2026", "13.13.2026", "2026-13-01", "last week", "-5", "99999", "0",
     "Jan 3 2026 - Jan 5 2026", "1" * 5000],
)  # fmt: skip
def test_what_is_not_clear_is_left_out_and_nothing_wrong_is_advised(given: str) -> None:
    read = read_date(given)
    assert read.iso == ""
    (note,) = read.notes
    assert note.detail.endswith("is not clear and was left out: write such dates as YYYY-MM-DD")


@pytest.mark.parametrize(("language", "iso"), [("en-US", "2026-04-10"), ("en-GB", "2026-10-04"), ("fr", "2026-10-04")])
def test_the_language_says_which_number_is_the_month(language: str, iso: str) -> None:
    assert read_date("04/10/2026", language).iso == iso


def test_an_article_goes_in_without_its_unclear_date(read: Any) -> None:
    article = read(json.dumps({"text": "Words.", "published_at": "04/10/2026", "mood": "calm"}), "jsonl")
    assert article.publication.published_at == ""
    assert [note.summary for note in article.notes] == ["without a date of publication, because it was not clear"]
    assert article.unread == ("mood",)


def test_spreadsheets_of_german_offices_are_read(read_all: Any) -> None:
    data = 'Title;Text;published_at;Ressort\nFähre;"Die Fähre fuhr.";14.03.2026;Lokales\nKran;"Er steht.";04/10/2026;\n'
    first, second = read_all(data.encode("cp1252"), "csv")
    assert (first.publication.published_at, first.unread) == ("2026-03-14", ("Ressort",))
    assert (second.publication.published_at, second.text) == ("", "Kran\n\nEr steht.")
