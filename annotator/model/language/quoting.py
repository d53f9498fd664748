"""Quoting: whether words stand inside double quotation marks. Pure; offsets are code points."""

from __future__ import annotations

from annotator.model.span import Span

_OPENING = "“„«"
_CLOSING = "”»"


def wholly_quoted(text: str, paragraph: Span, span: Span) -> bool:
    """Whether every letter and digit of a span stands inside double quotation marks.

    Marks count from the beginning of the paragraph; one that closes nothing, or opens twice, changes nothing.
    """
    inside, seen = False, False
    for at in range(paragraph.start, span.end):
        character = text[at]
        if character == '"':
            inside = not inside
        elif character in _OPENING or character in _CLOSING:
            inside = character in _OPENING
        elif at >= span.start and character.isalnum():
            seen = True
            if not inside:
                return False
    return seen
