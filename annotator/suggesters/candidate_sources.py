"""Candidates for the source: subjects, names and other noun phrases, whole and in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.span import Span
from annotator.suggesters.marks import Marks, Near, gap, speaking
from annotator.suggesters.phrases import phrase_after, phrase_before
from annotator.suggesters.predicates import Predicate, predicates_of
from annotator.suggesters.units import Unit

_LONGEST = 14
"""Tokens of a noun phrase that is nobody's subject: longer ones are hardly ever sources."""


def source_spans(near: Sequence[Near], marks: Marks) -> list[Span]:
    """The likeliest sources first: pieces of the marked one, the cue's subject, other subjects and names near it."""
    anchor = [marks.cue] if marks.cue is not None else list(marks.content)
    ranked: list[tuple[float, int, Span]] = []
    for unit, distance in near:
        subjects = {
            unit.span(*predicate.subject): predicate
            for predicate in predicates_of(unit)
            if predicate.subject is not None
        }
        for span in dict.fromkeys((*subjects, *_phrases(unit))):
            score = distance * 5.0 + _of_verb(unit, subjects.get(span), marks) + min(4.0, gap(span, anchor) / 10)
            score -= 4 if any(span.overlaps(old) for old in marks.source) else 0
            score += 3 if any(span.overlaps(content) for content in marks.content) else 0
            ranked += [(score + 0.8 * number, piece.start, piece) for number, piece in enumerate(_pieces(unit, span))]
    return [span for _, _, span in sorted(ranked, key=lambda row: row[:2])]


def _of_verb(unit: Unit, predicate: Predicate | None, marks: Marks) -> float:
    """The subject of the marked cue is best, that of a speaking verb better than another's."""
    if predicate is None:
        return 2.5
    if marks.cue is not None and marks.cue.overlaps(unit.span(predicate.start, predicate.head)):
        return -4.0
    return 0.0 if predicate.lemma in speaking() else 1.5


def _phrases(unit: Unit) -> Iterator[Span]:
    """The noun phrases of a unit, by their last words and by their first."""
    tags = unit.tags
    for at, tag in enumerate(tags):
        following = tags[at + 1 : at + 2]
        if tag in "nNupo" and (not following or following not in "nNu"):
            yield from _short(unit, phrase_before(unit, at))
        if tag in "dNnp" and (at == 0 or tags[at - 1] not in "djnNu"):
            yield from _short(unit, phrase_after(unit, at))


def _short(unit: Unit, phrase: tuple[int, int] | None) -> Iterator[Span]:
    if phrase is None or not phrase[1] - phrase[0] < _LONGEST:
        return
    if not any(tag in "vmhxy" for tag in unit.tags[phrase[0] : phrase[1] + 1]):
        yield unit.span(*phrase)


def _pieces(unit: Unit, span: Span) -> Iterator[Span]:
    """A noun phrase whole, up to its first comma, behind its last, up to a preposition, and the name in it."""
    yield span
    tokens = [at for at in range(len(unit.tags)) if span.start <= unit.starts[at] and unit.ends[at] <= span.end]
    if len(tokens) < 2:
        return
    commas = [at for at in tokens[1:-1] if unit.tags[at] in ",(-"]
    if commas:
        yield unit.span(tokens[0], commas[0] - 1)
        yield unit.span(commas[-1] + 1, tokens[-1])
    breaks = [at for at in tokens[1:-1] if unit.tags[at] in "isw"]
    if breaks:
        yield unit.span(tokens[0], breaks[0] - 1)
    names = [at for at in tokens if unit.tags[at] == "N" and (at == tokens[0] or unit.tags[at - 1] != "N")]
    for at in names[:2]:
        end = at
        while end + 1 <= tokens[-1] and unit.tags[end + 1] == "N":
            end += 1
        yield unit.span(at, end)
    if unit.tags[tokens[0]] == "i":
        yield unit.span(tokens[1], tokens[-1])
    elif tokens[0] and unit.tags[tokens[0] - 1] == "i":
        yield unit.span(tokens[0] - 1, tokens[-1])
