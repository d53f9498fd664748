"""Recipients: whom something was told, when and where, between a verb and its content."""

from __future__ import annotations

import re

from annotator.model.span import Span
from annotator.suggesters.grammar import word_list
from annotator.suggesters.lexicon import cues
from annotator.suggesters.units import Unit


# A recipient of any length, where "that", a colon or a quotation shows its end.
_MARKED = re.compile(r"(?:[dnN#jpegouizcr()-]|,(?=[Niz]))+?(?=,?s|:|,?Q)")


def behind_recipient(unit: Unit, lemma: str, at: int) -> tuple[int, Span | None]:
    """The token behind the recipient, the day and the occasion; and the recipient where it can be an outlet."""
    relay = None
    tags = unit.tags
    if lemma in cues("verbs", "addressed") and tags[at : at + 1] in ("n", "N", "d", "o", "#", "j", "u"):
        start = at
        at = _behind_phrase(unit, at)
        if lemma != "tell" and tags[_behind_occasion(unit, at) :][:1] not in ("s", "Q", ":", "t", "u", "d", "w"):
            return start, None
        relay = _outlet(unit, start)
    return _behind_occasion(unit, at), relay


def interviewer(unit: Unit) -> Span | None:
    """The outlet of "in an interview with ..."; None where there is none."""
    for at in range(len(unit.lowers) - 2):
        if unit.lowers[at] == "interview" and unit.lowers[at + 1] in ("with", "on", "to"):
            return _outlet(unit, at + 2)
    return None


def _outlet(unit: Unit, start: int) -> Span | None:
    """The recipient as a relay: a name that is an outlet's by one of its words or by its capitals."""
    at = start + 1 if unit.tags[start] == "d" else start
    last = at
    while last < len(unit.tags) and unit.tags[last] == "N":
        last += 1
    names = unit.forms[at:last]
    outlets = word_list("closed", "outlet")
    if any(name.lower() in outlets or (name.isupper() and len(name) > 1) for name in names):
        return unit.span(at, last - 1)
    return None


def _behind_phrase(unit: Unit, at: int) -> int:
    tags = unit.tags
    if tags[at] in "ou":
        return at + 1
    size = len(tags)
    start = at
    marked = _MARKED.match(tags, at)
    if marked:
        return marked.end() + (tags[marked.end() : marked.end() + 2] == ",s")
    while at < size:
        if tags[at] == "d" and at > start:
            break
        if tags[at] in "nNd#jpe":
            at += 1
        elif (
            tags[at] == "i"
            and at + 1 < size
            and tags[at + 1] in "dnNj"
            and unit.lowers[at] in ("of", "at", "in", "from")
        ):
            at += 1
        elif tags[at] == "c" and at + 1 < size and tags[at + 1] in "nN":
            at += 1
        else:
            break
    return at


def _behind_occasion(unit: Unit, at: int) -> int:
    """Behind "on Sunday", "in a statement", "during a rally in Iowa", where content still follows."""
    tags, lowers = unit.tags, unit.lowers
    size = len(tags)
    while at < size:
        if tags[at] == "z" or (
            lowers[at] in ("last", "earlier", "later", "this") and tags[at + 1 : at + 2] in ("n", "z", "d")
        ):
            at += 1
            while at < size and (tags[at] in "z#" or lowers[at] in word_list("closed", "daytime")):
                at += 1
        elif tags[at] == "i" and tags[at + 1 : at + 2] == "z":
            at += 1
        elif tags[at] == "i" and lowers[at] in (
            "in",
            "on",
            "at",
            "during",
            "to",
            "after",
            "through",
            "via",
            "by",
            "from",
            "with",
            "for",
        ):
            stop = at + 1
            while stop < size and tags[stop] in "nN#djpezico":
                stop += 1
            if stop < size and (tags[stop] in "sQ:" or tags[stop : stop + 2] == ",Q") and stop > at + 1:
                return stop
            return at
        else:
            break
    return at
