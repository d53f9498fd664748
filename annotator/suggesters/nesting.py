"""Nesting: which attribution is reported inside another's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotator.model.attribution import Attribution, Form
from annotator.suggesters.findings import Finding
from annotator.suggesters.predicates import predicates_of
from annotator.suggesters.units import Reading, inner_units
from annotator.suggesters.verbs import verb_findings

# A look before the long way: a quotation without one of these holds no attribution that the rules would find.
_REPORTS = re.compile(r"\b(?:said|says|told|reported|announced|claimed|claims|warned)\b")
_SELF = frozenset(("i", "we", "you", "us", "me", "who", "that", "which"))
_STRONG = frozenset(("said_that", "said_clause", "clause_then_speaker"))


def quoted_findings(reading: Reading) -> Iterator[Finding]:
    """What a quotation reports of somebody else: "Doe said that ..." inside the marks."""
    for quotation in reading.quotations:
        if not _REPORTS.search(reading.text, quotation.span.start, quotation.span.end):
            continue
        for unit in inner_units(reading, quotation):
            for finding in verb_findings(unit, predicates_of(unit)):
                if finding.cue is None or finding.source is None or finding.rule not in _STRONG:
                    continue
                if not _REPORTS.search(finding.cue.slice(reading.text)):
                    continue
                if finding.source.slice(reading.text).lower() not in _SELF:
                    yield replace(finding, rule="nested_" + finding.rule)


def with_parents(attributions: list[Attribution]) -> list[Attribution]:
    """The attributions, each with the smallest other one that its cue and its content lie in as its parent."""
    nested = []
    for attribution in attributions:
        parents = [other for other in attributions if _holds(other, attribution)]
        if parents:
            parent = min(parents, key=lambda other: sum(len(span) for span in other.content))
            attribution = replace(attribution, parent=parent.id)
        nested.append(attribution)
    return nested


def _holds(parent: Attribution, child: Attribution) -> bool:
    if parent.id == child.id or child.cue is None:
        return False
    if parent.form is Form.INDIRECT and sum(map(len, parent.content)) <= sum(map(len, child.content)):
        return False
    inside = any(span.contains(child.cue) for span in parent.content)
    return inside and child.lies_in(parent) and sum(map(len, parent.content)) > sum(map(len, child.content))
