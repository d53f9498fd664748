"""`annotator merge`: databases that were worked in apart become one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from annotator.cli.invocation import Invocation, opened, takes_database, takes_reviewer
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import circle_said, counted, doubled_said, entries_counted
from annotator.model.source import SourceEntity
from annotator.model.text import neutral_line
from annotator.workflow import same_sources
from annotator.workflow.uniting import Merged, merge, rehearse

_SHOWN = 10
"""Groups of sources that may be the same, and are named; of more their number is said."""


@click.command("merge")
@click.argument("others", metavar="OTHER.db...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be merged, and change nothing.")
@takes_database
@takes_reviewer
@click.pass_obj
def merge_command(invocation: Invocation, others: tuple[Path, ...], *, dry_run: bool) -> None:
    """Merge databases that were worked on separately into this one.

    Nothing is lost or counted twice, whatever the order and however often you merge. The other files are never changed.
    Where a reviewer decided the same thing in two ways on two machines, the later entry stands until she chooses. What
    was purged anywhere stays purged.
    """
    reviewer = invocation.reviewer_or_configured()
    with opened(invocation, checked=True) as store:
        if dry_run:
            _say_all(rehearse(store, others, reviewer))
            narrate("nothing was changed")
            return
        _say_all(merge(store, others, reviewer))


def _say_all(files: Iterable[Merged]) -> None:
    """What came of each file, and what is to be looked at in the end."""
    last = None
    for found in files:
        _say(found)
        last = found
    if last is not None:
        _say_what_waits(last)


def _say(found: Merged) -> None:
    parts = [counted(found.texts, "text"), entries_counted(found.entries)]
    parts += [f"{counted(found.purged, 'article')} erased that were purged there"] if found.purged else []
    nothing = not (found.entries or found.texts or found.purged)
    emit(neutral_line(f"{found.path}: {'nothing new' if nothing else ', '.join(parts)}") + "\n")
    if found.same_file and not nothing:
        narrate("it is a copy of this database: what a reviewer did in both can be told apart only by its order")


def _say_what_waits(found: Merged) -> None:
    for name, count in sorted(found.conflicts.items()):
        what = f"{name} decided {counted(count, 'thing')} in two ways, each not knowing of the other"
        narrate(f"{what}: Z in the queue lists them")
    for name, other in found.circles:
        narrate(circle_said(name, other))
    _say_sources(found.doubled, found.alike)


def _say_sources(doubled: int, alike: Sequence[Sequence[SourceEntity]]) -> None:
    if doubled:
        narrate(doubled_said(doubled))
    for group in alike[:_SHOWN]:
        line = f"sources that may be the same: {same_sources.named(group)}; M in the list of sources merges them"
        narrate(neutral_line(line))
    if len(alike) > _SHOWN:
        narrate(f"and {len(alike) - _SHOWN} more that may be the same: `annotator project sources` lists them")
