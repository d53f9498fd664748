"""Overlap resolution: of findings whose cues overlap one stands, and one whose cue lies in another's content is inside.

What a source is reported to say, want or think inside a paraphrase is part of that paraphrase and seldom an
attribution of its own: `reported` says when. A quotation's inner attributions are found apart from these.
"""

from __future__ import annotations

from itertools import compress

from annotator.model.span import Span
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding


def resolve_overlaps(findings: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings of one unit that are not inside another's content, and those that are, in their cues' order."""
    if len(findings) == 1:
        return findings, []
    findings = _one_a_cue(findings)
    cut = [_cut(finding, findings) for finding in findings]
    inside = [_nested(finding, cut) for finding in cut]
    return list(compress(cut, (not nested for nested in inside))), list(compress(cut, inside))


def _one_a_cue(findings: list[Finding]) -> list[Finding]:
    """Of findings whose cues overlap, the one with the longest cue, then the first, then that of the earlier family."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=_precedence):
        if finding.cue is None or not any(other.cue and other.cue.overlaps(finding.cue) for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.cue.start if finding.cue else 0)


def _precedence(finding: Finding) -> tuple[int, int, int]:
    if finding.cue is None:
        return 0, 0, finding.rule.family
    return -len(finding.cue), finding.cue.start, finding.rule.family


def _nested(finding: Finding, others: list[Finding]) -> bool:
    for other in others:
        if other is finding or other.cue is None or finding.cue is None:
            continue
        if other.cue == finding.cue:
            continue
        if any(span.contains(finding.cue) for span in other.content) and not any(
            span.contains(other.cue) for span in finding.content
        ):
            return True
    return False


def _cut(finding: Finding, others: list[Finding]) -> Finding:
    """The finding without the speaker who stands behind its content: "they know it, she said"."""
    if finding.rule.speaker_behind:
        return finding
    for other in others:
        if not other.rule.speaker_behind or other.cue is None or other is finding or _opens(other, finding):
            continue
        begin = min(other.cue.start, other.source.start) if other.source else other.cue.start
        content = []
        for span in finding.content:
            if span.start < begin < span.end:
                content.append(Span(span.start, begin))
            elif span.end <= begin or finding.cue is None or finding.cue.start > begin:
                content.append(span)
        if tuple(content) != finding.content:
            finding = finding._replace(content=tuple(content))
    return finding


def _opens(other: Finding, finding: Finding) -> bool:
    """Whether it introduces what is said, and is no speaker behind it: "she said that, according to the union, ..."."""
    if other.rule is not registry.ACCORDING_TO or other.cue is None or finding.cue is None:
        return False
    return finding.cue.end <= other.cue.start and other.cue.end <= other.content[0].start
