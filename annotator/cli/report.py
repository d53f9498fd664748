"""`annotator report`: numbers about the work."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from typing import cast

import click

from annotator.cli.invocation import Decorated, Invocation, opened, reviewer_name, seconds, takes_database
from annotator.cli.streams import emit
from annotator.model.scheme import PASSES, Pass
from annotator.reports import LAYOUTS, SOURCE_LAYOUTS
from annotator.reports.suggestion_layouts import SUGGESTION_LAYOUTS
from annotator.workflow import reporting
from annotator.workflow.config import load_config
from annotator.workflow.fates import suggestions_in_numbers
from annotator.workflow.sources import listing


def laid_out(layouts: Iterable[str]) -> Callable[[Decorated], Decorated]:
    """The option that chooses one of a report's layouts."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(list(layouts)),
        default="terminal",
        show_default=True,
        help="How to lay the report out.",
    )


takes_reviewers = click.option(
    "--reviewer",
    "reviewers",
    type=reviewer_name,
    metavar="NAME",
    multiple=True,
    help="Only this reviewer's work. May be repeated.",
)


@click.group()
def report() -> None:
    """Numbers about the work."""


@report.command()
@laid_out(LAYOUTS)
@takes_reviewers
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


@report.command()
@laid_out(SOURCE_LAYOUTS)
@takes_reviewers
@takes_database
@click.pass_obj
def sources(invocation: Invocation, format_: str, reviewers: tuple[str, ...]) -> None:
    """Say how often each source is cited, how, and what became of what it said."""
    with opened(invocation) as store:
        made = listing(store, reviewers)
    emit(SOURCE_LAYOUTS[format_](made, shutil.get_terminal_size().columns))


@report.command()
@laid_out(SUGGESTION_LAYOUTS)
@takes_reviewers
@takes_database
@click.pass_obj
def suggestions(invocation: Invocation, format_: str, reviewers: tuple[str, ...]) -> None:
    """Say how good each suggester and each of its rules was, and what was changed in what they proposed."""
    with opened(invocation) as store:
        made = suggestions_in_numbers(store, reviewers)
    emit(SUGGESTION_LAYOUTS[format_](made, shutil.get_terminal_size().columns))
