"""Candidates for the cue: every word that may attribute, in each extent that a cue of its kind can have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.suggesters.candidate_shares import shares
from annotator.suggesters.grammar import lemma_of
from annotator.suggesters.lexicon import cues, particles, particles_of_noun
from annotator.suggesters.predicates import Predicate, predicates_of
from annotator.suggesters.units import Unit

# What may follow a verb within its cue, each behind the verb's last word.
_BEHIND_VERB = {
    name: re.compile(pattern)
    for name, pattern in {
        "time": r"z[nz#]?",
        "on_time": r"iz[nz#]?",
        "lately": r"r[nz]|rdn",
        "occasion": r"id?[jneN]*?n(?![nN])",
        "occasion_of": r"id?[jneN]*?ni[dp]?[jnN]*?[nN](?![nN])",
        "occasion_time": r"i[dp]?[jneNzg#]*n[zr]",
        "occasion_long": r"r?id?[jnegzN#]*n(?![nN])",
        "to_do": r"r?tr*[bB]",
        "to_do_with": r"r?tr*[bB][ir]",
        "to": r"t",
        "thing": r"[dp]?[jeg#N]*n(?![nN])",
        "thing_with": r"[dp]?[jeg#Nn]*ni",
        "thing_doing": r"[dp]?[jeg#Nn]*n[gt]",
        "manner": r"r",
        "manner_with": r"r+i",
        "two": r"ii",
        "it": r"[ou]",
        "it_with": r"[ou]i",
        "colon": r":",
        "late_colon": r"[^:;.?!Qs]{1,8}:",
        "how": r"[je]",
        "how_with": r"[je]i",
        "doing": r"ig",
    }.items()
}
_MODIFIERS = 4
_REACH = 8
_PREPOSITIONS = frozenset(
    ["of", "in", "on", "at", "by", "for", "from", "with", "about", "against", "over", "toward", "as", "into", "after"]
)


@dataclass(frozen=True, slots=True)
class Cue:
    """The tokens `first` to `last` (both included) as a cue of the word `word` at `head`, and what is known of them.

    `kind` is the word's: verb, noun, adjective, adverb or mark; `start` and `end` name the extent to either side, and
    `form` and `behind` what shape the word has and what follows it.
    """

    head: int
    first: int
    last: int
    kind: str
    word: str
    start: str
    end: str
    form: str
    behind: str


def cues_of(unit: Unit) -> Iterator[Cue]:
    """Every cue that the unit may hold, in every extent."""
    predicates = predicates_of(unit)
    before: Predicate | None = None
    for predicate in predicates:
        yield from _verbal(unit, predicate, before)
        yield from _chain(unit, predicate)
        before = predicate
    heads = {predicate.head: predicate for predicate in predicates}
    for at, tag in enumerate(unit.tags):
        if tag == "n":
            yield from _nominal(unit, at, heads)
        elif tag in "je" and at not in heads:
            yield from _adjectival(unit, at, heads)
        elif tag == "N" and (unit.kind.value == "headline" or not unit.lowers[at].endswith(("s", "ed")) or at == 0):
            lemma = lemma_of(unit.lowers[at])
            if lemma != unit.lowers[at] or unit.kind.value == "headline":
                yield from _verbal(unit, Predicate(at, at, lemma, "name", passive=False))
        elif tag == "r" and at not in heads:
            yield _cue(unit, at, at, "adverb", unit.lowers[at], "", "", at, "adverb")
        elif tag == ":":
            yield _cue(unit, at, at, "mark", ":", "", "", at, "mark")
        elif unit.lowers[at] == "according" and unit.lowers[at + 1 : at + 2] == ["to"]:
            yield _cue(unit, at, at + 1, "mark", "according", "", "", at + 1, "mark")


def listed(kind: str, word: str) -> bool:
    """Whether the lexicon knows a word of this kind as one that attributes."""
    if kind == "verb":
        return any(word in cues("verbs", group) for group in ("say", "think", "object", "intend"))
    if kind == "noun":
        return word in cues("nouns", "clause") or bool(particles_of_noun(word))
    return word in cues("adjectives", "of_mind") or word in cues("fixed", "adverb") or kind == "mark"


def _cue(unit: Unit, first: int, last: int, kind: str, word: str, start: str, end: str, head: int, form: str) -> Cue:
    return Cue(head, first, last, kind, word, start, end, form, _behind(unit, head))


def _behind(unit: Unit, head: int) -> str:
    """What follows a word, as far as it tells whether the word attributes."""
    tags = unit.tags
    following = tags[head + 1 : head + 2]
    if not following:
        return "end"
    if following == "s":
        return "that" if unit.lowers[head + 1] == "that" else "clause"
    if following in ",;" and tags[head + 2 : head + 3] == "Q":
        return "Q"
    groups = {"Q": "Q", ":": "colon", "t": "to", "w": "clause", "i": "with", ",": "stop", ".": "stop"}
    return groups.get(following, "word" if following in "dnNj#poueg" else "verb" if following in "vbxmhy" else "other")


def _verbal(unit: Unit, predicate: Predicate, before: Predicate | None = None) -> Iterator[Cue]:
    form = "passive" if predicate.passive else predicate.form
    starts = list(_starts_of_verb(unit, predicate))
    if before is not None and _governs(unit, before, predicate.start) and form in ("infinitive", "gerund"):
        starts.append((before.start, "governor"))
    for last, end in _ends_of_verb(unit, predicate):
        for first, start in starts:
            yield _cue(unit, first, last, "verb", predicate.lemma, start, end, predicate.head, form)


def _governs(unit: Unit, verb: Predicate, at: int) -> bool:
    """Whether a verb stands so near before a token that both may be one cue: "took pains to say"."""
    between = unit.tags[verb.head + 1 : at]
    return len(between) <= _REACH and set(between).isdisjoint(',;:.?!-Qsw"vxmhy')


def _chain(unit: Unit, predicate: Predicate) -> Iterator[Cue]:
    """ "Seemed" of "seemed to doubt": the verbs that lead to the last one."""
    for at in range(predicate.start, predicate.head):
        if unit.tags[at] in "vbge" and "t" in unit.tags[at + 1 : predicate.head]:
            led = Predicate(predicate.start, at, lemma_of(unit.lowers[at]), "leading", passive=False)
            yield from _verbal(unit, led)


def _starts_of_verb(unit: Unit, predicate: Predicate) -> Iterator[tuple[int, str]]:
    tags, start, head = unit.tags, predicate.start, predicate.head
    yield start, "group"
    if start < head:
        yield head, "head"
    at = start
    while at + 1 < head:
        at += 1
        yield at, "without_adverb" if tags[at - 1] == "r" and at == start + 1 else "part"
    if start:
        before = tags[start - 1]
        if before in "rmhxytwi":
            yield start - 1, {"r": "adverb", "t": "to", "w": "relative", "i": "in"}.get(before, "auxiliary")


def _ends_of_verb(unit: Unit, predicate: Predicate) -> Iterator[tuple[int, str]]:
    tags, lowers, head = unit.tags, unit.lowers, predicate.head
    yield head, "head"
    if tags[head + 1 : head + 2] in ("i", "r", "s", "N") and lowers[head + 1] in particles(predicate.lemma):
        yield head + 1, "particle"
    elif tags[head + 1 : head + 2] == "i" or (predicate.form == "name" and lowers[head + 1 : head + 2] == ["to"]):
        yield head + 1, _with(lowers[head + 1])
    for name, pattern in _BEHIND_VERB.items():
        match = pattern.match(tags, head + 1)
        if match is not None:
            yield match.end() - 1, f"{name}_told" if name in _THINGS and _tells(unit, match.end(), name) else name


def _with(preposition: str) -> str:
    return f"with_{preposition}" if preposition in _PREPOSITIONS else "with"


_THINGS = {"thing": 1, "thing_with": 2, "thing_doing": 2, "occasion": 1}


def _tells(unit: Unit, end: int, name: str) -> bool:
    """Whether the noun before token `end` can attribute by itself."""
    noun = _singular(unit.lowers[end - _THINGS[name]])
    return shares("word.noun").get(noun, 1.0 if not listed("noun", noun) else 2.0) > 1.0


_BEHIND_NOUN = {"x": "be", "t": "to", ":": "colon", "g": "doing", "r": "adverb"}


def _nominal(unit: Unit, at: int, heads: dict[int, Predicate]) -> Iterator[Cue]:
    noun = _singular(unit.lowers[at])
    starts = list(_starts_of_noun(unit, at, heads))
    for last, end in _ends_of_noun(unit, at, noun):
        for first, start in starts:
            yield _cue(unit, first, last, "noun", noun, start, end, at, "noun")


def _starts_of_noun(unit: Unit, at: int, heads: dict[int, Predicate]) -> Iterator[tuple[int, str]]:
    tags, first = unit.tags, at
    yield at, "noun"
    while first and tags[first - 1] in "jegnN#" and unit.starts[first] - unit.ends[first - 1] == 1:
        if at - first == _MODIFIERS:
            break
        first -= 1
        yield first, "modifier" if at - first == 1 else "modifiers"
    if first == at and at and tags[at - 1] == "r":
        yield at - 1, "adverb"
    if first and tags[first - 1] in "dp":
        first -= 1
        yield first, "determiner" if tags[first] == "d" else "possessive"
    governor = heads.get(first - 1)
    if governor is not None:
        yield governor.start, "verb"
        if governor.start < governor.head:
            yield governor.head, "verb_head"
    elif first and tags[first - 1] == "i":
        yield first - 1, "in"
        governor = heads.get(first - 2)
        if governor is not None:
            yield governor.start, "verb_in"
    if governor is None:
        far = next((heads[back] for back in range(first - 1, max(first - _REACH, 0), -1) if back in heads), None)
        if far is not None and _governs(unit, far, at):
            yield far.start, "verb_far"


def _ends_of_noun(unit: Unit, at: int, noun: str) -> Iterator[tuple[int, str]]:
    tags, following = unit.tags, unit.tags[at + 1 : at + 2]
    yield at, "noun"
    if following == "i":
        preposition = unit.lowers[at + 1]
        yield at + 1, "particle" if preposition in particles_of_noun(noun) else _with(preposition)
    elif following in _BEHIND_NOUN:
        yield at + 1, _BEHIND_NOUN[following]
    if tags[at + 1 : at + 3] == "tb":
        yield at + 2, "to_do"


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    return noun if noun.endswith(("ss", "us", "is")) else noun.removesuffix("s")


def _adjectival(unit: Unit, at: int, heads: dict[int, Predicate]) -> Iterator[Cue]:
    tags, lowers = unit.tags, unit.lowers
    starts = [(at, "adjective")]
    first = at
    while first and tags[first - 1] in "rjedg" and first - 1 not in heads and at - first < _MODIFIERS:
        first -= 1
    if first < at:
        starts.append((first, "adverb"))
    governor = heads.get(first - 1) or heads.get(at - 1)
    if governor is not None:
        starts.append((governor.start, "verb"))
        if governor.start and lowers[governor.start - 1] in ("it", "there"):
            starts.append((governor.start - 1, "it"))
    ends = [(at, "adjective")]
    if tags[at + 1 : at + 2] == "i":
        ends.append((at + 1, "with"))
    elif tags[at + 1 : at + 2] == "t":
        ends.append((at + 1, "to"))
    for last, end in ends:
        for begin, start in starts:
            yield _cue(unit, begin, last, "adjective", lowers[at], start, end, at, "adjective")
