"""`annotator suggesters`: which suggesters there are, and which the project has chosen."""

from __future__ import annotations

import click

from annotator.cli.invocation import Invocation, opened, opened_to_read, takes_database, takes_reviewer
from annotator.cli.near import NearGroup
from annotator.cli.streams import emit, narrate
from annotator.model.text import neutral_line
from annotator.workflow.suggesting import choose, chosen_names, known_suggesters, named_suggesters, usable_suggesters

_NOT_CHOSEN = "-"


@click.group(cls=NearGroup, invoke_without_command=True)
@takes_database
@click.pass_context
def suggesters(ctx: click.Context) -> None:
    """List the suggesters that are installed.

    One line each: its place in the order in which the project runs them (- if it does not), its name, and where it
    comes from; if it cannot be used, why.
    """
    if ctx.invoked_subcommand is not None:
        return
    invocation: Invocation = ctx.obj
    if invocation.path.exists():
        with opened_to_read(invocation) as store:
            chosen = chosen_names(store)
    else:
        narrate(f"no database at {invocation.path} yet: this is what a new one uses")
        chosen = chosen_names(None)
    known = known_suggesters()
    names = {suggester.name for suggester in known}
    known += named_suggesters([name for name in chosen if name not in names])
    width = max(len(neutral_line(suggester.name)) for suggester in known)
    seen: set[str] = set()
    for suggester in known:
        # Only the first with a name is ever asked.
        asked = suggester.name in chosen and suggester.name not in seen
        seen.add(suggester.name)
        place = str(chosen.index(suggester.name) + 1) if asked else _NOT_CHOSEN
        about = " · ".join(filter(None, (suggester.origin, suggester.trouble)))
        emit(neutral_line(f"{place}  {suggester.name:<{width}}  {about}") + "\n")


@suggesters.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@takes_database
@takes_reviewer
@click.pass_obj
def use(invocation: Invocation, names: tuple[str, ...]) -> None:
    """Choose the project's suggesters, in the order they are asked.

    The database is made if there is none, so that a first import asks them. Where two propose something about the same
    words, what the first proposes is taken.
    """
    # Before a database is made for nothing.
    usable_suggesters(names)
    with opened(invocation, create=True) as store:
        changed = choose(store, names, invocation.reviewer_or_configured())
        narrate(f"chosen: {', '.join(chosen_names(store))}")
    if changed:
        narrate("they read new articles from now on; `annotator suggest` runs them on those that are there")
