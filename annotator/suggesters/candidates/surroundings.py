"""Surroundings: what a unit looks like from the cue, in tokens, for what is looked for round it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from annotator.model.candidates import Marks
from annotator.model.late import dataclass
from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.units import Unit

_MARKS = ",.?!"


@dataclass(frozen=True, slots=True)
class Around:
    """A unit's tokens round what attributes (`first` to `last`), and what `kind` of cue that is.

    `speaker` is where the cue begins, or a source that stands right before it; `sources` and `contents` are those that
    are marked. All ranges are of tokens, both ends included.
    """

    unit: Unit
    first: int
    last: int
    kind: Literal["verb", "noun", "passive"]
    speaker: int
    sources: tuple[tuple[int, int], ...]
    contents: tuple[tuple[int, int], ...]


def around(unit: Unit, marks: Marks, anchor: Span | None) -> Around | None:
    """What is round the anchor in this unit; None where that lies in another. Without one it is the unit's end."""
    found = tokens_of(unit, anchor) if anchor is not None else (len(unit.tags), len(unit.tags))
    if found is None or not unit.tags:
        return None
    first, last = found
    sources = tuple(tokens for span in marks.source if (tokens := tokens_of(unit, span)) is not None)
    contents = tuple(tokens for span in marks.content if (tokens := tokens_of(unit, span)) is not None)
    before = [start for start, end in sources if end < first and set(unit.tags[end + 1 : first]) <= set(",r")]
    return Around(unit, first, last, _kind(unit, first, last), min([first, *before]), sources, contents)


def tokens_of(unit: Unit, span: Span) -> tuple[int, int] | None:
    """The first and the last token of a span (both included); None where it lies outside the unit."""
    if not unit.starts or span.end <= unit.starts[0] or span.start >= unit.ends[-1]:
        return None
    first, last = bisect_right(unit.ends, span.start), bisect_left(unit.starts, span.end) - 1
    while last > first and unit.tags[last] in _MARKS and unit.ends[last - 1] == unit.ends[last]:
        # The mark inside a quotation's end stands behind the quotation as a token of its own.
        last -= 1
    return (first, last) if first <= last else None


def _kind(unit: Unit, first: int, last: int) -> Literal["verb", "noun", "passive"]:
    tags = unit.tags[first : last + 1]
    verb = max(tags.rfind(tag) for tag in "vbeg")
    if verb < 0:
        return "noun" if "n" in tags else "verb"
    return "passive" if tags[verb] == pos.PARTICIPLE and "x" in tags[:verb] else "verb"


def keeps(marked: Sequence[tuple[int, int]], first: int, last: int) -> Literal["start", "end", "neither"]:
    """Which end of what is marked a change keeps."""
    if any(start == first for start, _ in marked):
        return "start"
    return "end" if any(end == last for _, end in marked) else "neither"
