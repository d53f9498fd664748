"""`annotator project`: who leads it, and who sees what."""

from __future__ import annotations

import click

from annotator.cli.invocation import Invocation, opened, reviewer_name, takes_database, takes_reviewer
from annotator.cli.near import NearGroup
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted
from annotator.model.exercise import Exercise
from annotator.model.project import Visibility
from annotator.model.text import neutral_line
from annotator.store.project import assignments, load_project
from annotator.store.records import reviewers
from annotator.workflow import exercising, leading
from annotator.workflow.selection import shown_articles

_SEES = {
    Visibility.BLIND: "blind: nobody sees another's decisions on a claim before both are done with it",
    Visibility.OPEN: "open: everybody sees everybody's decisions",
}


@click.group(cls=NearGroup, invoke_without_command=True)
@takes_database
@click.pass_context
def project(ctx: click.Context) -> None:
    """Say who leads the project, who is at work, and who sees what."""
    if ctx.invoked_subcommand is not None:
        return
    with opened(ctx.obj) as store:
        present = load_project(store)
        emit(neutral_line(f"lead: {present.lead or 'nobody'}") + "\n")
        emit(f"visibility: {_SEES[present.visibility]}\n")
        names = {*reviewers(store), *(reviewer for _, reviewer, _ in assignments(store))}
        emit(neutral_line(f"reviewers: {', '.join(sorted(names)) or 'nobody yet'}") + "\n")


@project.command()
@click.argument("name", type=reviewer_name)
@takes_database
@takes_reviewer
@click.pass_obj
def lead(invocation: Invocation, name: str) -> None:
    """Say who leads the project; once somebody does, only she can pass it on.

    The lead hands work out, sees everybody's work in exports and reports, and settles what reviewers differ on. This
    keeps reviewers from each other's work by mistake; whoever can read the file can read all of it.
    """
    with opened(invocation) as store:
        leading.set_lead(store, name, invocation.reviewer_or_configured())
    narrate(f"{name} leads this project")


def _makes(name: str, kind: Exercise | None, what: str) -> None:
    """A command that makes articles exercises of a kind."""

    @project.command(name=name, help=f"Make articles {what}")
    @click.argument("named", metavar="ARTICLE...", nargs=-1, required=True)
    @takes_database
    @takes_reviewer
    @click.pass_obj
    def command(invocation: Invocation, named: tuple[str, ...]) -> None:
        with opened(invocation) as store:
            found = shown_articles(store, named)
            changed = exercising.set_exercise(store, found, kind, invocation.reviewer_or_configured())
        narrate(f"{counted(changed, 'article')}: {name}")


_makes(
    "practice",
    Exercise.PRACTICE,
    "practice: whoever is done with a claim hears at once what the answer key says. The key is what the lead decides "
    "with `annotator adjudicate ARTICLE`.",
)
_makes(
    "check",
    Exercise.CHECK,
    "a check that nobody is told of: `annotator report scores` holds what reviewers decide against the answer key.",
)
_makes("ordinary", None, "ordinary again.")


def _sets(visibility: Visibility) -> None:
    """A command that gives the project a visibility."""

    @project.command(name=visibility.value, help=f"{_SEES[visibility].partition(': ')[2].capitalize()}, from now on.")
    @takes_database
    @takes_reviewer
    @click.pass_obj
    def command(invocation: Invocation) -> None:
        with opened(invocation) as store:
            leading.set_visibility(store, visibility, invocation.reviewer_or_configured())
        narrate(_SEES[visibility])


for _visibility in Visibility:
    _sets(_visibility)
