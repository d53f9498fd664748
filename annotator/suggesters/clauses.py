"""Clauses: how far the content of an attribution reaches, to the right of its cue or to the left."""

from __future__ import annotations

from annotator.suggesters.grammar import lemma_of
from annotator.suggesters.lexicon import cues
from annotator.suggesters.units import Unit

_ENDS = ".?!"
_ADDING = frozenset(
    "adding saying noting citing calling telling pointing arguing suggesting referring explaining".split()
)


def content_end(unit: Unit, start: int) -> int:
    """Behind the clause that begins at token `start`: before what the author adds, or at the end of the unit."""
    tags, lowers = unit.tags, unit.lowers
    size = len(tags)
    say = cues("verbs", "say")
    at = start
    while at < size:
        tag = tags[at]
        if tag == ";":
            break
        if tag == "," and at + 1 < size:
            following = lowers[at + 1]
            if following in _ADDING or (following == "according" and lowers[at + 2 : at + 3] == ["to"]):
                break
            if tags[at + 1] == "c" and _speaks_soon(unit, at + 2, say):
                break
        elif (
            tag == "c"
            and at > start
            and at + 1 < size
            and tags[at + 1] in "vr"
            and _speaks_soon(unit, at + 1, say, within=2)
        ):
            break
        at += 1
    while at > start and tags[at - 1] in ".,;:-":
        at -= 1
    return at


def _speaks_soon(unit: Unit, start: int, say: frozenset[str], within: int = 8) -> bool:
    """Whether a speaking verb comes next, behind no more than a subject."""
    tags = unit.tags
    for at in range(start, min(start + within, len(tags))):
        if tags[at] == "v":
            return lemma_of(unit.lowers[at]) in say
        if tags[at] in ",.;:sQbtmxhy":
            return False
    return False


def content_start(unit: Unit, end: int) -> int:
    """Where the clause begins that ends before token `end`, as in "the bridge is safe, she said"."""
    at = end
    while at > 0:
        if unit.tags[at - 1] == ";":
            return at
        at -= 1
    return 0
