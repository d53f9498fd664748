"""`annotator export`: the dataset, to a file or to standard output."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from annotator.cli.invocation import Invocation, opened, reviewer_name, takes_database
from annotator.cli.streams import emit_bytes, narrate
from annotator.cli.wording import counted
from annotator.exporters import FORMATS
from annotator.workflow.dataset import Choice, Tally, exported
from annotator.workflow.publish import publish

_STANDARD_OUTPUT = Path("-")


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    default=_STANDARD_OUTPUT,
    help="The file to write, whole or not at all.  [default: standard output]",
)
@click.option(
    "--reviewer",
    "reviewers",
    type=reviewer_name,
    metavar="NAME",
    multiple=True,
    help="Only this reviewer's work. May be repeated.",
)
@click.option(
    "--article", "articles", metavar="ARTICLE", multiple=True, help="Only work on this article. May be repeated."
)
@click.option("--no-text", is_flag=True, help="Leave out every text of an article; offsets and hashes stay.")
@click.option(
    "--all",
    "untouched",
    is_flag=True,
    help="Also the claims of the reviewer's articles about which nothing has been decided.",
)
@takes_database
@click.pass_obj
def export(
    invocation: Invocation,
    format_: str,
    output: Path,
    reviewers: tuple[str, ...],
    articles: tuple[str, ...],
    *,
    no_text: bool,
    untouched: bool,
) -> None:
    """Write the dataset: one row a claim and reviewer.

    FORMAT is jsonl or csv. ARTICLE is an id or its beginning (six digits at least), an address, or the exact title.
    """
    choice = Choice(reviewers, articles, with_text=not no_text, untouched=untouched)
    tally = Tally()
    with opened(invocation) as store:
        chunks = chain.from_iterable(pieces for _, pieces in exported(store, FORMATS[format_], choice, tally))
        if output == _STANDARD_OUTPUT:
            emit_bytes(chunks)
        else:
            publish(chunks, output)
    rows = counted(tally.rows, "row")
    narrate(rows if output == _STANDARD_OUTPUT else f"{rows} written to {output}")
