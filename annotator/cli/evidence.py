"""`annotator evidence`: what verdicts rest on, each address once."""

from __future__ import annotations

import click

from annotator.cli.invocation import Invocation, opened_to_read, takes_database, takes_reviewer
from annotator.cli.near import NearChoice
from annotator.cli.streams import emit
from annotator.model.reviewer import ADJUDICATED
from annotator.reports.evidence_layouts import EVIDENCE_LAYOUTS
from annotator.workflow.evidence import evidence_list
from annotator.workflow.selection import visible_reviewers


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option(
    "--format",
    "format_",
    type=NearChoice(list(EVIDENCE_LAYOUTS)),
    default="terminal",
    show_default=True,
    help="How to lay the list out.",
)
@takes_reviewer
@takes_database
@click.pass_obj
def evidence(invocation: Invocation, words: tuple[str, ...], format_: str) -> None:
    """List the evidence that is kept, each address once.

    Yours and the adjudicated where it is known who you are, else everybody's; only what has every WORD in it, where
    some are given. What was used last comes first; its number is the reference. What answer keys of exercises rest on
    only the lead sees.
    """
    own = invocation.reviewer_or_configured()
    with opened_to_read(invocation) as store:
        whose = visible_reviewers(store, [own] if own else [], own)
        found = evidence_list(store, [*whose, ADJUDICATED] if whose else [], " ".join(words), own)
    emit(EVIDENCE_LAYOUTS[format_](found))
