"""Finders: what looks through a unit for the attributions of each family of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import forms_of
from annotator.suggesters.reading.lexicon import attributing, attributing_nouns, cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.rules.fixed_expressions import fixed_expression_findings, words_of_expressions
from annotator.suggesters.rules.labels import label_findings
from annotator.suggesters.rules.light_verbs import light_verb_findings
from annotator.suggesters.rules.nouns import adjective_findings, noun_findings, words_of_adjectives
from annotator.suggesters.rules.passives import passive_findings, passive_lemmas
from annotator.suggesters.rules.quoting import PASSING_ON, with_cited
from annotator.suggesters.rules.registry import Family
from annotator.suggesters.rules.verbs import verb_findings
from annotator.suggesters.syntax.predicates import predicates_of
from annotator.suggesters.syntax.verb_groups import Predicate

Finder = Callable[[Unit, list[Predicate]], Iterator[Finding]]



class Asked(NamedTuple):
    """What finds the attributions of a family, and what a unit must have for it to be asked: a word or a mark of these.

    `words` are in lower case, `marks` are tags. Most units have none of the words of any family, and nobody looks at
    their verbs.
    """

    find: Finder
    words: Callable[[], frozenset[str]]
    marks: str = ""
    by_verbs: bool = True


FINDERS: dict[Family, Asked] = {
    Family.LIGHT_VERB: Asked(light_verb_findings, lambda: forms_of(cues("light", "verbs"))),
    Family.VERB: Asked(verb_findings, lambda: forms_of(attributing() | PASSING_ON), marks=pos.QUOTATION + ":"),
    Family.PASSIVE: Asked(passive_findings, lambda: forms_of(passive_lemmas())),
    Family.ADJECTIVE: Asked(adjective_findings, words_of_adjectives),
    Family.NOUN: Asked(noun_findings, attributing_nouns, by_verbs=False),
    Family.FIXED: Asked(fixed_expression_findings, words_of_expressions, by_verbs=False),
    Family.LABEL: Asked(label_findings, frozenset, marks=":-", by_verbs=False),
}
"""The finder of each family that reads units one by one; what joins units to each other makes the rest."""


@cache
def _words() -> frozenset[str]:
    """The words of all families."""
    return frozenset().union(*_words_by_family().values())


@cache
def _words_by_family() -> dict[Family, frozenset[str]]:
    return {family: asked.words() for family, asked in FINDERS.items()}


def findings_of(unit: Unit, *, keep: Callable[[Unit, Finding], bool]) -> list[Finding]:
    """What every rule finds in a unit and `keep` does not refuse, whether or not the cues overlap."""
    words, tags = _words().intersection(unit.lowers), unit.tags
    asked = [
        FINDERS[family]
        for family, known in _words_by_family().items()
        if not words.isdisjoint(known) or any(mark in tags for mark in FINDERS[family].marks)
    ]
    if not asked:
        return []
    predicates = predicates_of(unit) if any(finder.by_verbs for finder in asked) else []
    found = (finding for finder in asked for finding in finder.find(unit, predicates))
    return with_cited(unit, [finding for finding in found if keep(unit, finding)])
