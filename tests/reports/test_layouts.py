from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from annotator.model.progress import Progress
from annotator.reports.layouts import LAYOUTS
from annotator.reports.progress import ArticleWork, ProgressReport, Tick, progress_report
from annotator.reports.terminal import bar, fitted

PAGE = Path(__file__).parents[2] / "docs" / "reports.md"
NASTY = "=1+1 | [bold]*x*[/] <b>\x1b[31m\n\u202e"

WORKS = [
    ArticleWork("ana", "a" * 64, "Bridge closed", Progress(20, 6, 2, 1), {"supported": 4, "not_enough": 1}, 5),
    ArticleWork("ana", "b" * 64, "北京の橋と長い長い長い長い題名がここに続きまして終わり", Progress(10, 4)),
    ArticleWork("@eva|*", "c" * 64, NASTY, Progress(3, 3), {"refuted": 2}),
]
TICKS = [
    Tick("ana", "s", "a" * 64, "2026-03-12T10:00:00.000000+00:00"),
    Tick("ana", "s", "a" * 64, "2026-03-12T10:05:00.000000+00:00"),
    Tick("ana", "s", "b" * 64, "2026-03-12T10:08:20.000000+00:00"),
]


def report() -> ProgressReport:
    return progress_report(WORKS, TICKS)


def test_the_terminal_layout_at_a_glance() -> None:
    one = progress_report(WORKS[:1], TICKS[:2])
    assert LAYOUTS["terminal"](one, 64) == (
        "ana                                     6 of 20 ▰▰▰▱▱▱▱▱▱▱  30 %\n"
        "  open 12 · skipped 2 · flagged 1 · attributions 5\n"
        "  verdicts: not_enough 1, supported 4 · time 5 min\n"
        "  claims an hour 72.0 · left 10 min\n"
        "  last seen 2026-03-12 10:05 UTC\n"
        "  Bridge closed                         6 of 20 ▰▰▰▱▱▱▱▱▱▱  30 %\n"
        "    open 12 · skipped 2 · flagged 1 · attributions 5\n"
        "    verdicts: not_enough 1, supported 4 · time 5 min\n"
        "    claims an hour 72.0 · left 10 min\n"
        "    last seen 2026-03-12 10:05 UTC\n"
        "\n"
        "Pauses longer than 5 min do not count as time.\n"
    )


@pytest.mark.parametrize("width", [10, 40, 64, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_bars_stand_below_one_another(width: int) -> None:
    lines = LAYOUTS["terminal"](report(), width).splitlines()
    assert max(map(cell_len, lines)) <= max(width, 40)
    barred = [line for line in lines if line.endswith(" %")]
    assert len(barred) == 2 + 3 + 1
    assert len({cell_len(re.split("[▰▱]", line)[0]) for line in barred}) == 1


def test_the_total_stands_only_where_there_are_several_reviewers() -> None:
    assert "All reviewers" in LAYOUTS["terminal"](report(), 80)
    assert "All reviewers" not in LAYOUTS["terminal"](progress_report(WORKS[:2], TICKS), 80)


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_names_and_titles_never_steer_a_screen(layout: str) -> None:
    text = LAYOUTS[layout](report(), 80)
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "␛" in text


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_an_empty_project_is_no_error(layout: str) -> None:
    text = LAYOUTS[layout](progress_report([], []), 80)
    assert text.endswith("\n")
    expected = {"terminal": "Nothing has been reviewed yet.", "markdown": "Nothing has been reviewed yet."}
    assert expected.get(layout, "total") in text


def test_a_bar_is_full_only_when_all_is_done_and_empty_only_when_nothing_is() -> None:
    def shown(done: int) -> str:
        return bar(progress_report([ArticleWork("ana", "a", "", Progress(1000, done))], []).total, 10)

    assert [shown(done) for done in (0, 1, 500, 999, 1000)] == [
        "▱▱▱▱▱▱▱▱▱▱",
        "▰▱▱▱▱▱▱▱▱▱",
        "▰▰▰▰▰▱▱▱▱▱",
        "▰▰▰▰▰▰▰▰▰▱",
        "▰▰▰▰▰▰▰▰▰▰",
    ]
    assert bar(progress_report([], []).total, 4) == "▱▱▱▱"


def test_widths_are_counted_in_cells() -> None:
    assert (cell_len("北京"), cell_len("e\u0301"), cell_len("a\u200bb"), cell_len("▰")) == (4, 1, 2, 1)
    assert fitted("北京の橋", 8) == "北京の橋"
    assert fitted("北京の橋", 6) == "北京… "
    assert fitted("北京の橋", 10) == "北京の橋  "


def test_markdown_is_one_table_whose_cells_are_plain_words() -> None:
    lines = [line for line in LAYOUTS["markdown"](report(), 80).splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {14}
    assert len(lines) == 2 + 2 + 3 + 1
    assert lines[2].startswith(r"| @eva\|\* | **all articles** | 3 of 3 | 100 % |")
    assert r"| \=1+1 \| \[bold\]\*x\*\[/\] \<b\>␛\[31m �" in lines[3]
    assert lines[4] == (
        "| ana | **all articles** | 10 of 30 | 33 % | 18 | 2 | 1 | 5 | not\\_enough 1, supported 4 "
        "| 8 min | 72.0 | 15 min | 2026-03-12 10:08 UTC |"
    )


def test_json_holds_the_numbers() -> None:
    data = json.loads(LAYOUTS["json"](report(), 80))
    assert data["idle_limit_seconds"] == 300
    ana = data["reviewers"][1]
    assert (ana["reviewer"], ana["seconds_on_task"], ana["claims_per_hour"], ana["hours_left"]) == (
        "ana",
        500,
        72,
        0.25,
    )
    assert (ana["share_done"], ana["last_seen"]) == (0.3333, "2026-03-12T10:08:20.000000+00:00")
    assert ana["verdicts"] == {"not_enough": 1, "supported": 4}
    assert [article["done"] for article in ana["articles"]] == [6, 4]
    assert data["reviewers"][0]["claims_per_hour"] is None
    assert data["total"]["done"] == 13


def test_csv_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    text = LAYOUTS["csv"](report(), 80)
    assert text.startswith("\ufefflevel,reviewer,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    assert [row["level"] for row in rows] == ["reviewer", "article", "reviewer", "article", "article", "total"]
    assert (rows[0]["reviewer"], rows[1]["title"][:5]) == ("'@eva|*", "'=1+1")
    assert (rows[2]["verdict_supported"], rows[2]["verdict_refuted"], rows[5]["verdict_refuted"]) == ("4", "0", "2")
    assert (rows[2]["seconds_on_task"], rows[0]["claims_per_hour"]) == ("500.0", "")


def test_an_article_without_a_title_goes_by_its_id() -> None:
    untitled = progress_report([ArticleWork("ana", "0123456789abcdef", " \n", Progress(1))], [])
    assert "  0123456789ab " in LAYOUTS["terminal"](untitled, 80)
    assert "| 0123456789ab |" in LAYOUTS["markdown"](untitled, 80)


def test_every_number_and_layout_is_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")
    total = json.loads(LAYOUTS["json"](report(), 80))["total"]
    documented = re.findall(r"^\| [^|]+ \| `(\w+)`", page, re.M)
    assert sorted(documented) == sorted(total)
    assert re.findall(r"^\| `(\w+)` \|", page, re.M) == list(LAYOUTS)
