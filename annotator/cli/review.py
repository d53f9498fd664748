"""`annotator review`: the workbench at an article."""

from __future__ import annotations

from typing import cast

import click

from annotator.cli.invocation import Invocation, takes_database, takes_pass, takes_reviewer
from annotator.cli.numbers import WholeNumber
from annotator.cli.workbench import open_workbench
from annotator.model.scheme import Pass


@click.command()
@click.argument("article", required=False)
@click.option(
    "--at",
    "offset",
    type=WholeNumber(min=0),
    metavar="OFFSET",
    help="Open the article at the claim at this offset, in characters.",
)
@takes_pass
@takes_database
@takes_reviewer
@click.pass_obj
def review(invocation: Invocation, article: str | None, offset: int | None, pass_: str) -> int:
    """Open the workbench at an article.

    ARTICLE is an id or its beginning (six digits at least), an address, or the exact title. Without one the workbench
    opens where you left off.
    """
    if offset is not None and article is None:
        raise click.UsageError("--at says where in an article: name the article too")
    return open_workbench(invocation, article=article, resume=article is None, pass_=cast(Pass, pass_), offset=offset)
