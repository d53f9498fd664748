"""Completion: what a cue that has just been marked most likely attributes, and to whom."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.candidates import Marks
from annotator.model.span import Span
from annotator.suggesters.candidates.contents import contents
from annotator.suggesters.candidates.near import Near
from annotator.suggesters.candidates.sources import phrases, subject_of
from annotator.suggesters.candidates.steps import HARDLY
from annotator.suggesters.candidates.surroundings import Around, around
from annotator.suggesters.reading import pos

_LEADING = pos.PREPOSITION + pos.TO

# "Questions about" and their like are mostly nobody's where no source has as many steps as this.
_NOBODY = 4
_BETWEEN = " \t\n,"
_CLOSING = frozenset(".,;:?!-)")


def completed(near: Sequence[Near], claim: Span, cue: Span) -> Marks:
    """The marks that a cue brings with it: its first content and its first source, or no source where there is none."""
    place = next((found for unit, _ in near if (found := around(unit, Marks(cue=cue), cue)) is not None), None)
    if place is None:
        return Marks(cue=cue)
    content = tuple(span for _, span in contents(near, claim, Marks(cue=cue), adding=False)[:1])
    if place.kind == "passive":
        return Marks((), cue, _of_passive(near, claim, place, cue) or content)
    with_content = around(place.unit, Marks((), cue, content), cue)
    assert with_content is not None
    steps, first, last = max(phrases(with_content), default=(HARDLY, 0, -1), key=lambda row: row[0])
    nobody = place.kind == "noun" and place.unit.tags[place.last] in _LEADING and steps < _NOBODY
    source = () if nobody or last < first else (place.unit.span(first, last),)
    return Marks(source, cue, content)


def followed(text: str, marks: Marks, cue: Span) -> Marks:
    """The marks with another cue, from which a content that touched the old one or overlaps the new one now begins.

    Of "declined | to comment on the plan" and the cue "declined to comment on" the content "the plan" is left. A
    content before the cue ends at it, and one that is all within it falls away.
    """
    old = marks.cue
    moved = (_moved(text, span, old, cue) for span in marks.content)
    return Marks(marks.source, cue, tuple(span for span in moved if span is not None))


def _moved(text: str, content: Span, old: Span | None, cue: Span) -> Span | None:
    start, end = content.start, content.end
    behind = before = False
    if old is not None:
        behind = old.end != cue.end and start >= old.end and not text[old.end : start].strip(_BETWEEN)
        before = old.start != cue.start and end <= old.start and not text[end : old.start].strip(_BETWEEN)
    if behind or cue.start <= start < cue.end:
        start = cue.end
        while start < end and text[start] in _BETWEEN:
            start += 1
    elif before or start < cue.start < end:
        end = cue.start
        while end > start and text[end - 1] in _BETWEEN:
            end -= 1
    return Span(start, end) if start < end else None


def _of_passive(near: Sequence[Near], claim: Span, place: Around, cue: Span) -> tuple[Span, ...]:
    """What is said of the subject of a passive is content on both sides: "the plan is expected to fail"."""
    subject = subject_of(place)
    if subject is None or subject[1] >= place.first:
        return ()
    before = place.unit.span(*subject)
    if place.unit.tags[place.last + 1 : place.last + 2] in ("", *_CLOSING):
        return (before,)
    behind = (span for _, span in contents(near, claim, Marks((), cue, ()), adding=False) if span.start >= cue.end)
    return (before, *[span for _, span in zip(range(1), behind, strict=False)])
