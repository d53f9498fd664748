"""`annotator review`: the workbench at an article."""

from __future__ import annotations

from typing import cast

import click

from annotator.cli.invocation import Invocation, takes_database, takes_pass, takes_reviewer
from annotator.cli.workbench import open_workbench
from annotator.model.scheme import Pass


@click.command()
@click.argument("article", required=False)
@takes_pass
@takes_database
@takes_reviewer
@click.pass_obj
def review(invocation: Invocation, article: str | None, pass_: str) -> int:
    """Open the workbench at an article.

    ARTICLE is an id or its beginning (six digits at least), an address, or the exact title. Without one the workbench
    opens where you left off.
    """
    return open_workbench(invocation, article=article, resume=article is None, pass_=cast(Pass, pass_))
