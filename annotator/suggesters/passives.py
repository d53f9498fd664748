"""Passive rules: "is expected to ...", "was criticized by X", "asked whether ..." - often without a source."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.attribution import AttributionType
from annotator.model.span import Span
from annotator.suggesters.clauses import content_end, is_clause, object_end
from annotator.suggesters.findings import Finding
from annotator.suggesters.lexicon import cues
from annotator.suggesters.phrases import phrase_after
from annotator.suggesters.predicates import Predicate
from annotator.suggesters.units import Unit


def passive_findings(unit: Unit, predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions of passive verbs, of "seems" and "appears", and of "asked whether"."""
    for predicate in predicates:
        finding = None
        if predicate.passive and predicate.subject is not None:
            finding = _by_agent(unit, predicate) or _sourceless(unit, predicate)
        elif predicate.lemma in cues("verbs", "seeming") and predicate.form == "finite" and predicate.subject is not None:
            finding = _seeming(unit, predicate)
        elif predicate.lemma == "ask" and predicate.form in ("participle", "finite") and predicate.subject is None:
            finding = _asked(unit, predicate)
        if finding is not None:
            yield finding


def _by_agent(unit: Unit, predicate: Predicate) -> Finding | None:
    tags, lowers = unit.tags, unit.lowers
    if predicate.lemma not in cues("verbs", "say") | cues("verbs", "object") | cues("verbs", "think"):
        return None
    by = predicate.head + 1
    if by + 1 >= len(tags) or lowers[by] != "by" or tags[by + 1] == "g":
        return None
    agent = phrase_after(unit, by + 1)
    if agent is None or predicate.subject is None:
        return None
    content = [unit.span(*predicate.subject)]
    after = agent[1] + 1
    if after < len(tags) and tags[after] in "ist":
        end = content_end(unit, after)
        if end > after:
            content.append(unit.span(after, end - 1))
    return Finding(
        "passive_by", 0.7, unit.span(*agent), unit.span(predicate.start, predicate.head), tuple(content),
        AttributionType.ATTITUDE,
    )  # fmt: skip


def _sourceless(unit: Unit, predicate: Predicate) -> Finding | None:
    tags = unit.tags
    after = predicate.head + 1
    if predicate.lemma not in cues("verbs", "passive") or after >= len(tags) or predicate.subject is None:
        return None
    if unit.lowers[predicate.subject[0]] == "it" and tags[after] == "s":
        end = content_end(unit, after)
        content: tuple[Span, ...] = (unit.span(after, end - 1),)
    elif tags[after] in "ts" or (tags[after] == "i" and unit.lowers[after] in ("as", "of", "about")) or tags[after] in "wQ":
        end = content_end(unit, after)
        content = (unit.span(*predicate.subject), unit.span(after, end - 1))
    else:
        return None
    if end <= after:
        return None
    return Finding(
        "passive", 0.6, None, unit.span(predicate.start, predicate.head), content, AttributionType.BELIEF
    )


def _seeming(unit: Unit, predicate: Predicate) -> Finding | None:
    tags = unit.tags
    after = predicate.head + 1
    if after >= len(tags) or predicate.subject is None:
        return None
    if unit.lowers[predicate.subject[0]] == "it" and is_clause(tags[after:], start_only=True):
        end = content_end(unit, after)
        cue = unit.span(predicate.start, predicate.head)
        return Finding("seeming", 0.6, None, cue, (unit.span(after, end - 1),), AttributionType.BELIEF) if end > after else None
    if tags[after] not in "tsjr":
        return None
    end = content_end(unit, after)
    if end <= after:
        return None
    return Finding(
        "seeming", 0.5, None, unit.span(predicate.start, predicate.head),
        (unit.span(*predicate.subject), unit.span(after, end - 1)), AttributionType.BELIEF,
    )  # fmt: skip


def _asked(unit: Unit, predicate: Predicate) -> Finding | None:
    """Asked whether the bridge was safe, she said no: nobody is named who asked."""
    tags, lowers = unit.tags, unit.lowers
    if predicate.start > 2 and lowers[predicate.start - 1] != "when":
        return None
    start, last = predicate.head + 1, predicate.head
    source = None
    if lowers[start : start + 1] == ["by"]:
        agent = phrase_after(unit, start + 1)
        if agent is not None:
            source, start = unit.span(*agent), agent[1] + 1
    if start >= len(tags):
        return None
    if lowers[start] == "about":
        last, start = start, start + 1
        if start >= len(tags):
            return None
    end = start + 1
    while end < len(tags) and tags[end] != ",":
        end += 1
    end = min(end, object_end(unit, start) if tags[start] in "dnNQ" else content_end(unit, start))
    return Finding("asked", 0.7, source, unit.span(predicate.head, last), (unit.span(start, end - 1),)) if end > start else None
