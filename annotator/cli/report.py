"""`annotator report`: numbers about the work."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from annotator.cli.agreement_options import takes_resampling
from annotator.cli.invocation import (
    Decorated,
    Invocation,
    opened_to_read,
    seconds,
    takes_database,
    takes_pass,
    takes_reviewer,
)
from annotator.cli.near import NearChoice, NearGroup
from annotator.cli.numbers import WholeNumber
from annotator.cli.periods import chosen_period, takes_period
from annotator.cli.periods import today as this_day
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import doubled_said
from annotator.model.facets import FACETS
from annotator.model.period import Period
from annotator.model.reviewer import name_as_kept
from annotator.model.scheme import Pass
from annotator.reports import LAYOUTS, SOURCE_LAYOUTS
from annotator.reports.agreement_layouts import AGREEMENT_LAYOUTS
from annotator.reports.agreement_summary import SUMMARY_LAYOUTS
from annotator.reports.checks import TAKEN_LAYOUTS
from annotator.reports.scores import SCORE_LAYOUTS
from annotator.reports.suggestion_layouts import SUGGESTION_LAYOUTS
from annotator.reports.worth import WORTH_LAYOUTS
from annotator.store.sources import registry
from annotator.workflow import reporting, same_sources
from annotator.workflow.agreement.brief import BRIEF, brief_agreement
from annotator.workflow.agreement.facets import ORDERED_IF_ASKED
from annotator.workflow.agreement.report import SPANS, AgreementChoice, agreement_report
from annotator.workflow.config import load_config
from annotator.workflow.exercising import score_report
from annotator.workflow.exporting.publish import publish
from annotator.workflow.selection import check_sees_all, visible_reviewers
from annotator.workflow.sources import listing
from annotator.workflow.suggestion_outcomes import suggestions_in_numbers
from annotator.workflow.worth_lists import open_claims

if TYPE_CHECKING:
    from annotator.store import Store


def _laid_out(layouts: Iterable[str]) -> Callable[[Decorated], Decorated]:
    """The option that chooses one of a report's layouts."""
    return click.option(
        "--format",
        "format_",
        type=NearChoice(list(layouts)),
        default="terminal",
        show_default=True,
        help="The output format.",
    )


_takes_reviewers = click.option(
    "--reviewer",
    "reviewers",
    type=name_as_kept,
    metavar="NAME",
    multiple=True,
    help="Only this reviewer's work. May be repeated.",
)


