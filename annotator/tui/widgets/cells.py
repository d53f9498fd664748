"""How many cells of a terminal a text takes."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len as measured

__all__ = ["cell_len"]


@lru_cache(maxsize=4096)
def cell_len(text: str) -> int:
    """The cells that a text takes; what was asked for lately is known, and ASCII takes one each."""
    # Control characters take none.
    return len(text) if text.isascii() and text.isprintable() else measured(text)
