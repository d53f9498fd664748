"""Finders: what looks through a unit for the attributions of each family of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.rules.fixed_expressions import fixed_expression_findings
from annotator.suggesters.rules.labels import label_findings
from annotator.suggesters.rules.light_verbs import light_verb_findings
from annotator.suggesters.rules.nouns import adjective_findings, noun_findings
from annotator.suggesters.rules.passives import passive_findings
from annotator.suggesters.rules.quoting import with_cited
from annotator.suggesters.rules.registry import Family
from annotator.suggesters.rules.verbs import verb_findings
from annotator.suggesters.syntax.predicates import predicates_of
from annotator.suggesters.syntax.verb_groups import Predicate

Finder = Callable[[Unit, list[Predicate]], Iterator[Finding]]

FINDERS: dict[Family, Finder] = {
    Family.LIGHT_VERB: light_verb_findings,
    Family.VERB: verb_findings,
    Family.PASSIVE: passive_findings,
    Family.ADJECTIVE: adjective_findings,
    Family.NOUN: noun_findings,
    Family.FIXED: fixed_expression_findings,
    Family.LABEL: label_findings,
}
"""The finder of each family that reads units one by one; what joins units to each other makes the rest."""


def findings_of(unit: Unit, *, keep: Callable[[Unit, Finding], bool]) -> list[Finding]:
    """What every rule finds in a unit and `keep` does not refuse, whether or not the cues overlap."""
    predicates = predicates_of(unit)
    found = (finding for finder in FINDERS.values() for finding in finder(unit, predicates))
    return with_cited(unit, [finding for finding in found if keep(unit, finding)])
