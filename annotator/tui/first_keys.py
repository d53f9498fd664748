"""What would make the first keys wait is loaded while the first claim is read."""

from __future__ import annotations

import gc
from threading import Thread


def make_ready() -> None:
    """Load in the background what keys lead to, and leave what is there then out of Python's search for garbage.

    Until then nothing is searched, since the program began: there is nothing to be found.
    """
    Thread(target=_load, name="first keys", daemon=True).start()


def _load() -> None:
    import annotator.tui.modes
    import annotator.tui.screens.dialogs  # noqa: F401 - loading it is all that is wanted
    from annotator.workflow.reading import load_rules

    load_rules()
    gc.freeze()
    gc.enable()
