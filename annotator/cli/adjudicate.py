"""`annotator adjudicate`: the workbench for settling what reviewers differ on."""

from __future__ import annotations

import click

from annotator.cli.invocation import Invocation, opened, takes_database, takes_reviewer
from annotator.cli.numbers import Number
from annotator.cli.streams import narrate
from annotator.cli.wording import doubled_said
from annotator.cli.workbench import open_workbench
from annotator.errors import DecisionRefused
from annotator.store.project import load_project

_WHOLE = 100.0


@click.command()
@click.argument("article", required=False)
@click.option(
    "--sample",
    type=Number(0, _WHOLE),
    default=0.0,
    metavar="PERCENT",
    help="Also review this share of the claims that reviewers agree on.",
)
@takes_database
@takes_reviewer
@click.pass_obj
def adjudicate(invocation: Invocation, article: str | None, sample: float) -> int:
    """Settle the claims that reviewers disagree on.

    The workbench shows the claims on which reviewers who are done with them differ, with their decisions side by side.
    A digit takes one reviewer's decision and goes on to the next difference; M lets you decide otherwise with the usual
    keys. What is settled is a layer of its own: nobody's work is changed. ARTICLE is an id or its beginning, an
    address, or the exact title; without one the first article with a difference opens.
    """
    from annotator.store.sources import registry
    from annotator.workflow import same_sources
    from annotator.workflow.adjudicating import next_article

    lead = invocation.reviewer_or_configured()
    with opened(invocation) as store:
        load_project(store).check_lead(lead, "adjudication")
        doubled = same_sources.count(registry(store))
        if doubled:
            narrate(doubled_said(doubled))
        if article is None:
            article = next_article(store, None, sample / _WHOLE)
        if article is None:
            what = "no two reviewers differ on a claim that both are done with and that is not settled yet"
            raise DecisionRefused(f"nothing to settle: {what}")
    return open_workbench(invocation, article=article, sample=sample / _WHOLE)
