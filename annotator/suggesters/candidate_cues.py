"""Candidates for the cue: verb groups in their variants, nouns and adverbs that attribute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.span import Span
from annotator.suggesters.lexicon import cues
from annotator.suggesters.marks import Marks, Near, gap, speaking
from annotator.suggesters.predicates import Predicate, predicates_of
from annotator.suggesters.units import Unit


def cue_spans(near: Sequence[Near], marks: Marks) -> list[Span]:
    """The likeliest cues first: variants of the marked one, then speaking verbs, then other verbs and nouns."""
    others = [*marks.source, *marks.content]
    ranked: list[tuple[float, int, Span]] = []
    for unit, distance in near:
        for predicate in predicates_of(unit):
            known = 0.0 if predicate.lemma in speaking() else 2.0
            for variant, span in enumerate(_variants(unit, predicate)):
                ranked.append((distance * 4 + known + variant * 0.9 + _lie(span, marks, others), span.start, span))
        for at, score in _words(unit):
            span = unit.span(at, at + 1 if unit.lowers[at] == "according" else at)
            ranked.append((distance * 4 + score + _lie(span, marks, others), span.start, span))
    return [span for _, _, span in sorted(ranked, key=lambda row: row[:2])]


def _lie(span: Span, marks: Marks, others: Sequence[Span]) -> float:
    """Nearer is better, and overlapping the marked cue best."""
    score = min(4.0, gap(span, others) / 12)
    return score - 6 if marks.cue is not None and span.overlaps(marks.cue) else score


def _variants(unit: Unit, predicate: Predicate) -> Iterator[Span]:
    """A verb group: whole, the verb alone, with what is behind it, without its first words, with the word before."""
    start, head, size = predicate.start, predicate.head, len(unit.tags)
    yield unit.span(start, head)
    if start < head:
        yield unit.span(head, head)
    if head + 1 < size and unit.tags[head + 1] in "irnjN":
        yield unit.span(start, head + 1)
    at = start
    while at + 1 < head and unit.tags[at] in "mhxyr":
        at += 1
        yield unit.span(at, head)
    if start and unit.tags[start - 1] in "rmhxy":
        yield unit.span(start - 1, head)
    for further in (2, 3):
        if head + further < size and unit.tags[head + further] in "itn":
            yield unit.span(start, head + further)


def _words(unit: Unit) -> Iterator[tuple[int, float]]:
    """Words that attribute without being verbs, each with a score that ranks it among them."""
    for at, lower in enumerate(unit.lowers):
        if lower == "according" and unit.lowers[at + 1 : at + 2] == ["to"]:
            yield at, -1.0
        elif unit.tags[at] == "r" and lower in cues("fixed", "adverb"):
            yield at, 0.0
        elif unit.tags[at] == "n" and (
            lower in cues("nouns", "clause") or lower.removesuffix("s") in cues("nouns", "clause")
        ):
            yield at, 2.0
        elif unit.tags[at] == ":":
            yield at, 3.5
