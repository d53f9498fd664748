"""Speakers: which findings have a source that can speak, want or judge, and report words and not deeds.

An assault aims at nothing and a law wants nothing; a report and a poll do speak. What airstrikes back is backed by
deeds. The words are lists in grammar.toml and cues.toml.
"""

from __future__ import annotations

from bisect import bisect_left

from annotator.model.attribution import AttributionType
from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import lemma_of, word_list
from annotator.suggesters.reading.lexicon import cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.syntax.phrases import head_of


def speaks(unit: Unit, finding: Finding) -> bool:
    """Whether the source of a finding is somebody or something that can be one, and the finding more than a deed."""
    if finding.source is None or finding.cue is None or finding.rule is registry.ACCORDING_TO:
        return True
    doubtful = finding.rule.doubtful
    if not doubtful and unit.tags[bisect_left(unit.starts, finding.source.start)] in pos.NAME_OR_PRONOUN:
        # Pronouns and most names need no look at their head.
        return True
    head = head_of(unit, finding.source)
    if head in word_list("sources", "event"):
        return _states(finding) and _verb(unit, finding.cue) not in cues("verbs", "indicating")
    if head in word_list("sources", "provision"):
        decrees = finding.type is AttributionType.DECREE or _verb(unit, finding.cue) in cues("verbs", "providing")
        return _states(finding) or decrees
    return not doubtful or not (_is_support(unit, finding, head) or _is_deed(unit, finding))


def _states(finding: Finding) -> bool:
    return finding.rule.clause and finding.type is AttributionType.STATEMENT


def _verb(unit: Unit, cue: Span) -> str:
    """The lemma of a cue's first listed verb: "call" in "had called for"."""
    words = range(bisect_left(unit.starts, cue.start), bisect_left(unit.starts, cue.end))
    return next((lemma_of(unit.lowers[at]) for at in words if unit.tags[at] in pos.VERBS), "")


def _is_support(unit: Unit, finding: Finding, agent: str) -> bool:
    """ "Forces backed by airstrikes": support by fire, machines and money, and any of those who fight."""
    if finding.rule is not registry.PASSIVE_BY or finding.source is None or finding.cue is None:
        return False
    if agent in word_list("sources", "means"):
        return True
    lemma = _verb(unit, finding.cue)
    fighting = head_of(unit, finding.content[0]) in word_list("sources", "fighting")
    return lemma in cues("verbs", "assisting") and fighting


def _is_deed(unit: Unit, finding: Finding) -> bool:
    """ "Killed after refusing to surrender": what is refused with hands and feet is done and not said."""
    if (
        finding.rule is not registry.INTENDS
        or finding.cue is None
        or _verb(unit, finding.cue) not in cues("verbs", "refusing")
    ):
        return False
    to = bisect_left(unit.starts, finding.content[0].start)
    return not cues("verbs", "deed").isdisjoint(unit.lowers[to + 1 : to + 2])
