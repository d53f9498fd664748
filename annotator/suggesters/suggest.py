"""Suggest: everything the rules propose for one article."""

from __future__ import annotations

from annotator.model.article import BlockKind, Segmentation
from annotator.model.attribution import Anonymity, Attribution, Form
from annotator.model.language.languages import rules_apply
from annotator.model.span import Span, trimmed
from annotator.model.suggestion import AttributionSuggestion, Suggestions
from annotator.suggesters.anonymity import proposed_anonymity
from annotator.suggesters.combining.discourse import joined
from annotator.suggesters.combining.nesting import quoted_findings, reports_others, tells_own, with_parents
from annotator.suggesters.combining.orphan_quotations import orphan_quotations
from annotator.suggesters.combining.overlaps import resolve_overlaps
from annotator.suggesters.combining.reported import fitted, reported_findings
from annotator.suggesters.combining.speakers import speaks
from annotator.suggesters.form import proposed_form
from annotator.suggesters.reading.units import Unit, read
from annotator.suggesters.rules.finders import findings_of
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.worth import worth_suggestions

SUGGESTER = "rules@3"


def suggest(text: str, segmentation: Segmentation, *, publisher: str = "", language: str = "") -> Suggestions:
    """Proposed check-worthiness and attributions of a text; of attributions none where the rules know not its language.

    `language` is a BCP 47 tag, or empty where it is to be guessed.
    `publisher` is the outlet's name: a source may have told it, or it may cite itself. Nothing is raised for any
    text that the segmentation belongs to.
    """
    worths = tuple(worth_suggestions(text, segmentation))
    if not rules_apply(language, text):
        return Suggestions(SUGGESTER, worths, ())
    reading = read(text, segmentation, publisher=publisher)
    found = [findings_in(unit) for unit in reading.units]
    findings = joined(reading, [outer for outer, _ in found])
    findings += orphan_quotations(reading, findings)
    findings += fitted((finding for _, inner in found for finding in inner), findings)
    findings += quoted_findings(reading)
    findings.sort(key=lambda finding: finding.cue.start if finding.cue else finding.content[0].start)
    attributions = with_parents(
        [_attribution(text, number, finding) for number, finding in enumerate(findings, start=1)]
    )
    return Suggestions(
        SUGGESTER,
        worths,
        tuple(
            AttributionSuggestion(attribution, finding.rule.id, finding.rule.confidence)
            for attribution, finding in zip(attributions, findings, strict=True)
        ),
    )


_SILENT = frozenset((BlockKind.BOILERPLATE, BlockKind.CREDIT, BlockKind.BYLINE))


def findings_in(unit: Unit) -> tuple[list[Finding], list[Finding]]:
    """The outermost findings of a unit by itself, and what they report of others."""
    if unit.kind in _SILENT or not unit.whole:
        return [], []
    found = findings_of(unit, keep=speaks)
    if not found:
        return [], []
    outer, inner = resolve_overlaps(found)
    if unit.kind is BlockKind.BLOCK_QUOTE:
        said = unit.ends[-1] - unit.starts[0]
        outer = [finding for finding in outer if reports_others(unit, finding) or tells_own(unit, finding, said)]
    return outer, list(reported_findings(unit, inner, outer))


def _attribution(text: str, number: int, finding: Finding) -> Attribution:
    source = finding.source
    return Attribution(
        id=f"a{number}",
        source=(source,) if source else (),
        cue=finding.cue,
        content=_ordered(_without_blanks(text, finding.content)),
        type=finding.type,
        form=Form.BLOCK if finding.block else proposed_form(text, finding.content),
        anonymity=proposed_anonymity(source.slice(text)) if source else Anonymity.NONE,
        negated=finding.negated,
        relay=finding.relay,
    )


def _without_blanks(text: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without white space at their ends: what is cut off before a speaker may leave some."""
    if all(text[span.start].isalnum() and text[span.end - 1].isalnum() for span in content):
        # Most contents begin and end with a word.
        return content
    spans = (trimmed(text, span.start, span.end) for span in content)
    return tuple(span for span in spans if span is not None) or content


def _ordered(content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap joined."""
    if len(content) == 1:
        return content
    joined_spans: list[Span] = []
    for span in sorted(content):
        if joined_spans and span.start < joined_spans[-1].end:
            joined_spans[-1] = Span(joined_spans[-1].start, max(span.end, joined_spans[-1].end))
        else:
            joined_spans.append(span)
    return tuple(joined_spans)
