"""The report on agreement in one line a facet: the figures that are published, and how they were measured."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from operator import attrgetter

from annotator.model.late import dataclass
from annotator.model.spreadsheet import BYTE_ORDER_MARK, Cell, csv_lines
from annotator.model.text import neutral_line
from annotator.reports.agreement import AgreementReport, AgreementRow
from annotator.reports.agreement_layouts import how_values, terminal_notes
from annotator.reports.agreement_wording import between, facet_title, figure, notes, value_of
from annotator.reports.markdown import escaped, table_row
from annotator.reports.terminal import LEAST_WIDTH, fitted

UNITIZED = "unitized"
"""What stands for the level of measurement of spans."""
_ALPHA_OF_SPANS = "unitized_alpha"
_PARTS = ("none shown", "shown")
"""The parts of the split by suggestion that can be compared: those by acceptance are chosen by their outcome."""
_FIGURES: Mapping[str, Callable[[SummaryLine], Cell]] = {
    **{name: attrgetter(name) for name in ("facet", "part", "level")},
    "alpha": attrgetter("alpha.value"),
    **{name: attrgetter(f"alpha.{name}") for name in ("low", "high")},
    **{name: attrgetter(name) for name in ("percent_agreement", "gwet_ac1")},
    **{name: attrgetter(f"alpha.{name}") for name in ("units", "pairable", "undefined", "resamples_undefined")},
}
"""What data has of a line, by name: its own figures, and those of the row of its alpha."""
_HEAD = f"{'alpha':>6}  {'95 % interval':<16}  {'agree':>5}  {'AC1':>6}"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A facet, or the part of its units for which something was suggested or not, in the figures to publish.

    `alpha` is Krippendorff's at the facet's `level`, of spans his alpha for unitizing. The share and AC1 are None where
    there are none, as for spans.
    """

    facet: str
    part: str
    level: str
    alpha: AgreementRow
    percent_agreement: float | None
    gwet_ac1: float | None


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
            of_part = _lines(facet, part, level, rows)
            yield from (line for line in of_part if whole and line.alpha.units < whole[0].alpha.units)


def _lines(facet: str, part: str, level: str, rows: Iterable[AgreementRow]) -> Iterator[SummaryLine]:
    wanted = _ALPHA_OF_SPANS if level == UNITIZED else f"krippendorff_alpha_{level}"
    found = {row.coefficient: row for row in rows if row.facet == facet}
    if wanted in found:
        agreed, ac1 = (found[name].value if name in found else None for name in ("percent_agreement", "gwet_ac1"))
        yield SummaryLine(facet, part, level, found[wanted], agreed, ac1)


def _about(lines: Iterable[SummaryLine]) -> Iterator[str]:
    """What the figures of these lines are."""
    yield "Alpha is Krippendorff's, at the level of the facet; of spans his alpha for unitizing."
    if any(line.part for line in lines):
        yield "None shown and shown are the units for which the tool suggested nothing, and something."
    yield "Values are those that were compared: of units that two or more reviewers judged; of spans they are all."


def _share(value: float | None) -> str:
    return "" if value is None else figure(value)


def summary_terminal(report: AgreementReport, width: int) -> str:
    """A table for a terminal of that many cells, 40 where it is less."""
    width, lines = max(width, LEAST_WIDTH), list(summary(report))
    table = [] if report.empty else [fitted(line, width).rstrip() for line in _terminal_table(lines, width)]
    said = terminal_notes(notes(report, _about(lines)), width)
    return "".join(f"{line}\n" for line in (*table, *said))


def _terminal_table(lines: Sequence[SummaryLine], width: int) -> Iterator[str]:
    digits = max(map(len, ("values", *(str(line.alpha.pairable) for line in lines))))
    head = f"{_HEAD}  {'values':>{digits}}"
    room = max(8, min(32, width - len(head) - 1))
    yield f"{'':{room}} {head}"
    for line in lines:
        name, alpha = f"  {line.part}" if line.part else facet_title(line.facet), line.alpha
        # How many resamples gave no value has no room here.
        interval = "" if alpha.low is None or alpha.high is None else f"{alpha.low:.3f} to {alpha.high:.3f}"
        figures = f"{figure(alpha.value):>6}  {interval:<16}  {_share(line.percent_agreement):>5}"
        yield f"{fitted(name, room)} {figures}  {_share(line.gwet_ac1):>6}  {alpha.pairable:>{digits}}"
    yield ""


def summary_markdown(report: AgreementReport, _width: int) -> str:
    """A table (GitHub Flavored Markdown), for a paper or a dataset card."""
    lines = list(summary(report))
    table = [] if report.empty else ["\n".join(_markdown_table(lines, report))]
    said = (escaped(neutral_line(note)) for note in notes(report, _about(lines)))
    return "\n\n".join([*table, *said]) + "\n"


def _markdown_table(lines: Iterable[SummaryLine], report: AgreementReport) -> Iterator[str]:
    head = ("Facet", "Suggested", "Level", "Alpha", "95 % interval", "Agreement", "AC1", "Units", "Values")
    yield table_row(head)
    yield table_row(["---"] * len(head))
    for line in lines:
        cells = (
            facet_title(line.facet),
            line.part or "all",
            line.level,
            value_of(line.alpha),
            between(line.alpha, report),
            _share(line.percent_agreement),
            _share(line.gwet_ac1),
            str(line.alpha.units),
            str(line.alpha.pairable),
        )
        yield table_row([escaped(neutral_line(cell)) for cell in cells])


def summary_json(report: AgreementReport, _width: int) -> str:
    """One JSON object; `lines` are unrounded, null where there is no figure, and the rest is how they were measured."""
    lines = [{**_values(line), "undefined": line.alpha.undefined or None} for line in summary(report)]
    whole = {**how_values(report), "lines": lines, "left_out": list(map(asdict, report.left_out))}
    return json.dumps(whole, indent=2) + "\n"


def summary_csv(report: AgreementReport, _width: int) -> str:
    """One line a facet and part, unrounded; RFC 4180 with a byte order mark."""
    lines = [list(_values(line).values()) for line in summary(report)]
    return BYTE_ORDER_MARK + "".join(csv_lines([list(_FIGURES), *lines]))


def _values(line: SummaryLine) -> dict[str, Cell]:
    return {name: figure_of(line) for name, figure_of in _FIGURES.items()}


SUMMARY_LAYOUTS: Mapping[str, Callable[[AgreementReport, int], str]] = {
    "terminal": summary_terminal,
    "markdown": summary_markdown,
    "json": summary_json,
    "csv": summary_csv,
}
"""What lays the summary out, by name; the number is the width of the terminal in cells, which the others ignore."""
