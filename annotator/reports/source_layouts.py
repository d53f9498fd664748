"""The layouts of the report on sources: one row a layout."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rich.cells import cell_len

from annotator.model.source import SourceEntity
from annotator.model.spreadsheet import BYTE_ORDER_MARK, Cell, csv_lines
from annotator.model.text import neutral_line
from annotator.reports.markdown import escaped, table_row
from annotator.reports.sources import SourceLine, SourceNumbers, SourceReport
from annotator.reports.terminal import LEAST_WIDTH, fitted, wrapped
from annotator.reports.wording import nothing, period_note, period_values

_NONE_YET = "No attribution has a source yet."
_UNSETTLED, _SOURCELESS, _TOTAL = "not resolved yet", "no source given", "all"
_HEADINGS = ("Source", "Kind", "Claims", "Attributions", "Verdicts", "Forms", "Named", "Articles")


def _rows(report: SourceReport) -> Iterator[tuple[str, SourceLine | None, SourceNumbers]]:
    """Level, source and numbers: each source, what has none where there is any, the total."""
    for line in report.sources:
        yield "source", line, line.numbers
    if report.unsettled.attributions:
        yield "unsettled", None, report.unsettled
    if report.sourceless.attributions:
        yield "sourceless", None, report.sourceless
    yield "total", None, report.total


_NAMES = {"unsettled": _UNSETTLED, "sourceless": _SOURCELESS, "total": _TOTAL}


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{neutral_line(value)} {count}" for value, count in counts.items()) or "none"


def _number_of(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def source_terminal(report: SourceReport, width: int) -> str:
    """Each source with its kind and claims, the rest below; lines have at most `width` cells, 40 where it is less."""
    width = max(width, LEAST_WIDTH)
    if not report.total.attributions and not report.sources:
        return "".join(f"{line}\n" for line in wrapped(nothing(_NONE_YET, report.period).split(), width, " "))
    lines: list[str] = []
    for level, line, numbers in _rows(report):
        name = neutral_line(line.entity.name) if line else _NAMES[level]
        right = f"  {line.entity.kind.value if line else '':<12}  {_number_of(numbers.claims, 'claim'):>10}"
        lines.append(fitted(name, width - cell_len(right)) + right)
        details = [
            _number_of(numbers.attributions, "attribution"),
            f"verdicts: {_counts(numbers.verdicts)}",
            f"forms: {_counts(numbers.forms)}",
            f"named: {_counts(numbers.anonymity)}",
            _number_of(numbers.articles, "article"),
        ]
        if numbers.attributions:
            lines += [f"  {each}" for each in wrapped(details, width - 2, " · ")]
    if report.period.bounded:
        lines += ["", *wrapped(period_note(report.period).split(), width, " ")]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def source_markdown(report: SourceReport, _width: int) -> str:
    """A table (GitHub Flavored Markdown) in which names are words and nothing else."""
    if not report.total.attributions and not report.sources:
        return f"{nothing(_NONE_YET, report.period)}\n"
    lines = [table_row(_HEADINGS), table_row(["---", "---", "---:", "---:", "---", "---", "---", "---:"])]
    for level, line, numbers in _rows(report):
        cells = [
            escaped(neutral_line(line.entity.name)) if line else f"**{_NAMES[level]}**",
            line.entity.kind.value if line else "",
            str(numbers.claims),
            str(numbers.attributions),
            *(escaped(_counts(counts)) for counts in (numbers.verdicts, numbers.forms, numbers.anonymity)),
            str(numbers.articles),
        ]
        lines.append(table_row(cells))
    if report.period.bounded:
        lines += ["", period_note(report.period)]
    return "\n".join(lines) + "\n"


def _values(numbers: SourceNumbers) -> dict[str, Any]:
    return {
        "claims": numbers.claims,
        "attributions": numbers.attributions,
        "articles_citing": numbers.articles,
        "verdicts": {neutral_line(value): count for value, count in numbers.verdicts.items()},
        "forms": dict(numbers.forms),
        "anonymity": dict(numbers.anonymity),
    }


def _identity(entity: SourceEntity) -> dict[str, Any]:
    return {
        "source_id": entity.id,
        "name": neutral_line(entity.name),
        "kind": entity.kind.value,
        "aliases": [neutral_line(alias) for alias in entity.aliases],
        "article_id": entity.article_id,
    }


def source_json(report: SourceReport, _width: int) -> str:
    """One JSON object: the sources with their numbers and articles, what has none, the total."""
    sources = [
        {
            **_identity(line.entity),
            **_values(line.numbers),
            "articles": [
                {"article_id": each.article_id, "title": neutral_line(each.title), "claims": each.claims}
                for each in line.articles
            ],
        }
        for line in report.sources
    ]
    whole = {
        **period_values(report.period),
        "sources": sources,
        "unsettled": _values(report.unsettled),
        "sourceless": _values(report.sourceless),
        "total": _values(report.total),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def source_csv(report: SourceReport, _width: int) -> str:
    """One line a source, one for what has none, one for all; RFC 4180 with a byte order mark."""
    total = _values(report.total)
    counted = ("verdicts", "forms", "anonymity")
    columns = [(group, value) for group in counted for value in total[group]]
    plain = ("claims", "attributions", "articles_citing")
    names = {"verdicts": "verdict", "forms": "form", "anonymity": "anonymity"}
    rows: list[list[Cell]] = [
        [
            "level",
            "source_id",
            "name",
            "kind",
            "aliases",
            "article_id",
            *plain,
            *(f"{names[g]}_{value}" for g, value in columns),
        ]
    ]
    for level, line, numbers in _rows(report):
        values = _values(numbers)
        entity = line.entity if line else None
        identity: list[Cell] = ["", "", "", "", ""]
        if entity is not None:
            known = _identity(entity)
            identity = [
                known["source_id"],
                known["name"],
                known["kind"],
                " | ".join(known["aliases"]),
                entity.article_id,
            ]
        rows.append([level, *identity, *(values[name] for name in plain), *(values[g].get(v, 0) for g, v in columns)])
    return BYTE_ORDER_MARK + "".join(csv_lines(rows))


SOURCE_LAYOUTS: Mapping[str, Callable[[SourceReport, int], str]] = {
    "terminal": source_terminal,
    "markdown": source_markdown,
    "json": source_json,
    "csv": source_csv,
}
"""What lays the report out, by name; the number is the width of the terminal in cells, which the others ignore."""
