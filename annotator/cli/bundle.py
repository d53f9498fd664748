"""`annotator bundle`: the small database that one reviewer needs."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.invocation import Invocation, opened, reviewer_name, takes_database
from annotator.cli.streams import narrate
from annotator.cli.wording import counted
from annotator.workflow.bundling import bundle


@click.command("bundle")
@click.option("--reviewer", "whose", type=reviewer_name, metavar="NAME", required=True, help="Whose bundle it is.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="The file to write.  [default: NAME.db]"
)
@takes_database
@click.pass_obj
def bundle_command(invocation: Invocation, whose: str, output: Path | None) -> None:
    """Make a small database for one reviewer to work on elsewhere.

    It holds her articles, her own decisions and nobody else's on articles, what was decided about the project's
    sources, and the answer keys of her practice articles. `annotator merge` brings it back. An existing file is never
    replaced.
    """
    target = (output or Path(f"{whose}.db")).expanduser()
    with opened(invocation) as store:
        made = bundle(store, whose, target, invocation.reviewer_or_configured())
    narrate(f"bundle: {target}, {counted(made.articles, 'article')}; `annotator merge {target}` takes it back in")
