"""The figures to publish: one line a facet, with the same numbers in every layout."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from annotator.model.period import Period
from annotator.reports.agreement import AgreementReport, AgreementRow, FacetSummary, LeftOut, Split
from annotator.reports.agreement_summary import SUMMARY_LAYOUTS, summary

ALL = ("ana", "ben", "caro")


def row(facet: str, coefficient: str, value: float | None, units: int = 12, *, why: str = "") -> AgreementRow:
    low, high = (None, None) if value is None else (value - 0.1, value + 0.1)
    return AgreementRow(facet, coefficient, value, low, high, units, 2 * units, ALL, why, 0)


def rows(facet: str, level: str, alpha: float | None, units: int = 12, *, why: str = "") -> tuple[AgreementRow, ...]:
    return (
        row(facet, "percent_agreement", 0.8, units),
        row(facet, "krippendorff_alpha_nominal", 0.3 if level != "nominal" else alpha, units, why=why),
        *([row(facet, f"krippendorff_alpha_{level}", alpha, units)] if level != "nominal" else []),
        row(facet, "gwet_ac1", 0.7, units),
        row(facet, "cohen_kappa", 0.1, units),
    )


@pytest.fixture
def report() -> AgreementReport:
    return AgreementReport(
        "database",
        (
            *rows("worth", "interval", 0.5),
            *rows("voice", "nominal", None, why="all values alike"),
            row("spans", "unitized_alpha", 0.9),
        ),
        facets=(
            FacetSummary("worth", "interval", ("0", "1"), 12, 24, 0),
            FacetSummary("voice", "nominal", ("author",), 12, 24, 0),
        ),
        splits=(
            Split("suggestion", "none shown", rows("worth", "interval", 0.2, 5)),
            Split("suggestion", "shown", (*rows("worth", "interval", 0.6, 7), *rows("voice", "nominal", 0.4, 12))),
            Split("suggestion", "shown, accepted by all", rows("worth", "interval", 1.0, 4)),
            Split("scheme", "fever-3@1", rows("worth", "interval", 0.1, 6)),
        ),
        left_out=(LeftOut("ana", 12, unfinished=3),),
        pass_="both",
        period=Period(datetime(2026, 11, 1, tzinfo=UTC)),
        resamples=1000,
    )


def test_a_facet_has_the_alpha_of_its_level_and_the_parts_that_can_be_compared(report: AgreementReport) -> None:
    assert [(line.facet, line.part, line.level, line.alpha.value, line.alpha.units) for line in summary(report)] == [
        ("worth", "", "interval", 0.5, 12),
        ("worth", "none shown", "interval", 0.2, 5),
        ("worth", "shown", "interval", 0.6, 7),
        ("voice", "", "nominal", None, 12),
        ("spans", "", "unitized", 0.9, 12),
    ]


def test_a_terminal_has_the_figures_under_their_names(report: AgreementReport) -> None:
    lines = SUMMARY_LAYOUTS["terminal"](report, 80).splitlines()
    assert lines[0].split() == ["alpha", "95", "%", "interval", "agree", "AC1", "values"]
    assert lines[1].split() == ["check-worthiness", "0.500", "0.400", "to", "0.600", "0.800", "0.700", "24"]
    assert lines[2].split()[:4] == ["none", "shown", "0.200", "0.100"]
    assert lines[4].split() == ["voice", "undef.", "0.800", "0.700", "24"]
    assert lines[5].split() == ["all", "spans", "0.900", "0.800", "to", "1.000", "24"]
    assert len({line.rindex(line.split()[-1]) + len(line.split()[-1]) for line in lines[:6]}) == 1
    assert lines[-1] == "ana: 12 claims counted; 3 begun and not done."
    assert max(map(len, SUMMARY_LAYOUTS["terminal"](report, 50).splitlines())) <= 50


def test_data_is_unrounded_and_says_why_there_is_nothing(report: AgreementReport) -> None:
    data = json.loads(SUMMARY_LAYOUTS["json"](report, 80))
    table = list(csv.DictReader(io.StringIO(SUMMARY_LAYOUTS["csv"](report, 80).removeprefix("\ufeff"))))
    assert [(line["facet"], line["part"]) for line in table] == [
        (line["facet"], line["part"]) for line in data["lines"]
    ]
    assert (data["lines"][0]["high"], table[0]["high"]) == (0.6, "0.6")
    assert (data["lines"][3]["alpha"], data["lines"][3]["undefined"]) == (None, "all values alike")
    assert (data["pass"], data["resamples"], data["left_out"][0]["unfinished"]) == ("both", 1000, 3)
    assert (data["since"], data["lines"][0]["resamples_undefined"]) == ("2026-11-01T00:00:00+00:00", 0)
    assert "| voice | all | nominal | undefined: all values alike |" in SUMMARY_LAYOUTS["markdown"](report, 80)


def test_an_interval_of_few_resamples_says_so_as_in_the_whole_report(report: AgreementReport) -> None:
    first, *others = rows("worth", "interval", 0.5)
    lacking = [replace(each, resamples_undefined=400) for each in others]
    said = SUMMARY_LAYOUTS["markdown"](replace(report, rows=(first, *lacking)), 80)
    assert "| 0.400 to 0.600 (400 of 1000 undefined) |" in said


def test_large_counts_have_their_column_and_what_there_is_none_of_is_not_explained(report: AgreementReport) -> None:
    many = replace(report, rows=rows("worth", "interval", 0.5, 1_234_567), splits=())
    table = SUMMARY_LAYOUTS["terminal"](many, 80)
    head, line, *_ = table.splitlines()
    assert (len(head), head.split()[-1], line.split()[-1]) == (len(line), "values", "2469134")
    assert "None shown" not in table
    assert "Values are those that were compared" in " ".join(table.split())


def test_where_nothing_was_measured_that_is_said() -> None:
    nothing = AgreementReport("database", (), left_out=(LeftOut("ana", 0, unfinished=2),))
    for name in ("terminal", "markdown"):
        assert "Nobody has a first decision yet" in " ".join(SUMMARY_LAYOUTS[name](nothing, 80).split())
