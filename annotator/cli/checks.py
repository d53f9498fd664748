"""`annotator checks`: collections of published fact-checks, and which of them are about the same as a claim."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.import_options import language_option
from annotator.cli.invocation import Invocation, opened, opened_to_read, takes_database
from annotator.cli.near import NearGroup
from annotator.cli.numbers import WholeNumber
from annotator.cli.progress import told_what_stays
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted
from annotator.errors import ConfigError, ImportFailure
from annotator.exporters.row import json_text
from annotator.model.text import neutral_line

if TYPE_CHECKING:
    from annotator.importers.checks import CheckOptions
    from annotator.model.check import Match
    from annotator.store import Store


@click.group(cls=NearGroup)
def checks() -> None:
    """Import published fact-checks, and match claims to them."""


@checks.command()
@click.argument("queries", metavar="QUERIES|-")
@click.option("--against", metavar="CHECKS", help="The collection: a file that `checks import` reads.")
@click.option("--limit", type=WholeNumber(1, 100), default=5, show_default=True, help="How many matches per query.")
@click.option("--model", default="", metavar="NAME|FOLDER", help="Use this sentence-embedding model as well.")
@takes_database
@click.pass_obj
def match(invocation: Invocation, queries: str, *, against: str | None, limit: int, model: str) -> int:
    """Find for each query the fact-checks that are most likely about the same claim.

    They are looked for among the project's own, or with --against in a file, without a database.

    QUERIES, or - for standard input, is JSON Lines: {"id", "text"} on each line, and optionally speaker, date and
    language. One line per query is printed, {"id", "matches": [{"id", "score", "why"}]}, the best match first; the
    score is between 0 and 1, and `why` says in words what agrees and what does not.
    """
    from annotator.workflow.fact_checks.check_files import checks_in_memory, queries_of
    from annotator.workflow.fact_checks.check_matching import matches
    from annotator.workflow.fact_checks.checks import matches_in

    failed = False

    def complain(failure: ImportFailure) -> None:
        nonlocal failed
        failed = True
        narrate(f"annotator: {failure}")

    def tell(id_: str | int, found: Iterable[Match]) -> None:
        rows = [{"id": each.check.id, "score": each.score, "why": ", ".join(each.why)} for each in found]
        emit(json_text({"id": id_, "matches": rows}) + "\n")

    if against is not None:
        with checks_in_memory(against, complain, model) as collection:
            for id_, sought in queries_of(queries, complain):
                tell(id_, matches(collection, sought, limit))
        return FAILED if failed else DONE
    with opened(invocation) if model else opened_to_read(invocation) as store:
        if model:
            _make_vectors(store, model)
        for id_, found in matches_in(store, queries_of(queries, complain), limit, with_model=bool(model)):
            tell(id_, found)
    return FAILED if failed else DONE


def _make_vectors(store: Store, model: str, *, fetch: bool = True) -> None:
    """Make the vectors that the project's fact-checks lack, and say how far that is."""
    from annotator.workflow.fact_checks.check_vectors import make_vectors

    made = None
    with told_what_stays("the vectors that were made stay; the same command makes the others"):
        for made in make_vectors(store, model, fetch=fetch):
            _say_how_far(made.done, f"of {made.total:,} vectors")
    if made is not None and made.total:
        narrate(f"vectors of {counted(made.done, 'fact-check')} made by {model}")


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
@click.argument("files", nargs=-1, required=True, metavar="FILE|-...")
@click.option("--field", "fields", multiple=True, metavar="OURS=THEIRS", help="The file's name for one of our fields.")
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    metavar="WORDS=VALUE",
    help="Our verdict that a publisher's words stand for.",
)
@click.option("--publisher", default="", metavar="NAME", help="The publisher of rows that do not say theirs.")
@click.option("--language", default="", metavar="TAG", help="The language of rows that do not say theirs.")
@click.option("--model", default="", metavar="NAME|FOLDER", help="Keep the vectors of this sentence-embedding model.")
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
    model: str,
) -> int:
    """Add published fact-checks to the database.

    FILE (- is standard input) is ClaimReview in JSON-LD (one, a list, a feed), JSON Lines, JSON or CSV with named
    fields, AVeriTeC, or an export of ours. The same rows again change nothing; a newer row about the same address
    takes the older one's place.
    """
    from annotator.importers.checks import CheckOptions

    tag = language_option(language) if language else ""
    options = CheckOptions(_pairs(fields, "--field"), _pairs(verdicts, "--verdict"), publisher, tag)
    with opened(invocation, create=True) as store:
        with told_what_stays("the fact-checks that were read stay; the same command brings the others"):
            whole = [_import_file(store, path, options) for path in files]
        if model:
            _make_vectors(store, model)
        else:
            _complete_vectors(store)
    return DONE if all(whole) else FAILED


def _import_file(store: Store, path: str, options: CheckOptions) -> bool:
    """Import one file and say what became of it; whether nothing of it was bad."""
    from annotator.workflow.fact_checks.checks import import_checks

    whole, made = True, None
    try:
        for item in import_checks(store, path, options):
            if isinstance(item, ImportFailure):
                whole = False
                narrate(f"annotator: {item}")
            else:
                made = item
                _say_how_far(made.rows, "fact-checks")
    except ImportFailure as failure:
        whole = False
        narrate(f"annotator: {failure}")
    if made is not None:
        parts = [f"{count} {outcome}" for outcome, count in sorted(made.outcomes.items())]
        narrate(f"{made.name}: {', '.join(parts) or 'no fact-check'}")
    return whole


def _complete_vectors(store: Store) -> None:
    """Make the vectors of what has come, where the project keeps some; nothing is fetched for it."""
    from annotator.workflow.fact_checks.checks import model_wanted

    model = model_wanted(store)
    if model:
        try:
            _make_vectors(store, model, fetch=False)
        except ConfigError as error:
            narrate(f"annotator: until new fact-checks have vectors, no model is asked in the review: {error}")


def _say_how_far(count: int, of_what: str) -> None:
    """On a terminal, in place, how many have been read or made."""
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"\r{count:,} {of_what}\r", err=True, nl=False)


@checks.command("list")
@takes_database
@click.pass_obj
def list_(invocation: Invocation) -> None:
    """List the collections, one line per file and publisher."""
    from annotator.workflow.fact_checks.checks import NO_PUBLISHER, list_checks

    with opened_to_read(invocation) as store:
        for each in list_checks(store):
            more = [f"{each.withdrawn} withdrawn"] if each.withdrawn else []
            more += [f"{each.replaced} replaced"] if each.replaced else []
            dates = f"{each.first} to {each.last}" if each.first else "no dates"
            parts = [each.name, each.publisher or NO_PUBLISHER, counted(each.checks, "fact-check"), dates]
            emit(neutral_line("\t".join([*parts, each.language or "?", *more]).replace("\t", "  ")) + "\n")


@checks.command()
@click.argument("name")
@takes_database
@click.pass_obj
def remove(invocation: Invocation, name: str) -> None:
    """Remove the fact-checks of a file or of a publisher, by the name that `checks list` gives.

    What was taken of them as evidence stays: it is the reviewer's.
    """
    from annotator.workflow.fact_checks.checks import remove_checks

    with opened(invocation) as store, told_what_stays("what was removed is gone; the same command removes the others"):
        narrate(f"removed: {counted(remove_checks(store, name), 'fact-check')}")
