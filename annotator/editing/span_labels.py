"""Labels: which words near a claim a letter names, so that two letters make a span. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from string import ascii_letters

from annotator.model.span import Span

LETTERS = ascii_letters
"""The labels, in the order in which they are given: a to z, then A to Z."""

_NO_EDGE = frozenset(",.;:—–-…/!?、。，．：；！？।॥،؛؟")
"""Marks at which hardly any span begins or ends : they take no letter."""


def labelled(text: str, words: Sequence[Span], claim: Span, selection: Span) -> list[Span]:
    """The words that are named by a letter, in the order of the letters: the claim's, then those around it.

    At most as many as there are letters: the nearest to the claim, and of a claim that has more the nearest to the
    selection. `words` are all of the article's, in order. Offsets are code points.
    """
    first = bisect_right(words, claim.start, key=lambda word: word.end)
    behind = bisect_left(words, claim.end, key=lambda word: word.start)
    # Twice as many around it: some of them take no letter.
    around = words[max(0, first - 2 * len(LETTERS)) : behind + 2 * len(LETTERS)]
    named = [word for word in around if text[word.start : word.end] not in _NO_EDGE]

    def away(word: Span) -> tuple[int, int]:
        return _apart(word, claim), _apart(word, selection)

    nearest = sorted(named, key=away)[: len(LETTERS)]
    return sorted(nearest, key=lambda word: (not word.overlaps(claim), word.start))


def _apart(one: Span, other: Span) -> int:
    return max(0, one.start - other.end + 1, other.start - one.end + 1)
