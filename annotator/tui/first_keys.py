"""What the first frame does without, and what would make the first keys wait, is loaded while the claim is read."""

from __future__ import annotations

import gc
from collections.abc import Callable
from threading import Thread


def make_ready(said: Callable[[], None]) -> None:
    """Load in the background what keys lead to, and leave what is there then out of Python's search for garbage.

    Until then nothing is searched, since the program began: there is nothing to be found. `said` is called, on that
    thread, once all that is said of a claim can be.
    """
    Thread(target=_load, args=[said], name="first keys", daemon=True).start()


def _load(said: Callable[[], None]) -> None:
    try:
        try:
            from annotator.workflow.reading import load_reasons, load_rules

            load_reasons()
        finally:
            said()
        import annotator.tui.modes
        import annotator.tui.screens.dialogs  # noqa: F401 - loading it is all that is wanted

        load_rules()
    finally:
        gc.freeze()
        gc.enable()
