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
    help="The output format.",
)
@takes_reviewer
@takes_database
@click.pass_obj
def evidence(invocation: Invocation, words: tuple[str, ...], format_: str) -> None:
    """List the project's evidence, each address once.

    Your own and the adjudicated evidence if your name is known, else everybody's. With WORDs, only the pieces that
    contain all of them. The last used comes first; its number is the reference. The evidence of an exercise's answer
    key is shown to the lead alone.
    """
    own = invocation.reviewer_or_configured()
    with opened_to_read(invocation) as store:
        whose = visible_reviewers(store, [own] if own else [], own)
        found = evidence_list(store, [*whose, ADJUDICATED] if whose else [], " ".join(words), own)
    emit(EVIDENCE_LAYOUTS[format_](found))
