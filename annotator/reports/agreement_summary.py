"""The report on agreement in one line a facet: the figures that are published, and how they were measured."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict

from annotator.model.late import dataclass
from annotator.model.spreadsheet import BYTE_ORDER_MARK, csv_lines
from annotator.model.text import neutral_line
from annotator.reports.agreement import AgreementReport, AgreementRow
from annotator.reports.agreement_wording import (
    NOTHING,
    facet_title,
    figure,
    left_out_lines,
    measured_how,
)
from annotator.reports.markdown import escaped, table_row
from annotator.reports.terminal import LEAST_WIDTH, fitted, wrapped

UNITIZED = "unitized"
"""What stands for the level of measurement of spans."""
_ALPHA_OF_SPANS = "unitized_alpha"
_PARTS = ("none shown", "shown")
"""The parts of the split by suggestion that can be compared: those by acceptance are chosen by their outcome."""
_HEAD = f"{'alpha':>6}  {'95 % interval':<16}  {'agree':>5}  {'AC1':>6}  {'units':>5}"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A facet, or the part of its units for which something was suggested or not, in the figures to publish.

    `alpha` is Krippendorff's at the facet's `level`, of spans his alpha for unitizing; `low` and `high` are its
    interval. The shares and AC1 are None where there are none, as for spans; `undefined` says why there is no alpha.
    """

    facet: str
    part: str
    level: str
    alpha: float | None
    low: float | None
    high: float | None
    percent_agreement: float | None
    gwet_ac1: float | None
    units: int
    pairable: int
    undefined: str = ""


def summary(report: AgreementReport) -> Iterator[SummaryLine]:
    """A line for each facet that has an alpha of all reviewers, and under it one for each part by suggestion.

    A part that is the whole has no line of its own.
    """
    levels = {each.facet: each.level for each in report.facets}
    parts = [(split.part, split.rows) for split in report.splits if split.by == "suggestion" and split.part in _PARTS]
    for facet in dict.fromkeys(row.facet for row in report.rows):
        level = levels.get(facet, UNITIZED)
        whole = list(_lines(facet, "", level, report.rows))
        yield from whole
        for part, rows in parts:
            yield from (line for line in _lines(facet, part, level, rows) if whole and line.units < whole[0].units)


def _lines(facet: str, part: str, level: str, rows: Iterable[AgreementRow]) -> Iterator[SummaryLine]:
    wanted = _ALPHA_OF_SPANS if level == UNITIZED else f"krippendorff_alpha_{level}"
    found = {row.coefficient: row for row in rows if row.facet == facet}
    if wanted not in found:
        return
    alpha = found[wanted]

    def share(name: str) -> float | None:
        return found[name].value if name in found else None

    yield SummaryLine(
        facet=facet,
        part=part,
        level=level,
        alpha=alpha.value,
        low=alpha.low,
        high=alpha.high,
        percent_agreement=share("percent_agreement"),
        gwet_ac1=share("gwet_ac1"),
        units=alpha.units,
        pairable=alpha.pairable,
        undefined=alpha.undefined,
    )


def _how(report: AgreementReport) -> list[str]:
    alpha = "Alpha is Krippendorff's, at the level of the facet; of spans his alpha for unitizing."
    suggested = "None shown and shown are the units for which the tool suggested nothing, and something."
    return [alpha, suggested, measured_how(report), *left_out_lines(report)]


def _interval(line: SummaryLine) -> str:
    return "" if line.low is None or line.high is None else f"{line.low:.3f} to {line.high:.3f}"


def _share(value: float | None) -> str:
    return "" if value is None else figure(value)


def summary_terminal(report: AgreementReport, width: int) -> str:
    """A table for a terminal of that many cells, 40 where it is less."""
    width = max(width, LEAST_WIDTH)
    notes = [NOTHING, *left_out_lines(report)] if report.empty else _how(report)
    table = [] if report.empty else [fitted(line, width).rstrip() for line in _terminal_table(report, width)]
    said = [line for note in notes for line in wrapped(neutral_line(note).split(), width, " ")]
    return "".join(f"{line}\n" for line in (*table, *said))


def _terminal_table(report: AgreementReport, width: int) -> Iterator[str]:
    room = max(8, min(32, width - len(_HEAD) - 1))
    yield " " * room + f" {_HEAD}"
    for line in summary(report):
        name = f"  {line.part}" if line.part else facet_title(line.facet)
        figures = f"{figure(line.alpha):>6}  {_interval(line):<16}  {_share(line.percent_agreement):>5}"
        yield f"{fitted(name, room)} {figures}  {_share(line.gwet_ac1):>6}  {line.units:>5}"
    yield ""


def summary_markdown(report: AgreementReport, _width: int) -> str:
    """A table (GitHub Flavored Markdown), for a paper or a dataset card."""
    if report.empty:
        return "\n\n".join(escaped(neutral_line(line)) for line in (NOTHING, *left_out_lines(report))) + "\n"
    head = ("Facet", "Suggested", "Level", "Alpha", "95 % interval", "Agreement", "AC1", "Units", "Values")
    rows = [table_row(head), table_row(["---"] * len(head))]
    for line in summary(report):
        alpha = figure(line.alpha) if line.alpha is not None else f"undefined: {line.undefined}"
        cells = (
            facet_title(line.facet),
            line.part or "all",
            line.level,
            alpha,
            _interval(line),
            _share(line.percent_agreement),
            _share(line.gwet_ac1),
            str(line.units),
            str(line.pairable),
        )
        rows.append(table_row([escaped(neutral_line(cell)) for cell in cells]))
    return "\n\n".join(["\n".join(rows), *(escaped(neutral_line(note)) for note in _how(report))]) + "\n"


def summary_json(report: AgreementReport, _width: int) -> str:
    """One JSON object: `lines`, unrounded, and how they were measured."""
    lines = [{**asdict(line), "undefined": line.undefined or None} for line in summary(report)]
    how = {"source": report.source, "pass": report.pass_, "resamples": report.resamples, "seed": report.seed}
    return json.dumps({**how, "lines": lines, "left_out": list(map(asdict, report.left_out))}, indent=2) + "\n"


def summary_csv(report: AgreementReport, _width: int) -> str:
    """One line a facet and part, unrounded; RFC 4180 with a byte order mark."""
    names = list(SummaryLine.__dataclass_fields__)
    lines = [names, *([getattr(line, name) for name in names] for line in summary(report))]
    return BYTE_ORDER_MARK + "".join(csv_lines(lines))


SUMMARY_LAYOUTS: Mapping[str, Callable[[AgreementReport, int], str]] = {
    "terminal": summary_terminal,
    "markdown": summary_markdown,
    "json": summary_json,
    "csv": summary_csv,
}
"""What lays the summary out, by name; the number is the width of the terminal in cells, which the others ignore."""
