"""`annotator scheme`: the project's label scheme and its pages of guidelines."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.invocation import Invocation, opened, opened_to_read, takes_database, takes_reviewer
from annotator.cli.near import NearChoice, NearGroup
from annotator.cli.streams import emit, narrate
from annotator.model.guideline import Page
from annotator.model.scheme import Scheme, default_scheme, shipped_names, shipped_scheme
from annotator.model.text import neutral_line
from annotator.store import schemes as stored
from annotator.workflow import schemes
from annotator.workflow.scheme_layouts import SCHEME_LAYOUTS


def _of_project(invocation: Invocation) -> tuple[Scheme, list[Page]]:
    if not invocation.path.exists():
        narrate(f"no database at {invocation.path} yet: this is what a new one has")
        return default_scheme(), []
    with opened_to_read(invocation) as store:
        return store.scheme, stored.pages(store)


@click.group(cls=NearGroup, invoke_without_command=True)
@takes_database
@click.pass_context
def scheme(ctx: click.Context) -> None:
    """List the label schemes, and which one the project uses.

    One line each: * for the project's, its id and version, and what it is.
    """
    if ctx.invoked_subcommand is not None:
        return
    present, _ = _of_project(ctx.obj)
    known = [shipped_scheme(name) for name in shipped_names()]
    if present not in known:
        known.insert(0, present)
    width = max(len(each.label) for each in known)
    for each in known:
        emit(neutral_line(f"{'*' if each == present else '-'}  {each.label:<{width}}  {each.name}").rstrip() + "\n")


@scheme.command()
@click.argument("named", metavar="[FILE|NAME]", required=False)
@click.option(
    "--format",
    "format_",
    type=NearChoice(list(SCHEME_LAYOUTS)),
    default="terminal",
    show_default=True,
    help="The output format; toml is a file to start your own scheme from.",
)
@takes_database
@click.pass_obj
def show(invocation: Invocation, named: str | None, format_: str) -> None:
    """Show the project's scheme, or the one that is named: values, keys, definitions and examples."""
    shown, pages = (schemes.find_scheme(named), []) if named is not None else _of_project(invocation)
    emit(SCHEME_LAYOUTS[format_](shown, pages, shutil.get_terminal_size().columns))


@scheme.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> int:
    """Say everything that is wrong with the scheme in a file, one line each."""
    problems = schemes.problems_in(file)
    for problem in problems:
        emit(neutral_line(f"{file}: {problem}") + "\n")
    if problems:
        return FAILED
    found = schemes.scheme_in(file)
    keys = " ".join(value.key for value in (*found.worth, *found.verdict))
    emit(neutral_line(f"{file}: {found.label} can be used; its keys are {keys}") + "\n")
    return DONE


@scheme.command()
@click.argument("named", metavar="FILE|NAME")
@takes_database
@takes_reviewer
@click.pass_obj
def use(invocation: Invocation, named: str) -> None:
    """Give the project a scheme: the one in a file, or one that comes with annotator.

    It is refused where it lacks values that are in use. What completes a claim may change: everybody's progress is
    counted anew.
    """
    wanted = schemes.find_scheme(named)
    with opened(invocation, create=True) as store:
        before = store.scheme
        change = schemes.use_scheme(store, wanted, invocation.reviewer_or_configured())
    label = change.store.scheme.label
    if not change.changed:
        narrate(f"scheme: {label}, as before")
        return
    recounted = "; everybody's progress was counted anew" if change.counted else ""
    narrate(f"scheme: {label}, it was {before.label}{recounted}")
    if change.store.scheme.version != wanted.version:
        narrate(f"the file says version {wanted.version}, which another scheme of this id has: it is {label} here")


@scheme.command()
@click.argument("file", metavar="FILE.md", type=click.Path(path_type=Path))
@click.option("--remove", is_flag=True, help="Remove the page of this name instead.")
@takes_database
@takes_reviewer
@click.pass_obj
def page(invocation: Invocation, file: Path, *, remove: bool) -> None:
    """Attach a page of guidelines in Markdown to the project; G shows it in the workbench.

    A page that is attached under the same file name already is replaced.
    """
    with opened(invocation) as store:
        reviewer = invocation.reviewer_or_configured()
        if remove:
            schemes.remove_page(store, file.name, reviewer)
            narrate(f"page {file.name}: taken away")
        else:
            attached = schemes.attach_page(store, file, reviewer)
            narrate(f"page {file.name}: {'attached' if attached else 'attached already'}")
