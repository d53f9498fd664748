"""`annotator project`: who leads it, who sees what, and what there is of reviewers and sources."""

from __future__ import annotations

import click

from annotator.cli.asking import agreed
from annotator.cli.exits import DONE, FAILED
from annotator.cli.invocation import (
    Invocation,
    opened,
    opened_to_read,
    reviewer_name,
    takes_database,
    takes_reviewer,
)
from annotator.cli.near import NearGroup
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import circle_said, counted
from annotator.errors import DecisionRefused
from annotator.model.exercise import Exercise
from annotator.model.project import Visibility
from annotator.model.reviewer import ADJUDICATED, name_as_kept
from annotator.model.text import neutral_line
from annotator.store.project import assignments, load_project
from annotator.store.records import reviewers
from annotator.store.renaming import everybody, new_name, old_name
from annotator.store.sources import registry
from annotator.workflow import exercising, leading, renaming, same_sources
from annotator.workflow.selection import shown_articles

_SEES = {
    Visibility.BLIND: "blind: nobody sees another's decisions on a claim before both are done with it",
    Visibility.OPEN: "open: everybody sees everybody's decisions",
}


@click.group(cls=NearGroup, invoke_without_command=True)
@takes_database
@click.pass_context
def project(ctx: click.Context) -> None:
    """Show who leads the project, who reviews, and who can see what."""
    if ctx.invoked_subcommand is not None:
        return
    with opened_to_read(ctx.obj) as store:
        present = load_project(store)
        emit(neutral_line(f"lead: {present.lead or 'nobody'}") + "\n")
        emit(f"visibility: {_SEES[present.visibility]}\n")
        # The layer of what was settled is nobody.
        names = {*reviewers(store), *(reviewer for _, reviewer, _ in assignments(store))} - {ADJUDICATED}
        emit(neutral_line(f"reviewers: {', '.join(sorted(names)) or 'nobody yet'}") + "\n")
        for old, now in sorted(present.renamed.items()):
            emit(neutral_line(f"renamed: {old} is {now}") + "\n")
        for name, other in renaming.circles_cut(store):
            narrate(circle_said(name, other))


@project.command()
@click.argument("name", type=reviewer_name)
@click.option("--yes", "-y", is_flag=True, help="Do not ask, though nobody of this name is here yet.")
@takes_database
@takes_reviewer
@click.pass_obj
def lead(invocation: Invocation, name: str, *, yes: bool) -> int:
    """Say who leads the project; once somebody does, only she can pass it on.

    The lead hands work out, sees everybody's work in exports and reports, and settles what reviewers differ on. This
    keeps reviewers from each other's work by mistake; whoever can read the file can read all of it.
    """
    me = invocation.reviewer_or_configured()
    with opened(invocation) as store:
        leading.check_new_lead(store, name, me)
        if name != me and not yes and name not in everybody(store):
            unknown = f"no {name} has done anything here yet (here are: {', '.join(everybody(store)) or 'nobody'})"
            if not agreed(f"{unknown}: shall {name} lead the project?", f"{unknown}: add --yes if the name is right"):
                return FAILED
        leading.set_lead(store, name, me)
    narrate(f"{name} leads this project")
    return DONE


@project.command()
@click.argument("old", type=name_as_kept, required=False)
@click.argument("new", type=reviewer_name, required=False)
@click.option("--undo", is_flag=True, help="Take the last renaming back, or the last one of OLD.")
@click.option("--dry-run", is_flag=True, help="Say what it would mean, and do nothing.")
@click.option("--yes", "-y", is_flag=True, help="Join two reviewers without asking.")
@takes_database
@takes_reviewer
@click.pass_obj
def rename(invocation: Invocation, old: str | None, new: str | None, *, undo: bool, dry_run: bool, yes: bool) -> int:
    """Call the reviewer OLD NEW from now on; where NEW is a reviewer already, the two are one.

    Everything that was decided as OLD is NEW's, and nobody can start as OLD any more. Nothing in the ledger is
    rewritten, so that --undo brings back whose decision was whose. Where both have decided the same thing, the later
    entry stands.
    """
    me = invocation.reviewer_or_configured()
    if undo:
        if new is not None or dry_run:
            raise click.UsageError("--undo takes a name at most")
        with opened(invocation) as store:
            taken = renaming.take_back(store, old, me)
        narrate(
            neutral_line(f"{old_name(taken)} is no longer called {new_name(taken)}: each decision is as it was made")
        )
        return DONE
    if old is None or new is None:
        raise click.UsageError("say who is renamed, and to what: annotator project rename OLD NEW")
    with opened(invocation) as store:
        planned = renaming.plan(store, old, new, me)
        narrate(neutral_line(_meaning(planned)))
        if dry_run:
            return DONE
        otherwise = "add --yes to join them, or --dry-run to look at it"
        if planned.joining and not yes and not agreed("Join them?", otherwise):
            return FAILED
        renaming.rename(store, planned, me)
    narrate(neutral_line(f"{old} is {new} from now on; `annotator project rename --undo {old}` takes it back"))
    return DONE


def _meaning(planned: renaming.Renaming) -> str:
    of_old = f"{counted(planned.decisions, 'decision')} on {counted(planned.articles, 'article')}"
    if not planned.joining:
        return f"{planned.old} becomes {planned.new}, with {of_old}"
    said = f"{planned.old} and {planned.new} become one, {planned.new}, who gets {of_old} of {planned.old}'s"
    both = sum(planned.standing.values())
    if not both:
        return f"{said}; no claim was decided by both"
    stands = ", ".join(f"{name}'s on {count}" for name, count in sorted(planned.standing.items()))
    return f"{said}; both decided {counted(both, 'claim')}, where the later entry stands: {stands}"


@project.command(name="sources")
@click.option("--join", is_flag=True, help="Let one stand for those of the same name and kind.")
@takes_database
@takes_reviewer
@click.pass_obj
def sources_command(invocation: Invocation, *, join: bool) -> None:
    """List sources that may be one, as after a merge of databases, or join those of the same name and kind.

    What was decided stays as it is and leads to the one that stands. Names that are only alike are listed, and
    joined by nobody but you: M in the list of sources.
    """
    if join:
        me = invocation.reviewer_or_configured()
        if me is None:
            raise DecisionRefused("a joining is somebody's decision: annotator --reviewer NAME project sources --join")
        with opened(invocation) as store:
            narrate(f"{same_sources.join_now(store, me)}; u in the list of sources takes it back")
        return
    with opened_to_read(invocation) as store:
        present = registry(store)
    doubled, alike = same_sources.doubled(present), same_sources.alike(present)
    for group in doubled:
        emit(neutral_line(f"{len(group)} times: {same_sources.named(group[:1])}") + "\n")
    for group in alike:
        emit(neutral_line(f"may be the same: {same_sources.named(group)}") + "\n")
    if doubled:
        narrate("`annotator project sources --join` makes one of those that are there several times")
    if alike:
        narrate("M in the list of sources merges others")
    if not doubled and not alike:
        narrate("no two sources have names that say the same")


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
