"""The options of the commands that measure agreement."""

from __future__ import annotations

import click

from annotator.cli.invocation import Decorated
from annotator.cli.near import NearChoice
from annotator.cli.numbers import WholeNumber
from annotator.reports.agreement_layouts import AGREEMENT_LAYOUTS


def takes_resampling(command: Decorated) -> Decorated:
    """How intervals are drawn and how the figures are printed; received as `resamples`, `seed` and `format_`."""
    options = (
        click.option(
            "--resamples",
            type=WholeNumber(0, 100_000),
            default=1000,
            show_default=True,
            help="Bootstrap resamples for the intervals.",
        ),
        click.option("--seed", type=int, default=0, show_default=True, help="Seed of the random resampling."),
        click.option(
            "--format",
            "format_",
            type=NearChoice(list(AGREEMENT_LAYOUTS)),
            default="terminal",
            show_default=True,
            help="The output format.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command
