"""The layouts of the suggestions report: one row a layout."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rich.cells import cell_len

from annotator.model.spreadsheet import BYTE_ORDER_MARK, Cell, csv_lines
from annotator.model.text import neutral_line
from annotator.reports.markdown import escaped, table_row
from annotator.reports.suggestions import OTHER, ROLES, Quality, SuggestionsReport
from annotator.reports.terminal import EMPTY, FULL, LEAST_WIDTH, fitted, wrapped
from annotator.reports.wording import UNKNOWN, nothing, period_note, period_values

_NOTHING = "Nothing has been proposed yet."
_NOTE = "Precision: accepted as they were, of all that were accepted, changed or refused. Open ones do not count."
_KINDS = {"attribution": "attributions", "worth": "check-worthiness"}
_BAR = 10
_HEADINGS = (
    *("Suggester", "Kind", "Rule", "Proposed", "Accepted", "Changed", "Refused", "Open", "Precision", "Of"),
    *("Source", "Cue", "Content", "Other", "Spans changed"),
)


def _values(quality: Quality) -> dict[str, Any]:
    """The numbers under the names that JSON and CSV give them, in their order."""
    return {
        "proposed": quality.proposed,
        "accepted": quality.accepted,
        "changed": quality.changed,
        "refused": quality.refused,
        "open": quality.open,
        "settled": quality.settled,
        "precision": _rounded(quality.precision),
        **{f"changed_{role}": quality.differs.get(role, 0) for role in (*ROLES, OTHER)},
        "share_changed": _rounded(quality.share_changed),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _percent(value: float | None) -> str:
    """A share in per cent, rounded down: "100 %" means that nothing is missing."""
    return UNKNOWN if value is None else f"{int(value * 100 + 1e-9)} %"


def _lines(report: SuggestionsReport) -> Iterator[tuple[str, str, str, str, Quality]]:
    """Level, suggester, kind, rule and numbers of every line: each suggester's sums, then its rules."""
    for suggester in report.suggesters:
        name = neutral_line(suggester.suggester)
        yield "suggester", name, suggester.kind, "", suggester.quality
        for line in suggester.rules:
            yield "rule", name, suggester.kind, neutral_line(line.rule), line.quality


def terminal(report: SuggestionsReport, width: int) -> str:
    """Each suggester with its rules; lines are at most `width` cells, and 40 where it is less."""
    return "".join(f"{line.rstrip()}\n" for line in _terminal(report, max(width, LEAST_WIDTH)))


def _terminal(report: SuggestionsReport, width: int) -> Iterator[str]:
    if not report.suggesters:
        yield from wrapped(nothing(_NOTHING, report.period).split(), width, " ")
        return
    counts = [f"{quality.accepted} of {quality.settled}" for *_, quality in _lines(report)]
    count = max(map(len, counts))
    for level, suggester, kind, rule, quality in _lines(report):
        indent = 0 if level == "suggester" else 2
        name = rule or f"{suggester} · {_KINDS[kind]}"
        filled = -(-quality.accepted * _BAR // quality.settled) if quality.settled else 0
        filled -= filled == _BAR and quality.accepted < quality.settled
        right = f"  {quality.accepted} of {quality.settled}".rjust(count + 2)
        right += f" {FULL * filled}{EMPTY * (_BAR - filled)} {_percent(quality.precision):>5}"
        yield " " * indent + fitted(name, width - indent - cell_len(right)) + right
        for line in wrapped(_details(quality), width - indent - 2, " · "):
            yield " " * (indent + 2) + line
    yield ""
    yield from wrapped(f"{period_note(report.period)} {_NOTE}".split(), width, " ")


def _details(quality: Quality) -> list[str]:
    names = ("proposed", "accepted", "changed", "refused", "open")
    details = [f"{name} {getattr(quality, name)}" for name in names]
    if quality.differs:
        differing = ", ".join(f"{role} {count}" for role, count in quality.differs.items())
        details += [f"changed in {differing}", f"{_percent(quality.share_changed)} of the spans"]
    return details


def markdown(report: SuggestionsReport, _width: int) -> str:
    """A table (GitHub Flavored Markdown) in which the names of rules are words and nothing else."""
    if not report.suggesters:
        return f"{nothing(_NOTHING, report.period)}\n"
    lines = [table_row(_HEADINGS), table_row(["---"] * 3 + ["---:"] * (len(_HEADINGS) - 3))]
    for level, suggester, kind, rule, quality in _lines(report):
        numbers = (quality.proposed, quality.accepted, quality.changed, quality.refused, quality.open)
        cells = [
            escaped(suggester),
            _KINDS[kind],
            escaped(rule) if level == "rule" else "**all rules**",
            *map(str, numbers),
            _percent(quality.precision),
            str(quality.settled),
            *(str(quality.differs[role]) if quality.differs else UNKNOWN for role in (*ROLES, OTHER)),
            _percent(quality.share_changed),
        ]
        lines.append(table_row(cells))
    return "\n".join([*lines, "", f"{period_note(report.period)} {_NOTE}".strip()]) + "\n"


def as_json(report: SuggestionsReport, _width: int) -> str:
    """One JSON object: the suggesters, each with its numbers and its rules."""
    suggesters = [
        {
            "suggester": neutral_line(suggester.suggester),
            "kind": suggester.kind,
            **_values(suggester.quality),
            "rules": [{"rule": neutral_line(line.rule), **_values(line.quality)} for line in suggester.rules],
        }
        for suggester in report.suggesters
    ]
    return json.dumps({**period_values(report.period), "suggesters": suggesters}, ensure_ascii=False, indent=2) + "\n"


def as_csv(report: SuggestionsReport, _width: int) -> str:
    """One line a suggester and kind, one for each of its rules; RFC 4180 with a byte order mark."""
    rows: list[list[Cell]] = [["level", "suggester", "kind", "rule", *_values(Quality())]]
    rows += [
        [level, suggester, kind, rule, *_values(quality).values()]
        for level, suggester, kind, rule, quality in _lines(report)
    ]
    return BYTE_ORDER_MARK + "".join(csv_lines(rows))


SUGGESTION_LAYOUTS: Mapping[str, Callable[[SuggestionsReport, int], str]] = {
    "terminal": terminal,
    "markdown": markdown,
    "json": as_json,
    "csv": as_csv,
}
"""What lays the report out, by name; the number is the width of the terminal in cells, which the others ignore."""
