"""`annotator report`: numbers about the work."""

from __future__ import annotations

import shutil
from typing import cast

import click

from annotator.cli.invocation import Invocation, opened, reviewer_name, seconds, takes_database
from annotator.cli.streams import emit
from annotator.model.scheme import PASSES, Pass
from annotator.reports import LAYOUTS
from annotator.workflow import reporting
from annotator.workflow.config import load_config


@click.group()
def report() -> None:
    """Numbers about the work."""


@report.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(LAYOUTS)),
    default="terminal",
    show_default=True,
    help="How to lay the report out.",
)
@click.option(
    "--reviewer",
    "reviewers",
    type=reviewer_name,
    metavar="NAME",
    multiple=True,
    help="Only this reviewer. May be repeated.",
)
@click.option(
    "--idle",
    type=seconds,
    metavar="SECONDS",
    help="Longer pauses do not count as time on task.  [default: idle_limit of the configuration, or 300]",
)
@click.option(
    "--pass",
    "pass_",
    type=click.Choice(PASSES),
    default="both",
    show_default=True,
    help="What completes a claim: triage is worth and attribution, verify is the verdict.",
)
@takes_database
@click.pass_obj
def progress(invocation: Invocation, format_: str, reviewers: tuple[str, ...], idle: float | None, pass_: str) -> None:
    """Say how far each reviewer is with each article, how fast, and what is left at this pace."""
    idle_limit = load_config().idle_limit if idle is None else idle
    with opened(invocation) as store:
        made = reporting.progress(store, reviewers, idle_limit=idle_limit, pass_=cast(Pass, pass_))
    emit(LAYOUTS[format_](made, shutil.get_terminal_size().columns))
