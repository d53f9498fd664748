"""`annotator checks`: collections of published fact-checks, and which of them are about the same as a claim."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.invocation import Invocation, opened, opened_to_read, takes_database
from annotator.cli.near import NearGroup
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted
from annotator.errors import ImportFailure
from annotator.exporters.row import json_text
from annotator.model.text import neutral_line


@click.group(cls=NearGroup)
def checks() -> None:
    """Published fact-checks, and which are about the same as a claim."""


@checks.command()
@click.argument("queries")
@click.option("--against", metavar="CHECKS", required=True, help="The collection: a file that `checks import` reads.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="So many matches a query.")
@click.option("--model", default="", metavar="NAME|FOLDER", help="Use this sentence-embedding model as well.")
def match(queries: str, against: str, limit: int, model: str) -> int:
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

    with checks_in_memory(against, complain, model) as collection:
        for id_, sought in queries_of(queries, complain):
            found = [
                {"id": each.check.id, "score": each.score, "why": ", ".join(each.why)}
                for each in matches(collection, sought, limit)
            ]
            emit(json_text({"id": id_, "matches": found}) + "\n")
    return FAILED if failed else DONE


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    """What options of the form NAME=VALUE say."""
    found = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"{option} {each!r}: write it as NAME=VALUE")
        found[name.strip()] = value.strip()
    return found


@checks.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--field", "fields", multiple=True, metavar="OURS=THEIRS", help="What a file calls a field of ours.")
@click.option(
    "--verdict", "verdicts", multiple=True, metavar="WORDS=VALUE", help="What a publisher's verdict comes to."
)
@click.option("--publisher", default="", metavar="NAME", help="The publisher of rows that do not say theirs.")
@click.option("--language", default="", metavar="TAG", help="The language of rows that do not say theirs.")
@takes_database
@click.pass_obj
def import_(
    invocation: Invocation,
    files: tuple[str, ...],
    *,
    fields: tuple[str, ...],
    verdicts: tuple[str, ...],
    publisher: str,
    language: str,
) -> int:
    """Add published fact-checks to the database.

    FILE is ClaimReview in JSON-LD (one, a list, a feed), JSON Lines, JSON or CSV with named fields, AVeriTeC, or an
    export of ours. The same rows again change nothing; a newer row about the same address takes the older one's place.
    """
    from annotator.importers.checks import CheckOptions
    from annotator.workflow.checks import import_checks

    options = CheckOptions(_pairs(fields, "--field"), _pairs(verdicts, "--verdict"), publisher, language)
    failed = False
    with opened(invocation, create=True) as store:
        for path in files:
            made = None
            try:
                for item in import_checks(store, path, options):
                    if isinstance(item, ImportFailure):
                        failed = True
                        narrate(f"annotator: {item}")
                    else:
                        made = item
                        _say_how_far(made.rows)
            except ImportFailure as failure:
                failed = True
                narrate(f"annotator: {failure}")
            if made is not None:
                parts = [f"{count} {outcome}" for outcome, count in sorted(made.outcomes.items())]
                narrate(f"{made.name}: {', '.join(parts) or 'no fact-check'}")
    return FAILED if failed else DONE


def _say_how_far(rows: int) -> None:
    """On a terminal, in place, how many rows have been read."""
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"\r{rows:,} fact-checks\r", err=True, nl=False)


@checks.command("list")
@takes_database
@click.pass_obj
def list_(invocation: Invocation) -> None:
    """List the collections: a line a file and publisher."""
    from annotator.workflow.checks import list_checks

    with opened_to_read(invocation) as store:
        for each in list_checks(store):
            more = [f"{each.withdrawn} withdrawn"] if each.withdrawn else []
            more += [f"{each.replaced} replaced"] if each.replaced else []
            dates = f"{each.first} to {each.last}" if each.first else "no dates"
            parts = [each.name, each.publisher or "(no publisher)", counted(each.checks, "fact-check"), dates]
            emit(neutral_line("\t".join([*parts, each.language or "?", *more]).replace("\t", "  ")) + "\n")


@checks.command()
@click.argument("name")
@takes_database
@click.pass_obj
def remove(invocation: Invocation, name: str) -> None:
    """Remove the fact-checks of a file or of a publisher, by the name that `checks list` gives.

    What was taken of them as evidence stays: it is the reviewer's.
    """
    from annotator.workflow.checks import remove_checks

    with opened(invocation) as store:
        narrate(f"removed: {counted(remove_checks(store, name), 'fact-check')}")
