"""`annotator recover`: what a damaged database still says, in a new one."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted, entries_counted
from annotator.model.text import neutral_line


@click.command()
@click.argument("broken", metavar="BROKEN.db", type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="NEW.db", required=True, help="The database to make."
)
def recover(broken: Path, output: Path) -> int:
    """Recover what can still be read of a damaged database.

    The damaged file is not changed. Each thing that cannot be recovered is one line on standard output: a text that
    does not match its id, or an entry of the ledger, a draft or a fact-check that does not match its digest. A database
    of an earlier version is recovered into one of this version. Exits with 0 where everything was recovered, and with
    1 where something was not.
    """
    from annotator.store.making import new_store
    from annotator.workflow.recovering import recover as brought_back

    target = output.expanduser()
    with new_store(target, "recovering") as store:
        found = brought_back(broken.expanduser(), store)
    for line in found.lost:
        emit(neutral_line(line) + "\n")
    narrate(
        f"{target}: {counted(found.texts, 'text')}, {entries_counted(found.entries)} and "
        f"{counted(found.fact_checks, 'fact-check')} recovered; "
        f"{counted(len(found.lost), 'thing')} could not be recovered"
    )
    if found.unproved:
        narrate(f"{broken}: {found.unproved}")
    return FAILED if found.lost else DONE
