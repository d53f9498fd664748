"""`annotator doctor`: is the database what it says it is."""

from __future__ import annotations

from functools import partial

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.invocation import Invocation, opened_to_read, takes_database
from annotator.cli.progress import Progress, progress, told_what_stays
from annotator.cli.streams import emit
from annotator.cli.wording import counted
from annotator.cli.work_log import logged, takes_log
from annotator.model.text import neutral_line
from annotator.store import records
from annotator.store.doctor import examine
from annotator.store.ledger_check import entry_count
from annotator.store.queue import shown_count

_THOUSANDTHS = 1000


@click.command()
@takes_log
@takes_database
@click.pass_obj
def doctor(invocation: Invocation) -> int:
    """Check the database and say what is wrong with it.

    SQLite's own checks, the invariants of articles, sentences, claims and attributions, and whether the present state
    is the one that the ledger gives when it is followed from its first entry. Each finding is one line.
    """
    found = 0
    with logged(invocation, "doctor") as log, opened_to_read(invocation) as store:
        with told_what_stays("not everything was examined"), progress("examining", _THOUSANDTHS) as bar:
            for finding in examine(store, partial(_reached, bar)):
                with bar.held_back():
                    emit(neutral_line(f"{finding.check}: {finding.detail}") + "\n")
                found += 1
            bar.reached(_THOUSANDTHS, bar.counted)
        log.said(counted(found, "finding"))
        if found:
            return FAILED
        entries = entry_count(store)
        shown, reviewers = shown_count(store), len(records.reviewers(store))
    emit(f"healthy: {counted(shown, 'article')}, {counted(reviewers, 'reviewer')}, {entries} ledger entries\n")
    return DONE


def _reached(shown: Progress, done: int, of: int) -> None:
    # How much there is is known when the first is examined.
    shown.reached(done * _THOUSANDTHS // of, f"{done}/{of}")
