"""Introductions: what ends in a colon, or in a full stop before a quotation, and so introduces what comes next."""

from __future__ import annotations

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import lemma_of
from annotator.suggesters.reading.lexicon import KINDS_OF_VERB, cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding, of_predicate
from annotator.suggesters.rules.registry import Rule
from annotator.suggesters.syntax.clauses import is_clause
from annotator.suggesters.syntax.phrases import phrase_before
from annotator.suggesters.syntax.verb_groups import Predicate

# An introduction as short as this is all cue: "released the following statement:".
_SHORT = 7
_BEHIND_WORDS = ("", *".,;:?!-)c")


def introduction(unit: Unit, predicates: list[Predicate]) -> Finding | None:
    """Doe released the following statement: - whatever its verb, a unit that ends in a colon may introduce."""
    if not unit.tags.endswith(":"):
        return None
    if unit.lowers[-3:] == ["as", "follows", ":"]:
        thing = phrase_before(unit, len(unit.tags) - 4)
        last = len(unit.tags) - 1
        return Finding(registry.INTRODUCTION, unit.span(*thing), unit.span(last - 2, last), ()) if thing else None
    for predicate in reversed(predicates):
        if predicate.form != "finite" or predicate.subject is None or predicate.shared or predicate.passive:
            continue
        if predicate.lemma in cues("verbs", "say") or predicate.lemma in cues("verbs", "silent"):
            return None
        size = len(unit.tags)
        last = size - 1 if size - predicate.head <= _SHORT else predicate.head
        return of_predicate(unit, predicate, registry.INTRODUCTION, [], last=last)
    return None


def introduces(unit: Unit, predicate: Predicate, behind: int, *, colon: bool) -> Rule | None:
    """The rule by which the verb introduces what the next unit says; None where it does not."""
    tags = unit.tags
    if behind >= len(tags):
        return registry.COLON if colon else None
    if "say" not in KINDS_OF_VERB[predicate.lemma]:
        return None
    if tags[behind:] == "." and behind == predicate.head + 1 and not predicate.shared:
        return registry.SPEAKER_STOP
    if tags.endswith(":") and "s" not in tags[behind:] and not is_clause(tags[behind:]):
        return registry.LATE_COLON
    return None


def before_colon(unit: Unit, predicate: Predicate) -> Finding | None:
    """She went further: "..." - a clause whose verb does not speak, and a quotation behind its colon."""
    tags = unit.tags
    colon = tags.find(":Q", predicate.head)
    if colon < 0 or predicate.form != "finite" or predicate.shared or is_clause(tags[predicate.head + 1 : colon]):
        return None
    if ":" in tags[predicate.head : colon] or _is_led(unit, colon):
        return None
    if tags[colon + 2 : colon + 3] not in _BEHIND_WORDS:
        # "Forces resume assault: "fierce" clashes": a scare quote is nobody's.
        return None
    last = colon if colon - predicate.head <= _SHORT else predicate.head
    return of_predicate(unit, predicate, registry.BEFORE_COLON, [unit.span(colon + 1, colon + 1)], last=last)


def _is_led(unit: Unit, colon: int) -> bool:
    """ "It would pay, adding: "We regret it"": the participle before the colon has a speaker of its own."""
    verb = len(unit.tags[:colon].rstrip("r")) - 1
    return unit.tags[verb] == pos.GERUND and lemma_of(unit.lowers[verb]) in cues("verbs", "say")
