"""What is copied, in GNU screen: in pieces that it hands on to the terminal.

screen (4.9.0) does not know the sequence that puts a text on the clipboard, keeps 768 characters of it, and prints what
is behind them over the article. What comes in a device control string it passes on as it is, up to the same length.
"""

from __future__ import annotations

import os

PIECE = 500
"""Characters that are handed on together."""


def handed_on(sequence: str) -> str:
    """A sequence that copies, as the terminal below takes it: as it is, or in screen in pieces."""
    if "STY" not in os.environ:
        return sequence
    pieces = (sequence[start : start + PIECE] for start in range(0, len(sequence), PIECE))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
