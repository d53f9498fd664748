"""What the first frame does without, and what would make the first keys wait, is loaded while the claim is read."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from threading import Thread

MOST_NEW = 50_000
"""So many objects more than before, some megabytes, and Python looks for garbage by itself, whatever waits for it."""

HANDED_OVER_AFTER = 0.0005
"""Seconds after which a thread that computes lets another go on that waits for Python: a tenth of Python's own.

A decision waits for it some thirty times, behind each statement, for as long as anything is looked up beside it.
"""


def make_ready(said: Callable[[], None]) -> None:
    """Load in the background what keys lead to, and leave what is there then out of Python's search for garbage.

    Until then nothing is searched, since the program began: there is nothing to be found. `said` is called, on that
    thread, once all that is said of a claim can be.
    """
    sys.setswitchinterval(HANDED_OVER_AFTER)
    Thread(target=_load, args=[said], name="first keys", daemon=True).start()


def look_for_garbage(*, everywhere: bool) -> None:
    """While no key waits: look through what is new, so that Python need not do it while one does; or `everywhere`."""
    if gc.get_threshold()[0] == MOST_NEW:
        gc.collect(2 if everywhere else 0)


def _load(said: Callable[[], None]) -> None:
    try:
        try:
            from annotator.workflow.reading import load_reasons, load_rules

            load_reasons()
        finally:
            said()
        import annotator.model.worth_order
        import annotator.tui.modes
        import annotator.tui.screens.asked_line
        import annotator.tui.screens.dialogs
        import annotator.workflow.undoing

        load_rules()
        # What is asked of the next article that is opened, once there is a verdict or a fact-check.
        import annotator.workflow.fact_checks.seen_before  # noqa: F401 - loading them is all that is wanted
    finally:
        gc.freeze()
        gc.set_threshold(MOST_NEW)
        gc.enable()
