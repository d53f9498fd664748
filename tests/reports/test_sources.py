from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from annotator.model.source import Citation, SourceEntity, SourceKind
from annotator.reports import SOURCE_LAYOUTS, SourceReport, source_report

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
DUARTE = SourceEntity("1", "Ines Duarte", SourceKind.PERSON, ("I. Duarte", "=Duarte"))
NASTY = SourceEntity("2", "=1+1 | [bold]*x*[/] <b>", SourceKind.GROUP)
IDLE = SourceEntity("3", "Example Wire", SourceKind.PUBLISHER)
NOTHING = source_report([], [])


def cited(
    source: str | None,
    attribution: str,
    claim: str,
    verdict: str | None = None,
    *,
    reviewer: str = "ana",
    article: str = "a",
    form: str = "indirect",
    anonymity: str = "named",
    sourceless: bool = False,
) -> Citation:
    return Citation(
        source, sourceless, reviewer, article, f"Title {article}", attribution, claim, 0, form, anonymity, verdict
    )


def report() -> SourceReport:
    return source_report(
        [NASTY, IDLE, DUARTE],
        [
            cited("1", "x", "c1", "supported", form="direct"),
            cited("1", "x", "c2", form="direct"),
            cited("1", "y", "c2", anonymity="described"),
            cited("1", "z", "c1", "refuted", reviewer="bo"),
            cited("1", "w", "c3", "refuted", article="b"),
            cited("2", "v", "c1", "supported"),
            cited(None, "u", "c1", "supported"),
            cited(None, "t", "", sourceless=True, anonymity="none"),
        ],
    )


def test_claims_count_once_verdicts_by_reviewer_and_forms_by_attribution() -> None:
    made = report()
    assert [line.entity.name for line in made.sources] == [DUARTE.name, NASTY.name, IDLE.name]
    numbers = made.sources[0].numbers
    assert (numbers.claims, numbers.attributions, numbers.articles) == (3, 4, 2)
    assert numbers.verdicts == {"refuted": 2, "supported": 1}
    assert numbers.forms == {"direct": 1, "indirect": 3}
    assert numbers.anonymity == {"described": 1, "named": 3}
    assert [(each.article_id, each.claims) for each in made.sources[0].articles] == [("a", 2), ("b", 1)]


def test_what_has_no_source_stands_apart_and_counts_in_all() -> None:
    made = report()
    assert (made.unsettled.attributions, made.unsettled.claims) == (1, 1)
    assert (made.sourceless.attributions, made.sourceless.claims) == (1, 0)
    assert (made.total.attributions, made.total.claims, made.total.verdicts) == (7, 3, {"refuted": 2, "supported": 1})
    assert made.sources[2].numbers.claims == 0


def test_the_terminal_layout_at_a_glance() -> None:
    one = source_report([DUARTE], [cited("1", "x", "c1", "supported")])
    assert SOURCE_LAYOUTS["terminal"](one, 60) == (
        "Ines Duarte                         person           1 claim\n"
        "  1 attribution · verdicts: supported 1 · forms: indirect 1\n"
        "  named: named 1 · 1 article\n"
        "all                                                  1 claim\n"
        "  1 attribution · verdicts: supported 1 · forms: indirect 1\n"
        "  named: named 1 · 1 article\n"
    )


@pytest.mark.parametrize("width", [10, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(cell_len, SOURCE_LAYOUTS["terminal"](report(), width).splitlines())) <= max(width, 40)


@pytest.mark.parametrize("layout", ["terminal", "markdown"])
def test_nothing_yet_is_said(layout: str) -> None:
    assert SOURCE_LAYOUTS[layout](NOTHING, 80) == "No attribution has a source yet.\n"


def test_markdown_is_one_table_in_which_names_are_words() -> None:
    lines = SOURCE_LAYOUTS["markdown"](report(), 80).splitlines()
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {9}
    assert r"\=1+1 \| \[bold\]\*x\*\[/\] \<b\>" in lines[3]
    assert [line.split(" | ")[0] for line in lines[-3:]] == [
        "| **not resolved yet**",
        "| **no source given**",
        "| **all**",
    ]


def test_json_has_the_documented_keys() -> None:
    whole = json.loads(SOURCE_LAYOUTS["json"](report(), 80))
    assert list(whole) == ["sources", "unsettled", "sourceless", "total"]
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"`{key}`" in page for key in [*whole, *whole["sources"][0], *whole["sources"][0]["articles"][0]])
    assert whole["sources"][0]["aliases"] == ["I. Duarte", "=Duarte"]
    assert whole["total"]["claims"] == 3


def test_csv_is_safe_and_adds_up() -> None:
    text = SOURCE_LAYOUTS["csv"](report(), 80).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert [row["level"] for row in rows] == ["source", "source", "source", "unsettled", "sourceless", "total"]
    assert rows[1]["name"] == f"'{NASTY.name}"
    assert rows[0]["aliases"] == "I. Duarte | =Duarte"
    assert (rows[0]["verdict_refuted"], rows[0]["form_direct"], rows[0]["anonymity_described"]) == ("2", "1", "1")
    assert sum(int(row["attributions"]) for row in rows[:-1]) == int(rows[-1]["attributions"])


@pytest.mark.parametrize("name", list(SOURCE_LAYOUTS))
def test_every_layout_is_documented(name: str) -> None:
    assert f"| `{name}` |" in PAGE.read_text(encoding="utf-8")
