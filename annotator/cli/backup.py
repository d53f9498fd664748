"""`annotator backup`: a copy of the database while others work in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from annotator.cli.invocation import Invocation, opened, takes_database
from annotator.cli.streams import narrate
from annotator.cli.wording import entries_counted


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write.  [default: beside the database, named for the time]",
)
@takes_database
@click.pass_obj
def backup(invocation: Invocation, output: Path | None) -> None:
    """Copy the database while others work in it, and check the copy.

    An existing file is never replaced.
    """
    from annotator.store.backup import back_up_verified

    with opened(invocation) as store:
        target = output.expanduser() if output is not None else _beside(invocation.path)
        count = back_up_verified(store, target)
    narrate(f"backup: {target}, checked, with {entries_counted(count)}")


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-{datetime.now(UTC).strftime('%Y%m%dT%H%M%SZ')}{path.suffix}")
