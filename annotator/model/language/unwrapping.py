"""Lines that were wrapped by hand: the breaks inside a paragraph, and words that were divided at them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from itertools import pairwise

from annotator.model.late import dataclass

_WRAPPED = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=\S)")
_LIST_ITEM = re.compile(r"[-*•–]\s|\d{1,3}[.)]\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐]$")
_BEHIND = re.compile(r"([^\W\d_]+)([-‐]?)")
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-‐"
_LONGEST_WORD = 60
_SHORT_LINE = 20
_FEW_CUTS = 3


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# First parts that English writes apart from the second with a hyphen, and that few words begin with by chance.
_KEEP_HYPHEN = _listed(
    "well self ex non half all mid so much year two three five ten twenty thirty forty fifty sixty eighty ninety"
)
# Before these a hyphen stands for a part that both words share: "Vor- und Nachteile", "two- or threefold".
_SHARED_PART = _listed("und oder bis sowie beziehungsweise bzw and or et ou y o e i och eller en")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text without its hard line breaks; `removed` are the offsets (code points) of what fell away, ascending."""

    text: str
    removed: tuple[int, ...]


def words_in(text: str) -> Set[str]:
    """The words of a text, hyphens inside them included, in one case: what tells how it writes a divided word."""
    return {word.casefold() for word in _WORD.findall(text)}


def looks_wrapped(text: str) -> bool:
    """Whether single line breaks seem to cut sentences: three at least, and a third of all single breaks."""
    lines = text.split("\n")
    breaks = cut = 0
    for line, following in pairwise(lines):
        if line and following:
            breaks += 1
            cut += len(line) >= _SHORT_LINE and following[0].islower() and (line[-1].isalnum() or line[-1] in ",-‐")
    return cut >= _FEW_CUTS and cut * 3 >= breaks


def unwrap_lines(text: str, words: Set[str] | None = None) -> Unwrapped:
    """The text with single line breaks inside a paragraph as one space; a list item keeps its line.

    A word that was divided at the break is joined, with its hyphen where that belongs to it: as it is written elsewhere
    in `words` (those of the text itself where none are given); else without the hyphen between small letters, but with
    it behind a first part such as "well" or "self", in a chain ("state-of-the-art"), and between figures and capitals.
    """
    pieces: list[str] = []
    dropped: list[int] = []
    at = 0
    for match in _WRAPPED.finditer(text):
        start, end = match.span()
        if _LIST_ITEM.match(text, end):
            continue
        if text[start - 1] in _HYPHENS and words is None:
            words = words_in(text)
        kept, space = _at_break(text, start, end, words or frozenset())
        pieces += [text[at:kept], " "[:space]]
        dropped += [*range(kept, start), *range(start + space, end)]
        at = end
    pieces.append(text[at:])
    return Unwrapped("".join(pieces), tuple(dropped))


def _at_break(text: str, start: int, end: int, words: Set[str]) -> tuple[int, int]:
    """Up to where the line is kept, and whether a space (1) takes the place of the break or nothing (0)."""
    last, before = text[start - 1], text[start - 2 : start - 1]
    if last == _SOFT_HYPHEN and before.isalpha() and text[end].isalpha():
        return start - 1, 0
    if last not in _HYPHENS or not before.isalnum() or not text[end].isalnum():
        return start, 1
    head = _BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    tail = _BEHIND.match(text, end, end + _LONGEST_WORD)
    if head is None or tail is None:
        return start, 0
    if tail[1].casefold() in _SHARED_PART and not tail[2]:
        return start, 1
    return (start - 1, 0) if _is_one_word(head[1], tail[1], chained=bool(tail[2]), words=words) else (start, 0)


def _is_one_word(head: str, tail: str, *, chained: bool, words: Set[str]) -> bool:
    """Whether the hyphen between two parts only divided them."""
    if f"{head}{tail}".casefold() in words:
        return True
    if _written(f"{head}-{tail}", words) or chained or any(hyphen in head for hyphen in _HYPHENS):
        return False
    return head[-1].islower() and tail[0].islower() and head.casefold() not in _KEEP_HYPHEN


def _written(word: str, words: Iterable[str]) -> bool:
    return word.casefold() in words or word.casefold().replace("-", "‐") in words
