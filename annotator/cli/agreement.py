"""`annotator agreement`: how far reviewers agree in a table of anybody's, without a database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.agreement import Level
from annotator.cli.near import NearChoice
from annotator.cli.streams import emit
from annotator.exporters.row import json_text
from annotator.model.spreadsheet import csv_lines
from annotator.model.text import neutral_line

if TYPE_CHECKING:
    from annotator.workflow.agreement_table import FacetAgreement

FIELDS = (
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
_HEAD = ("facet", "coefficient", "value", "95 % interval", "units", "reviewers")


@click.command()
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--level",
    type=NearChoice([level.value for level in Level]),
    default=Level.NOMINAL.value,
    show_default=True,
    help="What the distance of two values means.",
)
@click.option("--order", metavar="A,B,C", default="", help="The categories in their order, also those nobody used.")
@click.option(
    "--resamples",
    type=click.IntRange(0, 100_000),
    default=1000,
    show_default=True,
    help="Draws for the intervals.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Which resamples are drawn.")
@click.option(
    "--format",
    "format_",
    type=NearChoice(["terminal", "markdown", "json", "csv"]),
    default="terminal",
    help="How to print it.",
)
def agreement(table: Path, level: str, order: str, resamples: int, seed: int, format_: str) -> None:
    """Print coefficients of agreement for a CSV table.

    TABLE has the columns unit, reviewer and value, a row a value; perhaps also facet, to measure several things by
    themselves, and article, whose units are resampled together. Empty values are missing ones.
    """
    from annotator.workflow.agreement_table import table_agreement

    categories = tuple(name.strip() for name in order.split(",") if name.strip())
    made = table_agreement(table, level=Level(level), order=categories, resamples=resamples, seed=seed)
    emit(_LAYOUTS[format_](rows_of(made)))


def rows_of(made: Sequence[FacetAgreement]) -> list[dict[str, Any]]:
    """A row a coefficient with the names of FIELDS, unrounded."""
    return [
        {
            "facet": facet.facet,
            "coefficient": each.coefficient,
            "value": each.value,
            "low": each.interval.low if each.interval else None,
            "high": each.interval.high if each.interval else None,
            "units": each.units,
            "pairable": each.pairable,
            "reviewers": list(each.reviewers),
            "undefined": each.undefined or None,
            "resamples_undefined": each.interval.undefined if each.interval else None,
        }
        for facet in made
        for each in facet.found
    ]


def _json(rows: list[dict[str, Any]]) -> str:
    return json_text({"rows": rows}) + "\n"


def _csv(rows: list[dict[str, Any]]) -> str:
    cells = [["; ".join(value) if isinstance(value, list) else value for value in row.values()] for row in rows]
    return "".join(csv_lines([FIELDS, *cells]))


def _markdown(rows: list[dict[str, Any]]) -> str:
    lines = [f"| {' | '.join(_HEAD)} |", "| --- | --- | ---: | --- | ---: | --- |"]
    for row in rows:
        cells = [neutral_line(cell).replace("|", "\\|") for cell in _cells(row)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _terminal(rows: list[dict[str, Any]]) -> str:
    table = [_HEAD, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    return "".join(
        neutral_line("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))).rstrip() + "\n"
        for line in table
    )


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    """The cells of a row for people: three decimals, and in words why there is no value."""
    value = f"undefined: {row['undefined']}" if row["value"] is None else f"{row['value']:.3f}"
    between = f"{row['low']:.3f} to {row['high']:.3f}" if row["low"] is not None else "-"
    return row["facet"], row["coefficient"], value, between, str(row["units"]), ", ".join(row["reviewers"])


_LAYOUTS: dict[str, Callable[[list[dict[str, Any]]], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "json": _json,
    "csv": _csv,
}
