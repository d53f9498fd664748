"""JSON as text, for what Python's reader gives up on: where a value ends, and all but what is too deep in it."""

from __future__ import annotations

import re

DEEPEST = 100
"""Levels of nesting; no format that is read here has ten."""

# A string that nothing closes goes on to the end: else every escaped quotation mark in it would be tried as another.
_TOKEN = re.compile(r'"(?:[^"\\]+|\\.?)*+"?|[\[{\]}]', re.DOTALL)
_TOKEN_OR_COMMA = re.compile(rf"{_TOKEN.pattern}|,", re.DOTALL)


def behind_value(text: str, at: int) -> int:
    """Where the value that begins there ends, by its brackets and quotation marks alone; the text's end for none."""
    depth = 0
    for token in _TOKEN_OR_COMMA.finditer(text, at):
        if token[0] in ("[", "{"):
            depth += 1
        elif token[0] in ("]", "}"):
            depth -= 1
            if depth <= 0:
                return token.end() if depth == 0 else token.start()
        elif token[0] == "," and not depth:
            return token.start()
    return len(text)


def pruned(text: str, mark: str) -> str:
    """The text with the mark, a value, in place of everything below the deepest level."""
    kept: list[str] = []
    depth = at = 0
    for token in _TOKEN.finditer(text):
        if token[0] in ("[", "{"):
            depth += 1
            if depth == DEEPEST + 1:
                kept.append(text[at : token.start()])
        elif token[0] in ("]", "}"):
            if depth == DEEPEST + 1:
                kept.append(mark)
                at = token.end()
            depth -= 1
    return "".join(kept) + (text[at:] if depth <= DEEPEST else "")