def _takes_progress(command: Decorated) -> Decorated:
    """The options of the reports on progress."""
    options = (
        _laid_out(LAYOUTS),
        _takes_reviewers,
        click.option(
            "--idle",
            type=seconds,
            metavar="SECONDS",
            help="Longer pauses do not count as time on task.  [default: idle_limit of the configuration, or 300]",
        ),
        takes_pass,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(cls=NearGroup, invoke_without_command=True)
@click.option(
    "--html",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the project's overview as one self-contained HTML page.",
)
@takes_database
@click.pass_context
def report(ctx: click.Context, html: Path | None) -> None:
    """Report on progress, agreement, sources and suggestions."""
    if ctx.invoked_subcommand is not None:
        if html is not None:
            raise click.UsageError("--html is for the overview: leave the report's name out")
        return
    if html is None:
        raise click.exceptions.NoArgsIsHelpError(ctx)
    # Deferred: no other report needs them.
    from annotator.reports.overview_page import overview_html
    from annotator.workflow.overviewing import project_overview

    invocation: Invocation = ctx.obj
    with opened_to_read(invocation) as store:
        found = project_overview(store, invocation.reviewer_or_configured(), idle_limit=load_config().idle_limit)
    publish([overview_html(found, 0).encode()], html)
    narrate(f"written to {html}")


@report.command()
@_takes_progress
@takes_period
@takes_database
@click.pass_obj
def progress(
    invocation: Invocation, format_: str, reviewers: tuple[str, ...], idle: float | None, pass_: str, period: Period
) -> None:
    """Say how far each reviewer is with each article, how fast, and what is left at this pace."""
    _progress(invocation, format_, reviewers, idle, pass_, period)


@report.command()
@_takes_progress
@takes_database
@click.pass_obj
def today(invocation: Invocation, format_: str, reviewers: tuple[str, ...], idle: float | None, pass_: str) -> None:
    """Say what you have done today: `progress --since today`, of your own work where it is known who you are."""
    own = invocation.reviewer_or_configured()
    named = reviewers or ((own,) if own else ())
    _progress(invocation, format_, named, idle, pass_, chosen_period(this_day(), None))


def _progress(
    invocation: Invocation, format_: str, reviewers: Sequence[str], idle: float | None, pass_: str, period: Period
) -> None:
    idle_limit = load_config().idle_limit if idle is None else idle
    with opened_to_read(invocation) as store:
        reviewers = _visible(store, invocation, reviewers)
        made = reporting.progress(store, reviewers, idle_limit=idle_limit, pass_=cast(Pass, pass_), period=period)
    emit(LAYOUTS[format_](made, shutil.get_terminal_size().columns))


def _visible(store: Store, invocation: Invocation, named: Sequence[str]) -> Sequence[str]:
    """Whose work the report may show to who asks for it."""
    return visible_reviewers(store, named, invocation.reviewer_or_configured())


@report.command()
@_laid_out(SOURCE_LAYOUTS)
@_takes_reviewers
@takes_period
@takes_database
@click.pass_obj
def sources(invocation: Invocation, format_: str, reviewers: tuple[str, ...], period: Period) -> None:
    """Say how often each source is cited, how, and what became of what it said."""
    with opened_to_read(invocation) as store:
        made = listing(store, _visible(store, invocation, reviewers), period)
    emit(SOURCE_LAYOUTS[format_](made, shutil.get_terminal_size().columns))


@report.command()
@_laid_out(SUGGESTION_LAYOUTS)
@_takes_reviewers
@takes_period
@takes_database
@click.pass_obj
def suggestions(invocation: Invocation, format_: str, reviewers: tuple[str, ...], period: Period) -> None:
    """Say how good each suggester and each of its rules was, and what was changed in what they proposed."""
    with opened_to_read(invocation) as store:
        made = suggestions_in_numbers(store, _visible(store, invocation, reviewers), period)
    emit(SUGGESTION_LAYOUTS[format_](made, shutil.get_terminal_size().columns))


@report.command("checks")
@_laid_out(TAKEN_LAYOUTS)
@_takes_reviewers
@takes_database
@click.pass_obj
def taken_checks(invocation: Invocation, format_: str, reviewers: tuple[str, ...]) -> None:
    """Say how often fact-checks and earlier verdicts were taken, and how often they were right."""
    from annotator.workflow.fact_checks.taken import taken_in_numbers

    with opened_to_read(invocation) as store:
        made = taken_in_numbers(store, _visible(store, invocation, reviewers))
    emit(TAKEN_LAYOUTS[format_](made))


@report.command()
@_laid_out(WORTH_LAYOUTS)
@click.option("--limit", type=WholeNumber(1, 100_000), default=20, show_default=True, help="How many to list.")
@takes_reviewer
@takes_database
@click.pass_obj
def worth(invocation: Invocation, format_: str, limit: int) -> None:
    """List the open claims that are most worth checking, what to check first on top.

    They are open for you where it is known who you are; else nobody's work counts.
    """
    with opened_to_read(invocation) as store:
        made = open_claims(store, invocation.reviewer_or_configured() or "", limit)
    emit(WORTH_LAYOUTS[format_](made, shutil.get_terminal_size().columns))


@report.command()
@takes_resampling
@_takes_reviewers
@click.option(
    "--facet",
    "facets",
    type=NearChoice([*FACETS, SPANS]),
    multiple=True,
    help="Only this facet; spans are sources, cues and contents. May be repeated.",
)
@click.option(
    "--ordinal",
    type=NearChoice(ORDERED_IF_ASKED),
    multiple=True,
    help="Also measure this facet as ordinal, in the scheme's order. May be repeated.",
)
@click.option(
    "--brief",
    is_flag=True,
    help="Only the coefficients of check-worthiness and verdict: quick, for large projects.",
)
@click.option(
    "--summary",
    is_flag=True,
    help="One line a facet: the figures to publish, as a table.",
)
@click.option(
    "--top", type=WholeNumber(0, 1000), default=10, show_default=True, help="How many disputed claims to list."
)
@takes_pass
@takes_period
@takes_database
@click.pass_obj
def agreement(
    invocation: Invocation,
    format_: str,
    reviewers: tuple[str, ...],
    facets: tuple[str, ...],
    ordinal: tuple[str, ...],
    pass_: str,
    period: Period,
    resamples: int,
    seed: int,
    top: int,
    *,
    brief: bool,
    summary: bool,
) -> None:
    """Say how far reviewers agree: every coefficient, facet by facet, with intervals, and where they differ.

    Only independent first decisions count: what stood when a claim first became done, before others' work could be
    seen.
    """
    if brief and (period.bounded or ordinal or set(facets) - set(BRIEF)):
        raise click.UsageError(f"--brief measures {' and '.join(BRIEF)}, of all days: leave the rest out")
    layouts = SUMMARY_LAYOUTS if summary else AGREEMENT_LAYOUTS
    if format_ not in layouts:
        raise click.UsageError(f"--summary is written as {', '.join(SUMMARY_LAYOUTS)}, not as {format_}")
    choice = AgreementChoice(reviewers, cast(Pass, pass_), period, resamples, seed, ordinal, top, facets)
    with opened_to_read(invocation) as store, store.snapshot():
        check_sees_all(store, invocation.reviewer_or_configured(), "agreement")
        doubled = 0
        if brief:
            chosen = facets or BRIEF
            made = brief_agreement(store, reviewers, choice.pass_, facets=chosen, resamples=resamples, seed=seed)
        else:
            made = agreement_report(store, choice)
            doubled = same_sources.count(registry(store)) if choice.wants("source") else 0
    if doubled:
        narrate(doubled_said(doubled))
    emit(layouts[format_](made, shutil.get_terminal_size().columns))


@report.command()
@_laid_out(SCORE_LAYOUTS)
@_takes_reviewers
@takes_database
@click.pass_obj
def scores(invocation: Invocation, format_: str, reviewers: tuple[str, ...]) -> None:
    """Say how often reviewers decided what the answer keys of practice and checking articles say, week by week."""
    with opened_to_read(invocation) as store:
        check_sees_all(store, invocation.reviewer_or_configured(), "the score")
        found = score_report(store, reviewers)
    emit(SCORE_LAYOUTS[format_](found, shutil.get_terminal_size().columns))
