"""Finders: what looks through a unit for the attributions of each family of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from annotator.model.late import NamedTuple
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.lexicon import attributing_nouns
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.rules.fixed_expressions import fixed_expression_findings, words_of_expressions
from annotator.suggesters.rules.labels import label_findings
from annotator.suggesters.rules.light_verbs import carrying_verbs, light_verb_findings
from annotator.suggesters.rules.nouns import adjective_findings, noun_findings, words_of_adjectives
from annotator.suggesters.rules.passives import passive_findings, passive_verbs
from annotator.suggesters.rules.quoting import with_cited
from annotator.suggesters.rules.registry import Family
from annotator.suggesters.rules.verbs import speaking_verbs, verb_findings
from annotator.suggesters.syntax.predicates import predicates_of
from annotator.suggesters.syntax.verb_groups import Predicate, verb_groups

Finder = Callable[[Unit, list[Predicate]], Iterator[Finding]]
WordList = Callable[[], frozenset[str]]
"""A list of words, which is read when it is first asked for."""


class FamilyFinder(NamedTuple):
    """What finds the attributions of a family, and its triggers: it is run only on units that have one of them.

    `verbs` are lemmas, `words` are in lower case, `marks` are tags. The subjects of verbs are looked for only where a
    finder is run that `reads_predicates`.
    """

    find: Finder
    verbs: WordList = frozenset
    words: WordList = frozenset
    marks: str = ""
    reads_predicates: bool = True


FINDERS: dict[Family, FamilyFinder] = {
    Family.LIGHT_VERB: FamilyFinder(light_verb_findings, verbs=carrying_verbs),
    Family.VERB: FamilyFinder(verb_findings, verbs=speaking_verbs, marks=pos.QUOTATION + ":"),
    Family.PASSIVE: FamilyFinder(passive_findings, verbs=passive_verbs),
    Family.ADJECTIVE: FamilyFinder(adjective_findings, words=words_of_adjectives),
    Family.NOUN: FamilyFinder(noun_findings, words=attributing_nouns, reads_predicates=False),
    Family.FIXED: FamilyFinder(fixed_expression_findings, words=words_of_expressions, reads_predicates=False),
    Family.LABEL: FamilyFinder(label_findings, marks=":-", reads_predicates=False),
}
"""The finder of each family that reads units one by one; what joins units to each other makes the rest."""


class _Triggers(NamedTuple):
    """Which families each verb, word or mark triggers, as the bits of a number."""

    verbs: dict[str, int]
    words: dict[str, int]
    marks: dict[str, int]
    any_word: frozenset[str]

    def families_of(self, unit: Unit, groups: Iterable[Predicate]) -> int:
        """The families that a unit with these verb groups triggers."""
        found, verbs, tags = 0, self.verbs, unit.tags
        for group in groups:
            found |= verbs.get(group.lemma, 0)
        if not self.any_word.isdisjoint(unit.lowers):
            for word in self.words.keys() & unit.lowers:
                found |= self.words[word]
        for mark, families in self.marks.items():
            if mark in tags:
                found |= families
        return found


@cache
def _triggers() -> _Triggers:
    made = _Triggers({}, {}, {}, frozenset().union(*(finder.words() for finder in FINDERS.values())))
    for family, finder in FINDERS.items():
        for table, keys in ((made.verbs, finder.verbs()), (made.words, finder.words()), (made.marks, finder.marks)):
            for key in keys:
                table[key] = table.get(key, 0) | 1 << family
    return made


@cache
def _finders(families: int) -> tuple[list[Finder], bool]:
    """The finders of families that are the bits of a number, and whether any of them reads predicates."""
    run = [each for family, each in FINDERS.items() if families & 1 << family]
    return [each.find for each in run], any(each.reads_predicates for each in run)


def findings_of(unit: Unit, *, keep: Callable[[Unit, Finding], bool]) -> list[Finding]:
    """What every rule finds in a unit and `keep` does not refuse, whether or not the cues overlap."""
    groups = list(verb_groups(unit))
    finders, read_predicates = _finders(_triggers().families_of(unit, groups))
    predicates = predicates_of(unit, groups) if read_predicates else []
    found = [finding for find in finders for finding in find(unit, predicates) if keep(unit, finding)]
    return with_cited(unit, found) if found else found
