"""Noun and adjective rules: "his claim that ...", "criticism of ...", "is confident that ..."."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.attribution import AttributionType
from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.lexicon import cues, particles_of_noun
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
from annotator.suggesters.syntax.phrases import phrase_before
from annotator.suggesters.syntax.verb_groups import Predicate


def noun_findings(unit: Unit, _predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions that nouns make: a possessor's, or nobody's where a clause follows."""
    tags, lowers = unit.tags, unit.lowers
    for at in range(len(tags) - 2):
        if tags[at] != pos.NOUN:
            continue
        noun = lowers[at].removesuffix("s")
        clausal = noun in cues("nouns", "clause") and tags[at + 1] == pos.SUBORDINATOR and lowers[at + 1] == "that"
        if not clausal and lowers[at + 1] not in particles_of_noun(noun):
            continue
        first = at
        while first > 0 and tags[first - 1] in pos.ADJECTIVAL and unit.starts[first] - unit.ends[first - 1] == 1:
            first -= 1
        source = _possessor(unit, first)
        if source is None and (not clausal or noun in cues("nouns", "owned")):
            continue
        if not clausal and noun in cues("nouns", "held"):
            continue
        start = at + 1 if clausal or tags[at + 1] == pos.TO else at + 2
        end = _clause_end(unit, first, start) if clausal else min(object_end(unit, start), interrupted(unit, start))
        if end > start:
            rule, kind = (registry.NOUN_OBJECT, AttributionType.ATTITUDE)
            if clausal:
                rule, kind = registry.NOUN_CLAUSE if source else registry.NOUN_SOURCELESS, AttributionType.STATEMENT
            if source is None and first > 0 and tags[first - 1] == pos.DETERMINER:
                first -= 1
            yield Finding(rule, source, unit.span(first, start - 1), (unit.span(start, end - 1),), kind)


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


def adjective_findings(unit: Unit, predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions of "is confident that", "are worried about", "was unwilling to"."""
    tags, lowers = unit.tags, unit.lowers
    for predicate in predicates:
        # "Was pleased" is a passive to the grammar.
        at = predicate.head
        if predicate.subject is None or not (predicate.passive or predicate.lemma in cues("adjectives", "behind")):
            continue
        if not predicate.passive:
            at += 1
            while tags[at : at + 1] == pos.ADVERB:
                at += 1
        if at + 2 >= len(tags) or not _of_mind(unit, at):
            continue
        if tags[at + 1] != pos.TO and lowers[at + 1] in cues("adjectives", "preposition"):
            start, end = at + 2, object_end(unit, at + 2)
        elif tags[at + 1] in pos.CONTENT_LINKS:
            start, end = at + 1, infinitive_end(unit, at + 1) if tags[at + 1] == pos.TO else content_end(unit, at + 1)
        else:
            continue
        if end > start:
            source, cue = unit.span(*predicate.subject), unit.span(predicate.start, start - 1)
            content = (unit.span(start, end - 1),)
            negated = is_negated(unit, predicate) or "not" in lowers[predicate.head : at]
            yield Finding(registry.ADJECTIVE, source, cue, content, AttributionType.BELIEF, negated=negated)


def _of_mind(unit: Unit, at: int) -> bool:
    """Whether the word says what somebody thinks or feels: a listed one, or any adjective with "about"."""
    if unit.lowers[at] in cues("adjectives", "of_mind"):
        return True
    return unit.tags[at] == pos.ADJECTIVE and unit.lowers[at + 1] == "about"
