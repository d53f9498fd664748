"""`annotator batch`: articles prepared on many processes or machines, into a Parquet file that can be imported."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.import_options import takes_import_options
from annotator.cli.numbers import WholeNumber
from annotator.cli.streams import narrate
from annotator.cli.wording import counted
from annotator.importers import ImportOptions
from annotator.workflow.batch import run_batch
from annotator.workflow.ingest import read_articles


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The Parquet file; it appears only when it is complete.",
)
@click.option("--address", default="", metavar="HOST:PORT", help="A running Ray cluster; auto for this machine's.")
@click.option("--workers", type=WholeNumber(1), help="How many workers on this machine.  [default: one per core]")
@takes_import_options
def batch(sources: tuple[str, ...], *, output: Path, address: str, workers: int | None, options: ImportOptions) -> int:
    """Split and suggest on many cores or machines, into Parquet.

    SOURCE is what `annotator import` takes: Parquet, JSON Lines, text and so on. Each article becomes a row of a
    Parquet file with its text, what is known of it, its sentences and suggestions, and how many sentences are suggested
    as worth checking. `annotator import FILE.parquet` stores the rows without making them again. Needs the extra
    "batch" (Ray).
    """
    articles = worth = failed = 0
    for done in run_batch(read_articles(sources, options), output, address, workers):
        if done.reason:
            failed += 1
            narrate(f"{done.origin}: {done.reason}")
        else:
            articles += 1
            worth += done.worth_checking > 0
    narrate(
        f"{counted(articles, 'article')} written to {output}, {worth} with something worth checking; {failed} failed"
    )
    return FAILED if failed else DONE
