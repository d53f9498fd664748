"""Light-verb rules: "made the case for", "threw her support behind", "issued a statement saying"."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.attribution import AttributionType
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.lexicon import cues, particles_of_noun
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.rules.registry import Rule
from annotator.suggesters.syntax.clauses import content_end, limit, object_end
from annotator.suggesters.syntax.verb_groups import Predicate

_MESSAGE_FOLLOWS = pos.GERUND + pos.TIME
_NOUN_OR_GERUND = pos.NOUN + pos.GERUND
_WORDS_OF_NOUN = pos.POSSESSED_PHRASE + pos.ADVERB + pos.PARTICIPLE + pos.GERUND

# How many words may stand between the verb and its noun, and between "made clear" and its clause.
_REACH = 6


def carrying_verbs() -> frozenset[str]:
    """The lemmas of the verbs that may carry a noun."""
    return cues("light", "verbs")


def light_verb_findings(unit: Unit, predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions of a verb that only carries a noun: the cue is both, with the noun's preposition."""
    carrying = carrying_verbs()
    for predicate in predicates:
        if predicate.subject is None or predicate.passive or predicate.lemma not in carrying:
            continue
        finding = _made_clear(unit, predicate)
        noun = _noun(unit, predicate)
        if finding is None and noun is not None and noun + 2 < len(unit.tags):
            finding = _with_noun(unit, predicate, noun)
        if finding is not None:
            yield finding


def _made_clear(unit: Unit, predicate: Predicate) -> Finding | None:
    """Doe made (it) clear that ..."""
    tags, lowers = unit.tags, unit.lowers
    at = predicate.head + 1
    if lowers[at : at + 1] == ["it"]:
        at += 1
    if predicate.lemma != "make" or lowers[at : at + 1] != ["clear"]:
        return None
    for start in range(at + 1, min(at + _REACH, len(tags))):
        if lowers[start] in cues("light", "clause"):
            return _finding(unit, predicate, registry.MADE_CLEAR, at, start, content_end(unit, start))
    return None


def _noun(unit: Unit, predicate: Predicate) -> int | None:
    """The noun that attributes: it follows the verb with no more than its own words between."""
    tags = unit.tags
    first = predicate.head + 1
    for at in range(first, min(first + _REACH, len(tags) - 1)):
        if tags[at] in _NOUN_OR_GERUND and _attributes(unit, predicate, at):
            return at
        if tags[at] not in _WORDS_OF_NOUN:
            return None
    return None


def _attributes(unit: Unit, predicate: Predicate, noun: int) -> bool:
    """Whether what follows the noun is what it attributes."""
    tag, lower = unit.tags[noun + 1], unit.lowers[noun + 1]
    singular = unit.lowers[noun].removesuffix("s")
    if lower in particles_of_noun(singular):
        return True
    if tag == pos.PREPOSITION and lower != "of" and predicate.lemma in cues("light", "any_noun"):
        return True
    if lower == "that" and singular in cues("nouns", "clause"):
        return True
    return tag in _MESSAGE_FOLLOWS and singular in cues("light", "messages")


def _with_noun(unit: Unit, predicate: Predicate, noun: int) -> Finding | None:
    tags, lowers = unit.tags, unit.lowers
    after = noun + 2 if tags[noun + 1] == pos.TIME else noun + 1
    tag = tags[after : after + 1]
    if tag == pos.GERUND:
        start = after + 2 if tags[after + 1 : after + 2] == ":" else after + 1
        if start >= len(tags):
            return None
        return _finding(unit, predicate, registry.STATEMENT_SAYING, after, start, content_end(unit, start))
    if tag == pos.TO or lowers[after : after + 1] == ["that"]:
        return _finding(unit, predicate, registry.LIGHT_VERB, noun, after, content_end(unit, after))
    if after != noun + 1:
        return None
    start = after + 1
    end = content_end(unit, start) if tags[start] in pos.SUBORDINATING else object_end(unit, start)
    return _finding(unit, predicate, registry.LIGHT_VERB, after, start, end)


def _finding(unit: Unit, predicate: Predicate, rule: Rule, last: int, start: int, end: int) -> Finding | None:
    assert predicate.subject is not None
    end = min(end, limit(unit, predicate.subject, start))
    if end <= start:
        return None
    return Finding(
        rule,
        unit.span(*predicate.subject),
        unit.span(predicate.start, last),
        (unit.span(start, end - 1),),
        AttributionType.ATTITUDE if rule is registry.LIGHT_VERB else AttributionType.STATEMENT,
        negated=not word_list("closed", "negation").isdisjoint(unit.lowers[predicate.start : last]),
    )
