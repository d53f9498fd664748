"""Clauses: how far the content of an attribution reaches to the right of its cue."""

from __future__ import annotations

import re

from annotator.suggesters.grammar import lemma_of, word_list
from annotator.suggesters.lexicon import cues
from annotator.suggesters.units import Unit

# A subject and a finite verb, with nothing but the subject's own words between.
_CLAUSE = re.compile(r"[\"(]*[ri]?[dnNj#pueQrioc()\"-]*?[nN#uoQdw)pj][\"r]*[vxmhy]")
_FINITE = re.compile(r"[vxmhy]")


def is_clause(tags: str, *, start_only: bool = False) -> bool:
    """Whether the tags hold a finite verb; with `start_only`, whether they begin with a subject and its verb."""
    if start_only:
        return _CLAUSE.match(tags) is not None
    return _FINITE.search(tags) is not None


def content_end(unit: Unit, start: int) -> int:
    """Behind the clause that begins at token `start`: before what the author adds, or at the end of the unit."""
    tags = unit.tags
    at = start + 1
    while at < len(tags) and not _stops_clause(unit, at, start):
        at += 1
    return _trimmed(tags, start, at)


def object_end(unit: Unit, start: int) -> int:
    """Behind the noun phrase that begins at token `start`, with what belongs to it."""
    tags = unit.tags
    at = start + 1
    while at < len(tags) and not _stops_clause(unit, at, start) and not _stops_object(unit, at):
        at += 1
    return _trimmed(tags, start, at)


def _trimmed(tags: str, start: int, end: int) -> int:
    while end > start and tags[end - 1] in ".,;:-?!":
        end -= 1
    return end


def _stops_clause(unit: Unit, at: int, start: int) -> bool:
    tags, lowers = unit.tags, unit.lowers
    tag = tags[at]
    if tag == ";":
        return True
    following = tags[at + 1 : at + 2]
    if tag in ",-" and following:
        word = lowers[at + 1]
        if following == "g":
            return lemma_of(word) in cues("verbs", "say") | cues("verbs", "object") or word in ("referring", "citing")
        if word in word_list("clauses", "aside"):
            return True
        if word == "according":
            return True
        if following == "c":
            return word == "but" or _speaks_soon(unit, at + 2)
        return False
    if tag == "c" and following and following in "vrxh":
        return _speaks_soon(unit, at + 1, within=3)
    return False


def _speaks_soon(unit: Unit, start: int, within: int = 8) -> bool:
    """Whether a speaking verb comes next, behind no more than a subject."""
    tags = unit.tags
    for at in range(start, min(start + within, len(tags))):
        if tags[at] in "ve":
            return lemma_of(unit.lowers[at]) in cues("verbs", "say")
        if tags[at] in ",.;:sQbtmxy":
            return False
    return False


def _stops_object(unit: Unit, at: int) -> bool:
    tags, lowers = unit.tags, unit.lowers
    tag = tags[at]
    following = tags[at + 1 : at + 2]
    if tag in ",-":
        if following and following in "wsvxmhyug":
            return True
        return following in tuple("dnN") and is_clause(tags[at + 1 :], start_only=True)
    if lowers[at] in word_list("clauses", "adjunct"):
        return True
    return tag in "i" and following == "z"
