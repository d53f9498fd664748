"""How many colours the terminal has: where they are few, the workbench takes the terminal's own and marks by signs."""

from __future__ import annotations

import os

from rich.console import Console
from textual import constants


def few_colours() -> bool:
    """Whether the terminal has no more than sixteen colours, or the user wants none (https://no-color.org).

    A terminal without any is named to Textual as what it is: else colours would be sent to it.
    """
    chosen = constants.COLOR_SYSTEM
    system = Console(force_terminal=True).color_system if chosen == "auto" else chosen
    if system not in (None, "standard"):
        return "NO_COLOR" in os.environ
    if not _has_colours(os.environ.get("TERM", "")):
        os.environ["NO_COLOR"] = "1"
    return True


def _has_colours(term: str) -> bool:
    """What terminfo says of a terminal; one that it does not know is taken to have some."""
    try:
        # Not on Windows, whose terminals all have colours.
        import curses
    except ImportError:
        return True
    try:
        curses.setupterm(term or "unknown", 1)
    except curses.error:
        return True
    return curses.tigetnum("colors") > 0
