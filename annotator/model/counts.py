"""Counts in words: a noun, and what goes with it, in the number that the count needs."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\[(?:([^|\]]*)\|)?([^|\]]*)\]")


def counted(count: int, what: str, several: str = "") -> str:
    """The count with its noun: "1 row", "12 rows"; `several` is the plural of a noun that takes more than an s."""
    return f"{count} {what}" if count == 1 else f"{count} {several or f'{what}s'}"


def in_number(count: int, words: str) -> str:
    """The count with its words: of "span[s] of [its|their] own" those for one, or those for none and several."""
    return f"{count} {_NUMBER.sub(lambda found: (found[1] or '') if count == 1 else found[2], words)}"
