"""Candidates for the content: every stretch round the cue, by how it begins, how it ends and what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest

from annotator.model.candidates import Marks
from annotator.model.span import Span
from annotator.suggesters.candidates.near import Near
from annotator.suggesters.candidates.steps import ANY, HARDLY, LIKELY, UNLIKELY, VERY, by_tag
from annotator.suggesters.candidates.surroundings import Around, around, keeps
from annotator.suggesters.reading import pos
from annotator.suggesters.syntax.clauses import content_end, object_end

_NEVER_FIRST = pos.CONJUNCTION + ".?!)"

# Beginnings, and ends for each, that are looked at: the best of many more.
_BEGINNINGS = 12
_ENDINGS = 14
_STOPS = '.?!")'
_BREAKS = "^,-;:.?!()"

# Right behind the cue any clause or thing opens the content; elsewhere a thing hardly does.
_OPENS_RIGHT = by_tag(very="stwdjnN#uogQ", likely="vxmhyb")
_OPENS_LATER = by_tag(unlikely="stw", hardly="djnN#uogQvxmhybierzp")
_OPENS_BEFORE = by_tag(unlikely="stwdjnN#uogQ", hardly="vxmhybierzp")
# By what comes next: a break closes a content, one ends before "and" or a preposition too, and hardly inside a phrase.
_ENDS_BEHIND = by_tag(very=",-;:(.?!)", likely="ci", hardly='dnNj#bgepQuo"t')
_ENDS_BEFORE = by_tag(likely=",-;:(.?!)", hardly='cidnNj#bgepQuo"t')
_CLOSES = "nNuoQ"


def _begins(near: Around, at: int) -> int:
    unit, tags = near.unit, near.unit.tags
    if at > near.last:
        between = tags[near.last + 1 : at]
        if set(between) <= set(",:") or any(end == at - 1 and start > near.last for start, end in near.sources):
            return _OPENS_RIGHT.get(tags[at], ANY)
    that = tags[at] == pos.SUBORDINATOR and unit.lowers[at] == "that"
    opens = LIKELY if that else (_OPENS_LATER if at > near.last else _OPENS_BEFORE).get(tags[at], ANY)
    return opens + (LIKELY if not at or tags[at - 1] in _BREAKS else UNLIKELY)


def _ends(near: Around, at: int) -> int:
    unit, tags = near.unit, near.unit.tags
    closes = ANY if tags[at] in _CLOSES else UNLIKELY
    following = tags[at + 1] if tags[at + 1 :].strip(_STOPS) else "."
    if at < near.first:
        speaker = not tags[at + 1 : near.speaker].strip(",-" + _STOPS)
        return closes + (VERY if speaker else _ENDS_BEFORE.get(following, ANY))
    if following == pos.PREPOSITION and unit.lowers[at + 1] == "of":
        return closes + HARDLY
    return closes + _ENDS_BEHIND.get(following, ANY)


def _holds(near: Around, first: int, last: int) -> int:
    steps = LIKELY if first == last else ANY
    if near.unit.tags.count(",", first, last + 1) == 1:
        # An apposition has two, or none.
        steps += UNLIKELY
    if near.contents and keeps(near.contents, first, last) == "neither":
        steps += UNLIKELY
    return steps


def _stretches(near: Around, *, adding: bool) -> Iterator[tuple[int, int, int]]:
    """The likeliest contents of a unit in tokens, each with its steps."""
    tags = near.unit.tags
    taken = [(near.first, near.last), *near.sources, *(near.contents if adding else ())]
    free = [
        at for at in range(len(tags)) if tags[at] not in ",;:-(" and not any(start <= at <= end for start, end in taken)
    ]
    begins = [(_begins(near, at), at) for at in free if tags[at] not in _NEVER_FIRST]
    ends = [(_ends(near, at), at) for at in free if tags[at] != "."]
    for begin, first in nlargest(_BEGINNINGS, begins, key=lambda row: row[0]):
        stop = min((start for start, _ in taken if start > first), default=len(tags))
        rules = _by_the_rules(near, first)
        for end, last in nlargest(_ENDINGS, [row for row in ends if first <= row[1] < stop], key=lambda row: row[0]):
            if (first, last) not in near.contents:
                ruled = LIKELY if last in rules else ANY
                yield begin + end + ruled + _holds(near, first, last), first, last


def _by_the_rules(near: Around, first: int) -> tuple[int, ...]:
    """Where a clause and where an object that begins at a token would end, by the suggester's rules."""
    if first <= near.last:
        return ()
    return content_end(near.unit, first) - 1, object_end(near.unit, first) - 1


def contents(near: Sequence[Near], claim: Span, marks: Marks, *, adding: bool) -> list[tuple[int, Span]]:
    """The contents that may be meant, each with its steps, best first.

    None overlaps a marked one where another piece is to be added.
    """
    anchor = marks.cue or next(iter(marks.source), None)
    found: list[tuple[int, Span]] = []
    for unit, _ in near:
        place = around(unit, marks, anchor)
        if place is not None:
            found += [(steps, unit.span(first, last)) for steps, first, last in _stretches(place, adding=adding)]
    found.sort(key=lambda row: (-row[0], row[1]))
    here = [unit for unit, distance in near if distance == 0]
    wholes = [quotation.span for unit in here for quotation in unit.quotations.values()]
    wholes += [*(Span(unit.starts[0], unit.ends[-1]) for unit in here), claim]
    least = found[-1][0] if found else ANY
    found += [(least, whole) for whole in wholes]
    taken = [*marks.source, *([marks.cue] if marks.cue is not None else []), *(marks.content if adding else ())]
    return [row for row in found if not any(row[1].overlaps(other) for other in taken)]
