"""How the report on agreement says a figure, a claim and a gap to a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.model.counts import counted
from annotator.reports.agreement import AgreementReport, AgreementRow, DisputedClaim
from annotator.reports.wording import period_note

NOTHING = "Nobody has a first decision yet: a claim counts once it is done, and `--pass` says what completes one."
WITH_LAYER = "Each reviewer with the adjudicated layer"
ROW_FIELDS = (
    "facet",
    "coefficient",
    "value",
    "low",
    "high",
    "units",
    "pairable",
    "reviewers",
    "undefined",
    "resamples_undefined",
)
_TITLES = {
    "worth": "check-worthiness",
    "source": "source entity",
    "attributed": "the sentence has an attribution",
    "source_span": "spans of sources",
    "cue_span": "spans of cues",
    "content_span": "spans of contents",
    "spans": "all spans",
    "source_tokens": "tokens of sources",
    "cue_tokens": "tokens of cues",
    "content_tokens": "tokens of contents",
}


def facet_title(facet: str) -> str:
    """A facet's name for people."""
    return _TITLES.get(facet, facet)


def figure(value: float | None) -> str:
    """A figure with three decimals, or "undef."."""
    return "undef." if value is None else f"{value:.3f}"


def value_of(row: AgreementRow) -> str:
    """The value with three decimals, or in words why there is none."""
    return f"undefined: {row.undefined}" if row.value is None else f"{row.value:.3f}"


def between(row: AgreementRow, report: AgreementReport) -> str:
    """The interval, with how many of the resamples had no value; empty where there is none."""
    if row.low is None or row.high is None:
        return ""
    lacking = f" ({row.resamples_undefined} of {report.resamples} undefined)" if row.resamples_undefined else ""
    return f"{row.low:.3f} to {row.high:.3f}{lacking}"


def cells_of(row: AgreementRow, report: AgreementReport) -> tuple[str, ...]:
    """The row as a table shows it: facet, coefficient, value, interval, units, pairable units and reviewers."""
    return (
        facet_title(row.facet),
        row.coefficient,
        value_of(row),
        between(row, report),
        str(row.units),
        str(row.pairable),
        ", ".join(row.reviewers),
    )


def value_words(report: AgreementReport, facet: str, value: str) -> str:
    """A value's name, or its id where that says it."""
    return report.names.get(facet, {}).get(value, value)


def said_of(claim: DisputedClaim, report: AgreementReport) -> Iterator[str]:
    """For each facet in which reviewers differ what each of them said."""
    for facet, given in claim.values.items():
        said = ", ".join(f"{name}: {value_words(report, facet, value)}" for name, value in given.items())
        yield f"{facet_title(facet)}: {said}"


def opening_command(claim: DisputedClaim) -> str:
    """The command that opens the claim in the workbench."""
    return f"annotator review {claim.article_id[:12]} --at {claim.start}"


def measured_how(report: AgreementReport) -> str:
    """What was measured, and how the intervals were drawn."""
    if report.source != "database":
        what = ""
    else:
        what = f"First independent decisions; a claim is done by the pass {report.pass_}. "
        what += "Claims are paired where reviewers' segmentations are equal. "
        period = period_note(report.period).replace("last decided", "first done")
        what += f"{period} " if period else ""
    return f"{what}Intervals hold 95 % of {report.resamples} resamples of articles (seed {report.seed})."


def notes(report: AgreementReport, about: Iterable[str] = ()) -> list[str]:
    """How it was measured, behind what the figures are `about`, and what is not measured; or that nothing was."""
    how = [NOTHING] if report.empty else [*about, measured_how(report)]
    return [*how, *left_out_lines(report)]


def units(count: int) -> str:
    """How many units, in words."""
    return counted(count, "unit")


def left_out_lines(report: AgreementReport) -> Iterator[str]:
    """What each reviewer has that is not measured."""
    for each in report.left_out:
        said = [
            (each.unfinished, "begun and not done"),
            (each.seen, "decided when others' work could be seen"),
            (each.alone, "of a segmentation nobody else has"),
            (each.practice, "in practice articles"),
        ]
        kinds = [f"{count} {what}" for count, what in said if count]
        yield f"{each.reviewer}: {counted(each.counted, 'claim')} counted" + (
            f"; {', '.join(kinds)}." if kinds else "."
        )
