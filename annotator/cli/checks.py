"""`annotator checks`: collections of published fact-checks, and which of them are about the same as a claim."""

from __future__ import annotations

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.near import NearGroup
from annotator.cli.streams import emit, narrate
from annotator.errors import ImportFailure
from annotator.exporters.row import json_text


@click.group(cls=NearGroup)
def checks() -> None:
    """Published fact-checks: collections of them, and which are about the same as a claim."""


@checks.command()
@click.argument("queries")
@click.option("--against", metavar="CHECKS", required=True, help="The collection: a file that `checks import` reads.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="So many matches a query.")
def match(queries: str, against: str, limit: int) -> int:
    """Find for each query the fact-checks that are most likely about the same, without a database.

    QUERIES is JSON Lines, {"id", "text"} and perhaps speaker, date and language a line. Printed is a line a query:
    {"id", "matches": [{"id", "score", "why"}]}, best first; the score is between 0 and 1, `why` says in words what
    agrees and what does not.
    """
    from annotator.workflow.check_matching import checks_in_memory, matches, queries_of

    failed = False

    def complain(failure: ImportFailure) -> None:
        nonlocal failed
        failed = True
        narrate(f"annotator: {failure}")

    with checks_in_memory(against, complain) as collection:
        for id_, sought in queries_of(queries, complain):
            found = [
                {"id": each.check.id, "score": each.score, "why": ", ".join(each.why)}
                for each in matches(collection, sought, limit)
            ]
            emit(json_text({"id": id_, "matches": found}) + "\n")
    return FAILED if failed else DONE
