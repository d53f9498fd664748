"""`annotator doctor`: is the database what it says it is."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.invocation import Invocation, opened, opened_to_read, takes_database
from annotator.cli.progress import Progress, progress, told_what_stays
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted, entries_counted
from annotator.cli.work_log import logged, takes_log
from annotator.errors import StoreError
from annotator.model.reviewer import ADJUDICATED
from annotator.model.text import neutral_line
from annotator.store import Store, records, text_index
from annotator.store.doctor import SERIOUS, UNSEEN_QUICKLY, examine_quickly
from annotator.store.fact_checks import checks
from annotator.store.queue import shown_count
from annotator.store.soundness import damage_mark
from annotator.store.soundness.ledger_check import entry_count
from annotator.store.soundness.page_check import leave_mark
from annotator.store.soundness.problem import Problem
from annotator.store.soundness.unopened import wrong_with

_THOUSANDTHS = 1000


@click.command()
@click.option("--quick", is_flag=True, help="Run only the checks that take seconds; say which are left out.")
@click.option(
    "--renew-index", is_flag=True, help="Rebuild the indexes of texts and fact-checks first; nothing else is changed."
)
@takes_log
@takes_database
@click.pass_obj
def doctor(invocation: Invocation, *, quick: bool, renew_index: bool) -> int:
    """Check the database and say what is wrong with it.

    It runs SQLite's own checks, checks the invariants of articles, sentences, claims and attributions, and replays the
    ledger from its first entry to see that the present state follows from it. Each finding is one line. With --quick
    nothing is replayed: only SQLite's quick check and a look for rows that point nowhere are run. Where pages, texts or
    entries are damaged, nothing is written to the database until a later run finds it sound.
    """
    try:
        return _examined(invocation, quick=quick, renew_index=renew_index)
    except StoreError as error:
        finding = wrong_with(invocation.path, error)
        if finding is None:
            raise
    emit(neutral_line(f"{finding.check}: {finding.detail}") + "\n")
    _leave_mark(invocation.path, finding)
    return FAILED


def _examined(invocation: Invocation, *, quick: bool, renew_index: bool) -> int:
    # Deferred: other commands read no fact-check.
    from annotator.workflow.examining import examine
    from annotator.workflow.fact_checks import checks as fact_checks
    from annotator.workflow.fact_checks.check_matching import words_of

    found = 0
    serious: list[Problem] = []
    way_in = partial(opened, even_damaged=True) if renew_index else opened_to_read
    with logged(invocation, "doctor") as log, way_in(invocation) as store:
        if renew_index:
            narrate(f"the index of {counted(text_index.renew(store), 'text')} was made anew")
            if checks.index(store).size().checks:
                narrate(f"the index of {counted(fact_checks.renew_index(store), 'fact-check')} was made anew")
        with told_what_stays("not everything was examined"), progress("examining", _THOUSANDTHS) as bar:
            reached = partial(_reached, bar)
            with closing(examine_quickly(store) if quick else examine(store, reached, words_of)) as findings:
                for finding in findings:
                    with bar.held_back():
                        emit(neutral_line(f"{finding.check}: {finding.detail}") + "\n")
                    found += 1
                    if finding.check in SERIOUS:
                        serious.append(finding)
            bar.reached(_THOUSANDTHS, bar.counted)
        log.said(counted(found, "finding"))
        _keep_mark(store, invocation.path, serious, quick=quick)
        if quick:
            narrate(f"not looked at: {UNSEEN_QUICKLY}")
        if found:
            return FAILED
        entries = entry_count(store)
        shown, reviewers = shown_count(store), len(set(records.reviewers(store)) - {ADJUDICATED})
    said = "healthy as far as was looked" if quick else "healthy"
    emit(f"{said}: {counted(shown, 'article')}, {counted(reviewers, 'reviewer')}, {entries_counted(entries)}\n")
    return DONE


def _keep_mark(store: Store, path: Path, serious: list[Problem], *, quick: bool) -> None:
    """Leave a mark beside what is damaged, and take it away from what is not."""
    if serious:
        # Of a file that may not be written a copy was looked at.
        _leave_mark(path, serious[0], store if store.path == path else None)
    elif not quick and (why := damage_mark.unmark(path)):
        narrate(f"{damage_mark.mark_file(path)}: cannot be removed ({why}): remove it, {path} is sound")


def _leave_mark(path: Path, finding: Problem, store: Store | None = None) -> None:
    """Have nothing written to the file any more; `store` is the one that has it open."""
    said = f"{finding.check}: {finding.detail}"
    if leave_mark(store, said) if store is not None else damage_mark.mark(path, said):
        narrate(f"nothing is written to {path} until this is mended: {damage_mark.WAYS_OUT}")


def _reached(shown: Progress, done: int, of: int) -> None:
    # How much there is is known when the first is examined.
    shown.reached(done * _THOUSANDTHS // of, f"{done}/{of}")
