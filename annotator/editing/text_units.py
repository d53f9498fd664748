"""Units of text by which a selection moves and grows: clauses here, the rest in `model.language.words`. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from annotator.model.span import Span, trimmed

Unit = Literal["letter", "word", "clause", "sentence", "paragraph"]

_CLAUSE = re.compile(r"[^,;:—–“”\"()]*[,;:—–“”\"()]?\s*")
_EDGES = " \t\n,;:—–."
_BEGINNING = re.compile(
    r"(?<=\s)(?=(?:that|who|whom|whose|which|to|and|but|or|as|than|about|after|before|because|when|while|where|if"
    r"|is|are|was|were|has|have|had|will|would|could|should|may|might|can|said|says)\b)",
    re.IGNORECASE,
)


def clauses(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Stretches between commas, colons, dashes, brackets and quotation marks, without those at their ends.

    Each begins anew with a word that begins a clause or its verb: sources, cues and contents mostly end there.
    A stretch inside quotation marks keeps them: they belong to the content.
    """
    found: list[Span] = []
    for sentence in sentences:
        quote_from: int | None = None
        for match in _CLAUSE.finditer(text, sentence.start, sentence.end):
            start, end = match.span()
            if start == end:
                continue
            if quote_from is not None:
                start = quote_from
                quote_from = None
            last = text[match.start() : end].rstrip()[-1:]
            if last == "“" or (last == '"' and text[:end].count('"') % 2):
                quote_from = text.rindex(last, 0, end)
                end = quote_from
            while start < end and text[start] in _EDGES:
                start += 1
            while end > start and text[end - 1] in _EDGES:
                end -= 1
            if any(character.isalnum() for character in text[start:end]):
                found += _parts(text, start, end)
    return found


def _parts(text: str, start: int, end: int) -> list[Span]:
    if text[start] in '“"':
        return [Span(start, end)]
    starts = [start, *(match.start() for match in _BEGINNING.finditer(text, start + 1, end))]
    parts = (trimmed(text, first, last) for first, last in pairwise([*starts, end]))
    return [part for part in parts if part is not None]
