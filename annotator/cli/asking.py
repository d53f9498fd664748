"""Asking for a yes before something is done, where somebody can be asked."""

from __future__ import annotations

import sys

import click

from annotator.cli.streams import is_screen, narrate
from annotator.errors import DecisionRefused
from annotator.model.text import neutral_line


def agreed(question: str, otherwise: str) -> bool:
    """Whether whoever is at the terminal agrees; if she does not, that nothing was changed is said.

    Raises DecisionRefused with what to do `otherwise` where nobody can be asked.
    """
    if not is_screen(sys.stdin):
        raise DecisionRefused(f"nobody can be asked here: {otherwise}")
    if click.confirm(neutral_line(question), err=True):
        return True
    narrate("annotator: nothing was changed")
    return False
