"""Nesting: which attribution is reported inside another's words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from annotator.model.attribution import Attribution
from annotator.model.span import Span, held_by
from annotator.suggesters.combining.reported import is_sure
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import lemma_of
from annotator.suggesters.reading.units import Reading, Unit, inner_units
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.rules.verbs import verb_findings
from annotator.suggesters.syntax.predicates import predicates_of

# A look before the long way: a quotation without one of these holds no attribution that the rules would find.
_REPORTS = re.compile(r"\b(?:said|says|told|reported|announced|claimed|claims|warned|according)\b")
_SELF = frozenset(("i", "we", "you", "us", "me", "who", "that", "which"))
# "I think", "they said": whose thoughts and words a quotation may tell beside those of people with names.
_PERSONAL = re.compile(
    r"\b(?:I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey)\b(?: \w+)?,? (?:thinks?|thought|believed?s?|know|knows|knew|said|says?|told"
    r"|suspect(?:ed)?|feel|felt|fear(?:ed)?|doubt(?:ed)?|understand|understood)\b"
)
_THINKING = frozenset(("think", "believe", "know", "suspect", "feel", "fear", "doubt", "understand"))
_VERBS = dict.fromkeys(("i", "we"), _THINKING)
_VERBS |= dict.fromkeys(("he", "she", "they"), frozenset(("say", "tell")))
_OPEN = frozenset(("what", "who", "how", "why", "where", "when", "whether", "if"))
# What is thought is a good part where this many times it is as long as all that is said.
_SHARE = 2
# A cue of a nested report is no longer than this.
_CUE_WORDS = 4


def quoted_findings(reading: Reading) -> Iterator[Finding]:
    """What a quotation reports of somebody else: "Doe said that ..." inside the marks."""
    for quotation in reading.quotations:
        where = quotation.span.start, quotation.span.end
        if not _REPORTS.search(reading.text, *where) and not _PERSONAL.search(reading.text, *where):
            continue
        for unit in filter(lambda unit: unit.whole, inner_units(reading, quotation)):
            for finding in verb_findings(unit, predicates_of(unit)):
                if tells_own(unit, finding, len(quotation.span)) or _tells_other(unit, finding):
                    yield finding._replace(rule=finding.rule.as_nested())


def _tells_other(unit: Unit, finding: Finding) -> bool:
    return reports_others(unit, finding) and is_sure(unit, finding, ())


def tells_own(unit: Unit, finding: Finding, said: int) -> bool:
    """Whether a pronoun's thought or words stand out of what is said, of `said` code points: "We know that ...".

    A passing "I think" in a long answer only hedges: it counts where it is set off by commas or goes on with "that", or
    where what is thought is a good part of all the rest. What we know, and what they told us, hedges nothing.
    """
    if finding.source is None or finding.cue is None or not finding.rule.reports_others:
        return False
    source, first = (unit.starts.index(span.start) for span in (finding.source, finding.cue))
    last = bisect_left(unit.starts, finding.cue.end)
    pronoun, verbs = unit.lowers[source], {lemma_of(lower) for lower in unit.lowers[first:last]}
    if finding.negated or not set(unit.tags[first:last]).isdisjoint(pos.MODAL_OR_TO):
        return False
    if verbs.isdisjoint(_VERBS.get(pronoun, ())) or unit.lowers[last] in _OPEN:
        return False
    stands_out = pronoun != "i" or finding.rule in (registry.CLAUSE_THEN_SPEAKER, registry.SAID_THAT)
    rest = said - len(finding.source) - len(finding.cue)
    return stands_out or _SHARE * sum(map(len, finding.content)) >= rest


def reports_others(unit: Unit, finding: Finding) -> bool:
    """Whether a finding inside a quotation is a report of somebody else, or of nobody ("reportedly")."""
    if finding.source is None:
        return finding.rule is registry.ADVERB
    if not finding.rule.reports_others or finding.cue is None or finding.source.start not in unit.starts:
        return False
    first = unit.starts.index(finding.source.start)
    spoken = unit.lowers[unit.starts.index(finding.cue.start) :][:_CUE_WORDS]
    return unit.lowers[first] not in _SELF and any(_REPORTS.fullmatch(word) for word in spoken)


def with_parents(attributions: list[Attribution]) -> list[Attribution]:
    """The attributions, each with the smallest other one that its cue and its content lie in as its parent."""
    by_start = sorted(attributions, key=lambda attribution: attribution.content[0].start)
    by_cue = sorted((at for at in attributions if at.cue is not None), key=lambda attribution: attribution.cue or _NONE)
    parents: dict[str, str | None] = {}
    sizes = {attribution.id: _size(attribution) for attribution in attributions}
    around: list[Attribution] = []
    begun = 0
    for attribution in by_cue:
        cue = attribution.cue
        assert cue is not None
        while begun < len(by_start) and by_start[begun].content[0].start <= cue.start:
            around.append(by_start[begun])
            begun += 1
        around = [other for other in around if other.content[-1].end > cue.start]
        parents[attribution.id] = _parent_of(attribution, cue, around, sizes)
    return [
        attribution if parent is None else replace(attribution, parent=parent)
        for attribution, parent in ((each, parents.get(each.id)) for each in attributions)
    ]


def _parent_of(
    attribution: Attribution, cue: Span, around: Sequence[Attribution], sizes: Mapping[str, int]
) -> str | None:
    """The id of the smallest of those `around` that is larger and holds all of it."""
    larger = (other for other in around if sizes[other.id] > sizes[attribution.id])
    holding = [other for other in larger if held_by(other.content, cue) and attribution.lies_in(other)]
    return min(holding, key=lambda other: sizes[other.id]).id if holding else None


_NONE = Span(0, 1)


def _size(attribution: Attribution) -> int:
    return sum(map(len, attribution.content))
