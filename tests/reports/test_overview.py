"""The overview of a project, and its page."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

from rich.cells import cell_len

from annotator.model.progress import Progress
from annotator.reports.overview import Overview, overview
from annotator.reports.overview_lines import overview_lines
from annotator.reports.overview_page import overview_html
from annotator.reports.progress import ArticleWork, Tick, progress_report

COUNTS = [("2026-03-09", "ana", 4), ("2026-03-11", "ben", 2), ("2026-03-11", "ana", 1)]
EVIL = '<script>alert(1)</script> & "Sons"'


def made(name: str = "Example Wire") -> Overview:
    works = [ArticleWork("ana", "a1", "Bridge", Progress(claims=10, done=5, flagged=1), {"supported": 3}, 2)]
    ticks = [
        Tick("ana", "s", "a1", f"2026-03-{day}T08:0{minute}:00+00:00") for day in ("09", "11") for minute in (0, 4)
    ]
    return overview(
        COUNTS,
        progress_report(works, ticks),
        {name: {"supported": 3, "refuted": 1}, "None": {}},
        {"Ines": {"mixed": 1}},
    )


def test_days_without_decisions_are_there_too() -> None:
    found = made()
    assert found.days == [date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11)]
    assert found.decisions == {"ana": [4, 0, 1], "ben": [0, 0, 2]}
    assert found.a_day == [4, 0, 3]


def test_the_end_follows_from_the_pace() -> None:
    found = made()
    assert found.end is not None
    assert found.end >= date(2026, 3, 11)
    assert overview([], progress_report([], []), {}, {}).end is None


def test_lines_fit_a_form_on_a_screen_of_80_columns() -> None:
    work = Progress(claims=99_999, done=12_345, flagged=99_999)
    names = ("ana", "somebody with a name that is longer than others", "李明李明李明李明李明李明")
    works = [ArticleWork(name, "a1", "Bridge", work, {}, 2) for name in names]
    ticks = [Tick(name, "s", "a1", f"2026-03-09T08:0{minute}:00+00:00") for name in names for minute in range(9)]
    counts = [(f"2026-{month:02}-{day:02}", "ana", 99_999) for month in range(1, 4) for day in range(1, 29)]
    lines = overview_lines(overview(counts, progress_report(works, ticks), {}, {}))
    assert next(line.split() for line in lines if line.startswith("reviewer"))[-4:] == ["each", "left", "a", "day"]
    assert max(map(cell_len, lines)) <= 68


def test_what_was_not_judged_is_left_out_and_the_most_judged_comes_first() -> None:
    found = overview(COUNTS, progress_report([], []), {"a": {"x": 1}, "b": {"x": 3}, "c": {}}, {}, most=1)
    assert found.publishers == [("b", {"x": 3})]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_needs_nothing_else_and_every_picture_has_a_title_and_a_table() -> None:
    page = overview_html(made(), 80)
    parser = Tags()
    parser.feed(page)
    names = [tag for tag, _ in parser.tags]
    assert not {"script", "link", "img", "iframe"} & set(names)
    assert not re.search(r"(src|href)=|url\(|@import", page)
    pictures = [attributes for tag, attributes in parser.tags if tag == "svg" and attributes.get("role") == "img"]
    assert len(pictures) == 3
    assert all(f'<title id="{each["aria-labelledby"]}">' in page for each in pictures)
    assert names.count("table") >= 4
    assert "5 of 10 claims are done" in page
    assert "prefers-color-scheme: dark" in page


def test_names_are_text_and_nothing_else() -> None:
    page = overview_html(made(EVIL), 80)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_an_empty_project_says_so() -> None:
    assert "Nothing has been decided yet." in overview_html(overview([], progress_report([], []), {}, {}), 80)
