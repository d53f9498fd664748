"""Candidates for the content: from where a clause may begin to where one may end, around the cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.span import Span
from annotator.suggesters.clauses import content_end
from annotator.suggesters.marks import Marks, Near
from annotator.suggesters.predicates import predicates_of
from annotator.suggesters.units import Unit

_BEFORE_CLAUSES = frozenset(
    ["after", "before", "as", "while", "because", "when", "who", "which", "in", "on", "at", "for", "with", "to"]
)
_BEGINNINGS = frozenset(["that", "to", "as", "for", "about", "on", "of", "with", "against", "in", "by"])
_CLOSING = "\"”’'»"


def contents(text: str, near: Sequence[Near], claim: Span, marks: Marks) -> Iterator[Span]:
    """The likeliest contents first: the marked one with another end, then what stands behind or before the cue."""
    here = [unit for unit, distance in near if distance == 0]
    for unit in here:
        for span in marks.content:
            yield from _revised(text, unit, span)
    for unit in here:
        yield from _around(text, unit, marks)
    for unit in here:
        yield from (quotation.span for quotation in unit.quotations.values())
    for unit in here:
        yield Span(unit.starts[0], _end(text, unit))
        yield Span(unit.starts[0], unit.ends[-1])
    yield claim
    for unit in here:
        for predicate in predicates_of(unit):
            start = predicate.head + 1
            if start < len(unit.tags):
                yield unit.span(start, max(start, content_end(unit, start) - 1))


def _revised(text: str, unit: Unit, span: Span) -> Iterator[Span]:
    """A marked content with another end or another beginning, the nearest of each first."""
    ends, starts = _ends(text, unit), _starts(unit)
    later = [end for end in ends if end > span.end]
    sooner = [end for end in reversed(ends) if span.start < end < span.end]
    before = [start for start in reversed(starts) if start < span.start]
    behind = [start for start in starts if span.start < start < span.end]
    for end in (*later[-1:], *sooner[:1], *later[:1], *sooner[1:2]):
        yield Span(span.start, end)
    for start in (*behind[:1], *before[:1]):
        yield Span(start, span.end)
    for end in (*later[1:3], *sooner[2:4]):
        yield Span(span.start, end)
    for start in (*behind[1:3], *before[1:3]):
        yield Span(start, span.end)


def _around(text: str, unit: Unit, marks: Marks) -> Iterator[Span]:
    """Everything behind the cue up to each likely end, then everything before it."""
    cue = [marks.cue] if marks.cue is not None else list(marks.source)
    inside = [span for span in cue if unit.starts[0] <= span.start < unit.ends[-1]]
    if not inside:
        return
    last = max(span.end for span in inside)
    first = min(span.start for span in (*inside, *marks.source) if span.start >= unit.starts[0])
    token = next((at for at, start in enumerate(unit.starts) if start >= last), None)
    if token is not None:
        yield unit.span(token, max(token, content_end(unit, token) - 1))
    ends = [end for end in _ends(text, unit) if end > last]
    for end in (*ends[-1:], *ends[:-1]):
        yield Span(last, end)
    for start in (start for start in _starts(unit) if start < first):
        yield Span(start, first)


def _ends(text: str, unit: Unit) -> list[int]:
    """Where a clause of the unit may end, the unit's end without its full stop last."""
    whole = _end(text, unit)
    ends = {whole}
    for at, tag in enumerate(unit.tags):
        if at and (tag in ",;:-.sc" or unit.lowers[at] in _BEFORE_CLAUSES):
            ends.add(unit.ends[at - 1])
        if tag == "Q":
            ends.add(unit.ends[at])
    return sorted(end for end in ends if end <= whole or text[end - 1] in _CLOSING)


def _starts(unit: Unit) -> list[int]:
    """Where a clause of the unit may begin."""
    starts = {unit.starts[0]}
    for at, tag in enumerate(unit.tags):
        if tag in "sQt" or unit.lowers[at] in _BEGINNINGS or (at and unit.tags[at - 1] in ',;:-."vcbeg'):
            starts.add(unit.starts[at])
    return sorted(starts)


def _end(text: str, unit: Unit) -> int:
    end = unit.ends[-1]
    while end > unit.starts[0] + 1 and text[end - 1] in ".!? ":
        end -= 1
    return end
