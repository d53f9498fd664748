"""Candidates for the source: every noun phrase near the cue, by how it begins and ends and how it lies to the cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest

from annotator.model.candidates import Marks
from annotator.model.span import Span
from annotator.suggesters.candidates.near import Near
from annotator.suggesters.candidates.steps import ANY, HARDLY, LIKELY, UNLIKELY, VERY, by_tag
from annotator.suggesters.candidates.surroundings import Around, around, keeps
from annotator.suggesters.reading import pos
from annotator.suggesters.syntax.predicates import predicates_of

_FIRST = (
    pos.POSSESSED_PHRASE
    + pos.PRONOUNS
    + pos.RELATIVE
    + pos.PARTICIPLE
    + pos.QUOTATION
    + pos.GERUND
    + pos.TIME
    + pos.ADVERB
    + pos.PAST_OR_PARTICIPLE
)
_LAST = (
    pos.POSSESSED_PHRASE
    + pos.PRONOUNS
    + pos.PARTICIPLE
    + pos.RELATIVE
    + pos.TIME
    + pos.ADVERB
    + pos.GERUND
    + pos.FINITE
    + pos.QUOTATION
    + "),-"
)
_PRONOMINAL = pos.PRONOUNS + pos.RELATIVE
_VERBAL = pos.FINITE_GROUP + pos.BASE + pos.PARTICIPLE + pos.GERUND + pos.QUOTATION

_BEGINNINGS = 14
_ENDINGS = 10
_LONGEST = 40
_NEAR = 4

# What a noun phrase begins with, and what it is likely to begin behind: not inside another.
_OPENS = "djnN#uow"
_BEGINS_BEFORE = by_tag(likely="^,-;.?!sw)(", unlikely="nNuoz", hardly="djp#")
_BEGINS_BEHIND = by_tag(likely=",-i(", hardly="djp#nNcsbuow")
_ENDS = by_tag(likely='.?!,-;)(sw":vxmhyr', hardly="nNpj#cd")
_CLOSES = by_tag(likely=",-)", unlikely="djewrgv#")
# In tokens, up to so many: most sources are a name or a pronoun.
_SIZES = ((2, LIKELY), (8, ANY), (16, UNLIKELY), (_LONGEST, HARDLY))
_OF_SPEAKER = frozenset(["by", "from", "of", "among"])


def subject_of(near: Around) -> tuple[int, int] | None:
    """The tokens that the rules take for the subject of the verb in the cue."""
    for predicate in predicates_of(near.unit):
        if near.first <= predicate.head <= near.last and predicate.subject is not None:
            return predicate.subject
    return None


def _begins(near: Around, at: int) -> int:
    tags = near.unit.tags
    before = tags[at - 1] if at else "^"
    if at < near.first:
        return (LIKELY if tags[at] in _OPENS else UNLIKELY) + _BEGINS_BEFORE.get(before, ANY)
    return (ANY if tags[at] in _OPENS else UNLIKELY) + _BEGINS_BEHIND.get(before, ANY)


def _ends(near: Around, at: int) -> int:
    tags = near.unit.tags
    following = LIKELY if at + 1 in (near.first, len(tags)) else _ENDS.get(tags[at + 1], ANY)
    return following + _CLOSES.get(tags[at], ANY)


def _lies(near: Around, first: int, last: int, subject: tuple[int, int] | None) -> int:
    """Steps for what lies between a source and the cue, and for how the source lies to the verb's subject."""
    tags, lowers = near.unit.tags, near.unit.lowers
    before = last < near.first
    between = tags[last + 1 : near.first] if before else tags[near.last + 1 : first]
    if between == pos.PREPOSITION and not before and lowers[first - 1] in _OF_SPEAKER:
        place = VERY
    elif before and near.kind == "passive":
        place = UNLIKELY
    elif between in ("", "i"):
        place = LIKELY
    elif any(tag in _VERBAL for tag in between):
        place = UNLIKELY if before else HARDLY
    elif between == ",":
        place = UNLIKELY
    else:
        place = HARDLY if len(between) > _NEAR or any(tag in ",;:-" for tag in between) else UNLIKELY
    if subject == (first, last):
        return place + VERY
    crosses = subject is not None and first <= subject[1] and subject[0] <= last
    return place + (UNLIKELY if crosses else ANY)


def _holds(near: Around, first: int, last: int) -> int:
    tags = near.unit.tags
    steps = next(steps for most, steps in _SIZES if last - first < most)
    if tags[last] not in _PRONOMINAL and tags.find(pos.NAME, first, last + 1) < 0:
        steps += UNLIKELY
    if near.sources:
        steps += {"start": VERY, "end": ANY, "neither": UNLIKELY}[keeps(near.sources, first, last)]
    return steps


def _fits(near: Around, first: int, last: int) -> bool:
    """Whether the tokens can be a source: not across the cue, not endless, and a last comma closes one inside."""
    tags = near.unit.tags
    if last < first or last - first >= _LONGEST or first < near.first <= last:
        return False
    held = tags[first : last + 1]
    if tags[last] in ",-" and held.find(tags[last]) == last - first:
        return False
    return ";" not in held and ":" not in held and not (last > first and "Q" in held[:-1])


def phrases(near: Around) -> Iterator[tuple[int, int, int]]:
    """The likeliest sources of a unit in tokens, each with its steps."""
    tags = near.unit.tags
    subject = subject_of(near)
    outside = [at for at in range(len(tags)) if not near.first <= at <= near.last]
    begins = [(_begins(near, at) + _lies(near, at, at, subject), at) for at in outside if tags[at] in _FIRST]
    ends = [(_ends(near, at), at) for at in outside if tags[at] in _LAST]
    for _, first in nlargest(_BEGINNINGS, begins, key=lambda row: row[0]):
        begin = _begins(near, first)
        fitting = [row for row in ends if _fits(near, first, row[1])]
        for end, last in nlargest(_ENDINGS, fitting, key=lambda row: row[0]):
            if (first, last) not in near.sources:
                yield begin + end + _lies(near, first, last, subject) + _holds(near, first, last), first, last


def sources(near: Sequence[Near], marks: Marks, *, adding: bool) -> list[tuple[int, Span]]:
    """The sources that may be meant, each with its steps, best first.

    None overlaps a marked one where another piece is to be added.
    """
    anchor = marks.cue or next(iter(marks.content), None)
    found: list[tuple[int, Span]] = []
    for unit, _ in near:
        place = around(unit, marks, anchor)
        if place is not None:
            found += [(steps, unit.span(first, last)) for steps, first, last in phrases(place)]
    found.sort(key=lambda row: (-row[0], row[1]))
    return [row for row in found if not (adding and any(row[1].overlaps(old) for old in marks.source))]
