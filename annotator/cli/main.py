"""The `annotator` command: its table of commands, and the options that hold for all of them."""

from __future__ import annotations

from pathlib import Path

import click

from annotator import __version__
from annotator.cli.invocation import DATABASE_VARIABLE, REVIEWER_VARIABLE, Invocation, reviewer_name
from annotator.cli.lazy_group import CommandRow, LazyGroup

COMMANDS = {
    "review": CommandRow("annotator.cli.review", "review", "Open the workbench at an article."),
    "import": CommandRow("annotator.cli.import_articles", "import_articles", "Add articles to the database."),
    "batch": CommandRow("annotator.cli.batch", "batch", "Split and suggest on many cores or machines, into Parquet."),
    "articles": CommandRow("annotator.cli.articles", "articles", "List the articles in the database."),
    "find": CommandRow("annotator.cli.find", "find", "Find words in the articles."),
    "near": CommandRow(
        "annotator.cli.near_copies", "near_command", "List near copies: articles whose texts are nearly one."
    ),
    "edit": CommandRow("annotator.cli.edit", "edit", "Correct an article's title, address, publisher, author or date."),
    "language": CommandRow("annotator.cli.language", "language", "Set or guess articles' languages, or list them."),
    "remove": CommandRow("annotator.cli.remove", "remove", "Hide an article, show it again, or erase it."),
    "export": CommandRow("annotator.cli.export", "export", "Write the dataset: one row per claim and reviewer."),
    "evidence": CommandRow("annotator.cli.evidence", "evidence", "List the project's evidence, each address once."),
    "formats": CommandRow("annotator.cli.formats", "formats", "List the formats of `annotator export`."),
    "report": CommandRow("annotator.cli.report", "report", "Report on progress, agreement, sources and suggestions."),
    "project": CommandRow(
        "annotator.cli.project", "project", "Show who leads the project, who reviews, and who can see what."
    ),
    "assign": CommandRow("annotator.cli.assign", "assign", "Assign articles to reviewers, or show who has which."),
    "adjudicate": CommandRow("annotator.cli.adjudicate", "adjudicate", "Settle the claims that reviewers disagree on."),
    "agreement": CommandRow("annotator.cli.agreement", "agreement", "Print coefficients of agreement for a CSV table."),
    "scheme": CommandRow("annotator.cli.scheme", "scheme", "List the label schemes, and which one the project uses."),
    "checks": CommandRow("annotator.cli.checks", "checks", "Import published fact-checks, and match claims to them."),
    "suggest": CommandRow("annotator.cli.suggest", "suggest", "Run the suggesters again."),
    "suggesters": CommandRow("annotator.cli.suggesters", "suggesters", "List the suggesters that are installed."),
    "split": CommandRow(
        "annotator.cli.split", "split", "Print blocks and sentences as JSON Lines, without a database."
    ),
    "worth": CommandRow("annotator.cli.worth", "worth", "Score sentences for check-worthiness, without a database."),
    "merge": CommandRow(
        "annotator.cli.merge", "merge_command", "Merge databases that were worked on separately into this one."
    ),
    "bundle": CommandRow(
        "annotator.cli.bundle", "bundle_command", "Make a small database for one reviewer to work on elsewhere."
    ),
    "backup": CommandRow(
        "annotator.cli.backup", "backup", "Copy the database while others work in it, and check the copy."
    ),
    "serve": CommandRow("annotator.cli.serve", "serve", "Serve the workbench to browsers, with one link per reviewer."),
    "recover": CommandRow("annotator.cli.recover", "recover", "Recover what can still be read of a damaged database."),
    "doctor": CommandRow("annotator.cli.doctor", "doctor", "Check the database and say what is wrong with it."),
}


@click.group(
    "annotator",
    cls=LazyGroup,
    table=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--db",
    type=click.Path(path_type=Path),
    envvar=DATABASE_VARIABLE,
    show_envvar=True,
    help="The database file.  [default: db/annotations.db below the current folder]",
)
@click.option(
    "--reviewer",
    type=reviewer_name,
    metavar="NAME",
    envvar=REVIEWER_VARIABLE,
    show_envvar=True,
    help="The reviewer's name.  [default: the one in the configuration file]",
)
@click.version_option(__version__, prog_name="annotator", message="%(prog)s %(version)s")
@click.pass_context
def annotator_command(ctx: click.Context, db: Path | None, reviewer: str | None) -> int | None:
    """Turn news articles into annotated datasets of claims, at the keyboard.

    Without a command the workbench opens; on a first start it makes the database and puts sample articles into it.
    """
    ctx.obj = Invocation(db, reviewer)
    if ctx.invoked_subcommand is not None:
        return None
    from annotator.cli.workbench import open_workbench

    return open_workbench(ctx.obj)


def run() -> None:
    """Run the command line with the arguments of the process, and exit with its status."""
    annotator_command(prog_name=annotator_command.name)
