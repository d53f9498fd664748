"""`annotator agreement`: how far reviewers agree in a table of anybody's, without a database."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from annotator.agreement import Level
from annotator.cli.agreement_options import takes_resampling
from annotator.cli.near import NearChoice
from annotator.cli.streams import emit, narrate
from annotator.reports.agreement_layouts import AGREEMENT_LAYOUTS


@click.command()
@click.argument("table", metavar="TABLE|-", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option(
    "--level",
    type=NearChoice([level.value for level in Level]),
    default=Level.NOMINAL.value,
    show_default=True,
    help="The level of measurement: what the distance between two values means.",
)
@click.option(
    "--order",
    "orders",
    metavar="[FACET=]A,B,C",
    multiple=True,
    help="The categories in their order, also those nobody used: of one facet, or of all. May be repeated.",
)
@takes_resampling
def agreement(table: Path, level: str, orders: tuple[str, ...], resamples: int, seed: int, format_: str) -> None:
    """Print coefficients of agreement for a CSV table.

    TABLE, or - for standard input, has the columns unit, reviewer and value, with one row per value. It may also have
    facet, to measure several facets apart, and article: the units of one article are resampled together. Empty values
    count as missing.
    """
    from annotator.workflow.agreement.table import table_agreement

    made = table_agreement(table, level=Level(level), orders=orders, resamples=resamples, seed=seed, tell=narrate)
    emit(AGREEMENT_LAYOUTS[format_](made, shutil.get_terminal_size().columns))
