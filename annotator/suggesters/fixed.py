"""Fixed expressions: "according to X", and adverbs that attribute without a source ("reportedly")."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.span import Span
from annotator.suggesters.clauses import content_end
from annotator.suggesters.findings import Finding
from annotator.suggesters.lexicon import cues
from annotator.suggesters.phrases import phrase_after
from annotator.suggesters.units import Unit


def fixed_findings(unit: Unit) -> Iterator[Finding]:
    """The attributions of a unit that a fixed expression makes."""
    lowers = unit.lowers
    for at, lower in enumerate(lowers):
        if lower == "according" and lowers[at + 1 : at + 2] == ["to"]:
            finding = _according(unit, at)
            if finding is not None:
                yield finding
        elif lower == "in":
            finding = _in_poll(unit, at)
            if finding is not None:
                yield finding
        elif lower in cues("fixed", "adverb"):
            finding = _sourceless(unit, at, at)
            if finding is not None:
                yield finding
        elif lower == "by" and lowers[at + 1 : at + 3] == ["many", "accounts"]:
            finding = _sourceless(unit, at, at + 2)
            if finding is not None:
                yield finding


def _according(unit: Unit, at: int) -> Finding | None:
    source = phrase_after(unit, at + 2)
    if source is None:
        return None
    content = _around(unit, at, source[1] + 1)
    if not content:
        return None
    return Finding("according_to", 0.9, unit.span(*source), unit.span(at, at + 1), content)


def _in_poll(unit: Unit, at: int) -> Finding | None:
    """Doe leads by two points in the latest Gallup poll: the survey is the source."""
    source = phrase_after(unit, at + 1)
    if source is None or not any(lower in cues("fixed", "survey") for lower in unit.lowers[source[0] : source[1] + 1]):
        return None
    content = _around(unit, at, source[1] + 1)
    return Finding("in_poll", 0.6, unit.span(*source), unit.span(at, at), content) if content else None


def _sourceless(unit: Unit, first: int, last: int) -> Finding | None:
    content = _both_sides(unit, first, last + 1)
    return Finding("adverb", 0.8, None, unit.span(first, last), content) if content else None


def _around(unit: Unit, first: int, after: int) -> tuple[Span, ...]:
    """The content of "according to": the clause behind it where it opens the unit, else the one before it."""
    tags = unit.tags
    if after < len(tags) and tags[after] == ",":
        after += 1
    before = first
    while before > 0 and tags[before - 1] in ",-(":
        before -= 1
    if before <= 1 or (before == 2 and tags[0] == "c"):
        end = content_end(unit, after)
        return (unit.span(after, end - 1),) if end > after else ()
    spans = [unit.span(_start(unit, before), before - 1)]
    if after < len(tags) and tags[after - 1] == "," and tags[first - 1] == "," and tags[after] in "vxhmic":
        end = content_end(unit, after)
        if end > after:
            spans.append(unit.span(after, end - 1))
    return tuple(spans)


def _start(unit: Unit, before: int) -> int:
    at = before
    while at > 0 and unit.tags[at - 1] != ";":
        at -= 1
    return at if at < before else 0


def _both_sides(unit: Unit, first: int, after: int) -> tuple[Span, ...]:
    tags = unit.tags
    before = first
    while before > 0 and tags[before - 1] in ",":
        before -= 1
    if after < len(tags) and tags[after] == ",":
        after += 1
    spans = []
    if before > 0:
        spans.append(unit.span(0, before - 1))
    end = content_end(unit, after)
    if end > after:
        spans.append(unit.span(after, end - 1))
    return tuple(spans)
