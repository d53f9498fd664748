"""Noun and adjective rules: "his claim that ...", "criticism of ...", "is confident that ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.model.attribution import AttributionType
from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.lexicon import cues, led_to_by_nouns, particles_of_noun
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding, is_negated
from annotator.suggesters.syntax.clauses import (
    content_end,
    infinitive_end,
    interrupted,
    is_clause,
    object_end,
    second_verb,
)
from annotator.suggesters.syntax.phrases import Range, phrase_before
from annotator.suggesters.syntax.verb_groups import Predicate

_NOUN = re.compile(pos.NOUN)


def noun_findings(unit: Unit, _predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions that nouns make: a possessor's, or nobody's where a clause follows."""
    tags, lowers, leading = unit.tags, unit.lowers, led_to_by_nouns()
    for match in _NOUN.finditer(tags, 0, max(len(tags) - 2, 0)):
        at = match.start()
        if lowers[at + 1] not in leading:
            continue
        noun = lowers[at].removesuffix("s")
        if noun in cues("nouns", "clause") and tags[at + 1] == pos.SUBORDINATOR and lowers[at + 1] == "that":
            finding = _with_clause(unit, at, noun)
        elif lowers[at + 1] in particles_of_noun(noun) and noun not in cues("nouns", "held"):
            finding = _with_object(unit, at)
        else:
            continue
        if finding is not None:
            yield finding


def _with_clause(unit: Unit, at: int, noun: str) -> Finding | None:
    """Her claim that ...; and where nobody is named, claims that ..."""
    first, start = _first_of_cue(unit, at), at + 1
    source = _possessor(unit, first)
    if source is None and noun in cues("nouns", "owned"):
        return None
    end = _clause_end(unit, first, start)
    if end <= start:
        return None
    if source is None and first > 0 and unit.tags[first - 1] == pos.DETERMINER:
        first -= 1
    rule = registry.NOUN_CLAUSE if source else registry.NOUN_SOURCELESS
    return Finding(rule, source, unit.span(first, at), (unit.span(start, end - 1),))


def _with_object(unit: Unit, at: int) -> Finding | None:
    """Her criticism of ...; her promise to ..."""
    first = _first_of_cue(unit, at)
    source = _possessor(unit, first)
    if source is None:
        return None
    start = at + 1 if unit.tags[at + 1] == pos.TO else at + 2
    end = min(object_end(unit, start), interrupted(unit, start))
    if end <= start:
        return None
    content, cue = (unit.span(start, end - 1),), unit.span(first, start - 1)
    return Finding(registry.NOUN_OBJECT, source, cue, content, AttributionType.ATTITUDE)


def _first_of_cue(unit: Unit, noun: int) -> int:
    """Where the adjectives of a noun begin."""
    first = noun
    while first > 0 and unit.tags[first - 1] in pos.ADJECTIVAL and unit.starts[first] - unit.ends[first - 1] == 1:
        first -= 1
    return first


def _clause_end(unit: Unit, first: int, start: int) -> int:
    """Behind the clause at `start`: "her claim that the ramp was safe was false" ends before the second verb."""
    end = content_end(unit, start)
    if is_clause(unit.tags[:first]):
        return end
    verb = second_verb(unit, start + 1)
    if verb >= end:
        return end
    comma = unit.tags.rfind(",", start, verb)
    return comma if comma > 0 and is_clause(unit.tags[comma + 1 :], start_only=True) else verb


def _possessor(unit: Unit, first: int) -> Span | None:
    """Whose it is: "Doe's", "their"."""
    tags = unit.tags
    if first == 0:
        return None
    if tags[first - 1] == pos.POSSESSIVE and first > 1:
        phrase = phrase_before(unit, first - 2)
        return unit.span(phrase[0], first - 1) if phrase else None
    if unit.lowers[first - 1] in cues("nouns", "possessive"):
        return unit.span(first - 1, first - 1)
    return None


def words_of_adjectives() -> frozenset[str]:
    """The words that tell of an adjective's attribution."""
    return cues("adjectives", "of_mind") | {"about"}


def adjective_findings(unit: Unit, predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions of "is confident that", "are worried about", "was unwilling to"."""
    for predicate in predicates:
        # "Was pleased" is a passive to the grammar.
        if predicate.subject is None or not (predicate.passive or predicate.lemma in cues("adjectives", "behind")):
            continue
        at = predicate.head if predicate.passive else _behind_adverbs(unit, predicate.head + 1)
        if at + 2 < len(unit.tags) and _of_mind(unit, at):
            finding = _of_adjective(unit, predicate, predicate.subject, at)
            if finding is not None:
                yield finding


def _behind_adverbs(unit: Unit, at: int) -> int:
    while unit.tags[at : at + 1] == pos.ADVERB:
        at += 1
    return at


def _of_adjective(unit: Unit, predicate: Predicate, subject: Range, at: int) -> Finding | None:
    """What the adjective (or participle) at a token attributes to the subject."""
    tags, start = unit.tags, at + 1
    if tags[start] != pos.TO and unit.lowers[start] in cues("adjectives", "preposition"):
        start += 1
        end = object_end(unit, start)
    elif tags[start] == pos.TO:
        end = infinitive_end(unit, start)
    elif tags[start] == pos.SUBORDINATOR:
        end = content_end(unit, start)
    else:
        return None
    if end <= start:
        return None
    cue, content = unit.span(predicate.start, start - 1), (unit.span(start, end - 1),)
    negated = is_negated(unit, predicate) or "not" in unit.lowers[predicate.head : at]
    return Finding(registry.ADJECTIVE, unit.span(*subject), cue, content, AttributionType.BELIEF, negated=negated)


def _of_mind(unit: Unit, at: int) -> bool:
    """Whether the word says what somebody thinks or feels: a listed one, or any adjective with "about"."""
    if unit.lowers[at] in cues("adjectives", "of_mind"):
        return True
    return unit.tags[at] == pos.ADJECTIVE and unit.lowers[at + 1] == "about"
