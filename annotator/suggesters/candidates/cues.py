"""Candidates for the cue: every word that may attribute, in each extent that a cue of its kind can have."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from annotator.model.candidates import Marks
from annotator.model.late import dataclass
from annotator.model.span import Span
from annotator.suggesters.candidates.near import Near, Proposed
from annotator.suggesters.candidates.steps import ANY, HARDLY, LIKELY, UNLIKELY, VERY
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import lemma_of
from annotator.suggesters.reading.lexicon import cues, particles, particles_of_noun
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.syntax.predicates import predicates_of
from annotator.suggesters.syntax.verb_groups import Predicate

_DEGREE = pos.ADJECTIVAL + pos.ADVERB + pos.DETERMINER + pos.GERUND
_ENDS_NOUN_CUE = pos.any_of(pos.BE, pos.GERUND, pos.ADVERB, ":")
_MODIFIES_NOUN = pos.NOUNS + pos.ADJECTIVAL + pos.GERUND + pos.NUMBER
_ONE_MORE = pos.AUXILIARY + pos.ADVERB + pos.DO + pos.TO + pos.RELATIVE + pos.PREPOSITION
_PARTICLES = pos.any_of(pos.PREPOSITION, pos.ADVERB, pos.SUBORDINATOR, pos.NAME)

_PREPOSITIONS = frozenset(["about", "against", "at", "for", "of", "on", "over", "toward", "with"])
# What may follow a verb within its cue, behind the verb's last word.
_BEHIND_VERB = tuple(
    (re.compile(pattern), steps)
    for pattern, steps in (
        (r"r", UNLIKELY),  # spoke highly
        (r"r+i", ANY),  # spoke highly of
        (r"r?tr*[bB]", UNLIKELY),  # declined to comment
        (r"t", HARDLY),  # pledged to
        (r"[dp]?[jeg#N]*n(?![nN])", HARDLY),  # lost faith
        (r"[ou]i", UNLIKELY),  # thanked her for
        (r":", VERY),  # said:
        (r"[^:;.?!Qs]{1,8}:", UNLIKELY),  # said in a statement:
    )
)
# The same behind a verb of saying or thinking alone.
_BEHIND_SPEAKING = tuple(
    (re.compile(pattern), steps)
    for pattern, steps in (
        (r"i?z[nz#]?", UNLIKELY),  # said on Tuesday
        (r"id?[jneN]*?n(?![nN])", HARDLY),  # said in an interview
        (r"r?id?[jnegzN#]*n(?![nN])", UNLIKELY),  # said again in an interview on Tuesday night
    )
)
# The same where the noun is one that attributes.
_BEHIND_TELLING = tuple(
    (re.compile(pattern), steps)
    for pattern, steps in (
        (r"[dp]?[jeg#N]*(n)(?![nN])", UNLIKELY),  # raised doubts
        (r"[dp]?[jeg#Nn]*(n)i", LIKELY),  # raised doubts about
        (r"id?[jneN]*?(n)(?![nN])", UNLIKELY),  # said in a statement
    )
)
_MODIFIERS = 4
_REACH = 8
# In the unit before the claim's and in the one behind; where a suggestion has its cue.
_ELSEWHERE = _SUGGESTED = 2 * HARDLY
# Steps behind the likeliest that a cue may be to be offered where none is marked.
_WITHIN = 4
# The word that is marked, in another extent.
_SAME_WORD = 2 * VERY


@dataclass(frozen=True, slots=True)
class Cue:
    """The tokens `first` to `last` (both included) as a cue of the word at `head`.

    In steps: `word` is how likely such a word attributes, and `extent` how likely a cue of it has this extent.
    """

    head: int
    first: int
    last: int
    word: int
    extent: int


def ranked_cues(near: Sequence[Near], marks: Marks, proposed: Proposed) -> list[tuple[int, Span]]:
    """The cues that may be meant, each with its steps, best first."""
    found: dict[Span, int] = {}
    for unit, distance in near:
        place = cache(lambda at, unit=unit: proposed.place(unit.span(at, at)))
        for cue in cues_of(unit):
            steps = cue.extent + (_ELSEWHERE if distance else ANY)
            if marks.cue is not None and unit.span(cue.head, cue.head).overlaps(marks.cue):
                steps += _SAME_WORD
            else:
                steps += cue.word + {"free": ANY, "inside": UNLIKELY, "suggested": _SUGGESTED}[place(cue.head)]
            span = unit.span(cue.first, cue.last)
            found[span] = max(steps, found.get(span, steps))
    least = max(found.values(), default=0) - _WITHIN if marks.cue is None else min(found.values(), default=0)
    likely = [(steps, span) for span, steps in found.items() if steps >= least]
    return sorted(likely, key=lambda row: (-row[0], row[1]))


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
        if tag == pos.NOUN:
            yield from _nominal(unit, at, heads)
        elif tag in pos.ADJECTIVAL and at not in heads:
            yield from _adjectival(unit, at, heads)
        elif tag == ":":
            yield Cue(at, at, at, LIKELY, ANY)


def _verbal(unit: Unit, predicate: Predicate, before: Predicate | None) -> Iterator[Cue]:
    word = VERY if _speaks(predicate.lemma) else UNLIKELY if predicate.lemma in _words("deeds") else LIKELY
    if predicate.form == "infinitive" and word < VERY:
        word += UNLIKELY
    starts = list(_starts_of_verb(unit, predicate))
    if before is not None and predicate.form in ("infinitive", "gerund") and _governs(unit, before, predicate.start):
        starts.append((before.start, ANY))
    for last, end in _ends_of_verb(unit, predicate):
        for first, start in starts:
            yield Cue(predicate.head, first, last, word, start + end)


@cache
def _words(name: str) -> frozenset[str]:
    path = Path(__file__).with_name("candidates.toml")
    return frozenset(tomllib.loads(path.read_text(encoding="utf-8"))[name].split())


@cache
def _speaks(lemma: str) -> bool:
    return any(lemma in cues("verbs", group) for group in ("say", "think", "object", "intend"))


@cache
def _tells(noun: str) -> bool:
    """Whether a noun attributes; many that are verbs of saying too do ("a vow", "the praise")."""
    singular = _singular(noun)
    listed = singular in cues("nouns", "clause") or singular in _words("nouns") or bool(particles_of_noun(singular))
    return listed or _speaks(singular)


def _governs(unit: Unit, verb: Predicate, at: int) -> bool:
    """Whether a verb stands so near before a token that both may be one cue: "took pains to say"."""
    between = unit.tags[verb.head + 1 : at]
    return len(between) <= _REACH and set(between).isdisjoint(',;:.?!-Qsw"vxmhy')


def _chain(unit: Unit, predicate: Predicate) -> Iterator[Cue]:
    """ "Seemed" of "seemed to doubt": the verbs that lead to the last one."""
    for at in range(predicate.start, predicate.head):
        if unit.tags[at] in pos.VERBS and "t" in unit.tags[at + 1 : predicate.head]:
            led = Predicate(predicate.start, at, lemma_of(unit.lowers[at]), "leading", passive=False)
            yield from _verbal(unit, led, None)


def _starts_of_verb(unit: Unit, predicate: Predicate) -> Iterator[tuple[int, int]]:
    yield predicate.start, ANY
    # Of "has not said" also "not said" and "said"; and one word more before it.
    for at in range(predicate.start + 1, predicate.head + 1):
        yield at, HARDLY
    if predicate.start and unit.tags[predicate.start - 1] in _ONE_MORE:
        yield predicate.start - 1, HARDLY


def _ends_of_verb(unit: Unit, predicate: Predicate) -> Iterator[tuple[int, int]]:
    tags, lowers, head = unit.tags, unit.lowers, predicate.head
    yield head, ANY
    if tags[head + 1 : head + 2] in _PARTICLES and lowers[head + 1] in particles(predicate.lemma):
        yield head + 1, LIKELY
    elif tags[head + 1 : head + 2] == pos.PREPOSITION:
        yield head + 1, UNLIKELY
    for pattern, steps in (*_BEHIND_VERB, *(_BEHIND_SPEAKING if _speaks(predicate.lemma) else ())):
        match = pattern.match(tags, head + 1)
        if match is not None:
            yield match.end() - 1, steps
    for pattern, steps in _BEHIND_TELLING:
        match = pattern.match(tags, head + 1)
        if match is not None and _tells(lowers[match.start(1)]):
            yield match.end() - 1, steps


def _nominal(unit: Unit, at: int, heads: dict[int, Predicate]) -> Iterator[Cue]:
    tells = _tells(unit.lowers[at])
    starts = list(_starts_of_noun(unit, at, heads, tells=tells))
    for last, end in _ends_of_noun(unit, at, tells=tells):
        for first, start in starts:
            yield Cue(at, first, last, LIKELY if tells else UNLIKELY, start + end)


def _starts_of_noun(unit: Unit, at: int, heads: dict[int, Predicate], *, tells: bool) -> Iterator[tuple[int, int]]:
    tags, first = unit.tags, at
    yield at, ANY
    while first and tags[first - 1] in _MODIFIES_NOUN and at - first < _MODIFIERS:
        first -= 1
        yield first, UNLIKELY
    if first == at and at and tags[at - 1] == pos.ADVERB:
        yield at - 1, ANY
    if first and tags[first - 1] in pos.DETERMINERS:
        first -= 1
        yield first, UNLIKELY
    # "Raised doubts", "spoke in favor", "took a dim view": the verb whose object the noun is.
    for back in range(first - 1, max(first - 1 - _REACH, -1), -1):
        if back in heads:
            if _governs(unit, heads[back], at):
                yield heads[back].start, UNLIKELY if tells else ANY
            break


def _ends_of_noun(unit: Unit, at: int, *, tells: bool) -> Iterator[tuple[int, int]]:
    tags, following = unit.tags, unit.tags[at + 1 : at + 2]
    yield at, ANY if tells else UNLIKELY
    if following == pos.PREPOSITION:
        preposition = unit.lowers[at + 1]
        if preposition in particles_of_noun(_singular(unit.lowers[at])):
            yield at + 1, LIKELY
        else:
            yield at + 1, UNLIKELY if preposition not in _PREPOSITIONS else ANY if tells else LIKELY
    elif following in _ENDS_NOUN_CUE:
        yield at + 1, ANY
    elif following == pos.TO:
        yield at + 1, HARDLY
        if tags[at + 2 : at + 3] == pos.BASE:
            yield at + 2, UNLIKELY


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    return noun if noun.endswith(("ss", "us", "is")) else noun.removesuffix("s")


def _adjectival(unit: Unit, at: int, heads: dict[int, Predicate]) -> Iterator[Cue]:
    tags, lowers = unit.tags, unit.lowers
    word = LIKELY if lowers[at] in cues("adjectives", "of_mind") or lowers[at] in _words("adjectives") else HARDLY
    starts = [(at, UNLIKELY)]
    first = at
    while first and tags[first - 1] in _DEGREE and first - 1 not in heads and at - first < _MODIFIERS:
        first -= 1
    if first < at:
        starts.append((first, UNLIKELY))
    governor = heads.get(first - 1) or heads.get(at - 1)
    if governor is not None:
        starts.append((governor.start, ANY))
        if governor.start and lowers[governor.start - 1] in ("it", "there"):
            starts.append((governor.start - 1, ANY))
    for begin, start in starts:
        yield Cue(at, begin, at, word, start)
        if tags[at + 1 : at + 2] == pos.PREPOSITION:
            yield Cue(at, begin, at + 1, word, start + LIKELY)
