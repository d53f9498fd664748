"""Recipients: whom something was told, when and where, between a verb and its content."""

from __future__ import annotations

import re

from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.lexicon import KINDS_OF_VERB
from annotator.suggesters.reading.units import Unit

_OPENS_RECIPIENT = pos.any_of(pos.COUNTED_PHRASE, pos.PRONOUNS)
_PERIOD = pos.any_of(pos.NOUN, pos.TIME, pos.DETERMINER)

# A recipient of any length, where "that", a colon or a quotation shows its end.
_MARKED = re.compile(r"(?:[dnN#jpegouizcr()-]|(?<=p)Q|,(?=[Niz]))+?(?=,?s|:|,Q|(?<!p)Q)")
# A recipient without such an end: one noun phrase, with its prepositional phrases.
_PHRASE = re.compile(r"[ou]|(?:d?[nN#jpe]+(?:c(?=[nN])[nN#jpe]+)*)")
_OCCASION = re.compile(r"i(?:[nN#djpezico]+(?=[sQ:]|,Q)|Qi?z?(?=s))")
# A noun and what describes it.
_DESCRIBED = re.compile(r"[jNn]{0,3}n(?=N)")
# A noun that ends its phrase, and what describes it.
_UNNAMED = re.compile(r"[jn]{0,2}n(?![nNp-])")
_FOLLOWING = ("s", "Q", ":", "t", "u", "d", "w")


def behind_recipient(unit: Unit, lemma: str, at: int) -> tuple[int, Span | None]:
    """The token behind the recipient, the day and the occasion; and the recipient where it is an outlet."""
    tags = unit.tags
    relay = None
    if tags[at : at + 1] in _OPENS_RECIPIENT and "addressed" in KINDS_OF_VERB[lemma]:
        start = at
        at = _behind_phrase(unit, at)
        rest = tags[_behind_occasion(unit, at) :]
        if lemma != "tell" and rest[:1] not in _FOLLOWING and rest[:2] != "rt":
            return start, None
        relay = outlet(unit, start)
    return _behind_occasion(unit, at), relay


def interviewer(unit: Unit) -> Span | None:
    """The outlet of "in an interview with ...", "speaking to ...", "interviewed by ..."; None where there is none."""
    lowers = unit.lowers
    if _ASKING.keys().isdisjoint(lowers):
        return None
    for word, behind in _ASKING.items():
        if word in lowers:
            at = lowers.index(word) + 1
            if at + 1 < len(lowers) and lowers[at] in behind:
                return outlet(unit, at + 1)
    return None


_ASKING = {
    "interview": ("with", "on", "to", "for"),
    "speaking": ("to", "with", "on"),
    "interviewed": ("by", "on"),
}


def outlet(unit: Unit, start: int) -> Span | None:
    """The outlet in the phrase that begins at `start`: the publisher, an outlet's name, or "the newspaper"."""
    if unit.lowers[start] == "us" and unit.outlets:
        return unit.span(start, start)
    if unit.lowers[start] in ("this", "our") and unit.lowers[start + 1 : start + 2] and _is_medium(unit, start + 1):
        return unit.span(start, start + 1)
    at = start + 1 if unit.tags[start] == pos.DETERMINER else start
    if (introduced := _behind_kind(unit, at)) is not None:
        return unit.span(introduced, _behind_names(unit, introduced) - 1)
    kind = _UNNAMED.match(unit.tags, at)
    if kind is not None and unit.lowers[kind.end() - 1] in word_list("closed", "unnamed_outlet"):
        return unit.span(at, kind.end() - 1)
    last = _behind_names(unit, at)
    names = unit.forms[at:last]
    outlets = word_list("closed", "outlet") | unit.outlets
    if any(name.lower() in outlets or (name.isupper() and len(name) > 1) for name in names):
        return unit.span(at, last - 1)
    return None


def _behind_kind(unit: Unit, at: int) -> int | None:
    """The name behind "news agency", "Swedish newspaper", "state television"; None where there is none."""
    described = _DESCRIBED.match(unit.tags, at)
    if described is None or unit.lowers[described.end() - 1] not in word_list("closed", "kind_of_outlet"):
        return None
    return described.end() if unit.tags[described.end() : described.end() + 1] == pos.NAME else None


def _behind_names(unit: Unit, at: int) -> int:
    while unit.tags[at : at + 1] == pos.NAME:
        at += 1
    return at


def _is_medium(unit: Unit, at: int) -> bool:
    return unit.lowers[at] in word_list("closed", "medium")


def _behind_phrase(unit: Unit, at: int) -> int:
    tags = unit.tags
    if tags[at] in pos.PRONOUNS:
        return at + 1
    marked = _MARKED.match(tags, at)
    if marked:
        return marked.end() + (tags[marked.end() : marked.end() + 2] == ",s")
    phrase = _PHRASE.match(tags, at)
    while phrase is not None:
        at = phrase.end()
        joined = unit.lowers[at : at + 1] and unit.lowers[at] in word_list("clauses", "of_recipient")
        phrase = _PHRASE.match(tags, at + 1) if joined else None
    return at


_PART_OF_TIME = ("late", "later", "early", "earlier")


def _behind_occasion(unit: Unit, at: int) -> int:
    """Behind "on Sunday", "in a statement", "during a rally in Iowa", where content still follows."""
    tags, lowers = unit.tags, unit.lowers
    size = len(tags)
    while at < size:
        behind = tags[at + 1 : at + 2]
        if (tags[at] == pos.TIME and behind != pos.POSSESSIVE) or (
            behind in _PERIOD and lowers[at] in word_list("clauses", "recent")
        ):
            at += 1
            while at < size and (tags[at] in pos.TIME_AND_NUMBER or lowers[at] in word_list("closed", "daytime")):
                at += 1
        elif tags[at] == pos.PREPOSITION and behind == pos.TIME:
            at += 1
        elif lowers[at] in _PART_OF_TIME and tags[at + 1 : at + 3] == "iz":
            # "Late on Tuesday".
            at += 2
        else:
            occasion = _OCCASION.match(tags, at)
            return occasion.end() if occasion and lowers[at] in word_list("clauses", "of_occasion") else at
    return at
