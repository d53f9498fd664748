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
Words = Callable[[], frozenset[str]]
"""A list of words, which is read when it is first asked for."""


class Asked(NamedTuple):
    """What finds the attributions of a family, and what a unit must have one of for it to be asked.

    `verbs` are lemmas, `words` are in lower case, `marks` are tags. Who has the subject of a verb is looked for only
    where one is asked who needs it.
    """

    find: Finder
    verbs: Words = frozenset
    words: Words = frozenset
    marks: str = ""
    needs_verbs: bool = True


FINDERS: dict[Family, Asked] = {
    Family.LIGHT_VERB: Asked(light_verb_findings, verbs=carrying_verbs),
    Family.VERB: Asked(verb_findings, verbs=speaking_verbs, marks=pos.QUOTATION + ":"),
    Family.PASSIVE: Asked(passive_findings, verbs=passive_verbs),
    Family.ADJECTIVE: Asked(adjective_findings, words=words_of_adjectives),
    Family.NOUN: Asked(noun_findings, words=attributing_nouns, needs_verbs=False),
    Family.FIXED: Asked(fixed_expression_findings, words=words_of_expressions, needs_verbs=False),
    Family.LABEL: Asked(label_findings, marks=":-", needs_verbs=False),
}
"""The finder of each family that reads units one by one; what joins units to each other makes the rest."""


class _Asking(NamedTuple):
    """Which families are asked where a verb, a word or a mark is, as the bits of a number."""

    verbs: dict[str, int]
    words: dict[str, int]
    marks: dict[str, int]

    def of(self, unit: Unit, groups: Iterable[Predicate]) -> int:
        """The families that are asked about a unit with these verb groups."""
        asked, verbs, tags = 0, self.verbs, unit.tags
        for group in groups:
            asked |= verbs.get(group.lemma, 0)
        for word in self.words.keys() & unit.lowers:
            asked |= self.words[word]
        for mark, families in self.marks.items():
            if mark in tags:
                asked |= families
        return asked


@cache
def _asking() -> _Asking:
    made = _Asking({}, {}, {})
    for family, asked in FINDERS.items():
        for table, keys in ((made.verbs, asked.verbs()), (made.words, asked.words()), (made.marks, asked.marks)):
            for key in keys:
                table[key] = table.get(key, 0) | 1 << family
    return made


@cache
def _finders(families: int) -> tuple[list[Finder], bool]:
    """The finders of families that are the bits of a number, and whether any of them needs the verbs."""
    asked = [each for family, each in FINDERS.items() if families & 1 << family]
    return [each.find for each in asked], any(each.needs_verbs for each in asked)


def findings_of(unit: Unit, *, keep: Callable[[Unit, Finding], bool]) -> list[Finding]:
    """What every rule finds in a unit and `keep` does not refuse, whether or not the cues overlap."""
    groups = list(verb_groups(unit))
    finders, needs_verbs = _finders(_asking().of(unit, groups))
    predicates = predicates_of(unit, groups) if needs_verbs else []
    found = [finding for find in finders for finding in find(unit, predicates) if keep(unit, finding)]
    return with_cited(unit, found) if found else found
