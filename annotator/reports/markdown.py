"""Markdown tables (GitHub Flavored Markdown) whose cells are words and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

_MARKUP = {ord(character): f"\\{character}" for character in "\\`*_[]<>|~&#!$^="}


def table_row(cells: Sequence[str]) -> str:
    """One row of a table."""
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """The text with everything escaped that could become markup."""
    return text.translate(_MARKUP)
