"""Candidates for the source: every noun phrase near the cue, by how it begins and ends and how it lies to the cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest

from annotator.model.span import Span
from annotator.suggesters.candidate_shares import share
from annotator.suggesters.candidate_surroundings import Around, around, class_of, relation
from annotator.suggesters.marks import Marks, Near
from annotator.suggesters.predicates import predicates_of

_BEGINNINGS = 14
_ENDINGS = 10
_LONGEST = 40
_LONG = ((1, "1"), (2, "2"), (4, "4"), (8, "8"), (16, "16"))
_NEAR = 4
_BETWEEN = {"": "right", ",": "comma", "i": "preposition"}


def subject_of(near: Around) -> tuple[int, int] | None:
    """The tokens that the rules take for the subject of the verb in the cue."""
    for predicate in predicates_of(near.unit):
        if near.first <= predicate.head <= near.last and predicate.subject is not None:
            return predicate.subject
    return None


def start_features(near: Around, at: int) -> Iterator[tuple[str, str]]:
    """How a source that begins with token `at` begins."""
    tags = near.unit.tags
    side = "before" if at < near.first else "after"
    before = class_of(tags[at - 1]) if at else "opening"
    yield "opens", f"{side}_{before}_{class_of(tags[at])}"


def end_features(near: Around, at: int) -> Iterator[tuple[str, str]]:
    """How a source that ends with token `at` ends."""
    tags = near.unit.tags
    side = "before" if at < near.first else "after"
    following = "cue" if at + 1 == near.first else class_of(tags[at + 1]) if at + 1 < len(tags) else "stop"
    yield "ends", f"{side}_{class_of(tags[at])}_{following}"


def pair_features(near: Around, first: int, last: int, subject: tuple[int, int] | None) -> Iterator[tuple[str, str]]:
    """What a source of the tokens `first` to `last` is, and how it lies to the cue, its subject and the content."""
    tags = near.unit.tags
    yield "place", f"{near.kind}_{_place(near, first, last)}"
    yield "subject", _to_subject(first, last, subject)
    size = next((name for most, name in _LONG if last - first < most), "long")
    held = tags[first : last + 1]
    word = "name" if "N" in held else class_of(tags[last])
    yield "head", f"{word}_{size}"
    inside = any(first <= end and start <= last for start, end in near.marked)
    yield "content", f"{near.kind}_{'inside' if inside else 'outside'}"
    if near.revised:
        yield "marked", relation(near, near.sources, first, last)


def _to_subject(first: int, last: int, subject: tuple[int, int] | None) -> str:
    if subject is None:
        return "unknown"
    start, end = subject
    if (first, last) == subject:
        return "same"
    if first == start:
        return "longer" if last > end else "shorter"
    if last == end:
        return "earlier" if first < start else "later"
    return "inside" if start <= first and last <= end else "overlapping" if first <= end and start <= last else "apart"


def _place(near: Around, first: int, last: int) -> str:
    tags = near.unit.tags
    if last < near.first:
        between, side = tags[last + 1 : near.first], "before"
    else:
        between, side = tags[near.last + 1 : first], "after"
    if between in _BETWEEN:
        name = _BETWEEN[between]
        if between == "i":
            name = near.unit.lowers[near.last + 1 if side == "after" else last + 1]
            name = name if name in ("by", "of", "from", "among", "to", "for", "with", "in") else "preposition"
    elif any(tag in "vxmhybegQ" for tag in between):
        name = "verb"
    elif any(tag in ",;:-" for tag in between):
        name = "beyond"
    else:
        name = "near" if len(between) <= _NEAR else "far"
    return f"{side}_{name}"


def openings(near: Around) -> list[int]:
    """The tokens that a source can begin with."""
    tags = near.unit.tags
    return [at for at in range(len(tags)) if tags[at] in "dnNjup#weoQgzra" and not near.first <= at <= near.last]


def closings(near: Around) -> list[int]:
    """The tokens that a source can end with; a comma closes an apposition."""
    tags = near.unit.tags
    return [at for at in range(len(tags)) if tags[at] in "nN#uo)dpjewzrgv,-Q" and not near.first <= at <= near.last]


def fits(near: Around, first: int, last: int) -> bool:
    """Whether the tokens can be a source: not across the cue, not endless, and a last comma closes one inside."""
    tags = near.unit.tags
    if last < first or last - first >= _LONGEST or first < near.first <= last:
        return False
    held = tags[first : last + 1]
    if tags[last] in ",-" and held.find(tags[last]) == last - first:
        return False
    return ";" not in held and ":" not in held and not (last > first and "Q" in held[:-1])


def phrases(near: Around) -> Iterator[tuple[float, int, int]]:
    """The likeliest sources of a unit in tokens, each with its likelihood."""
    when = "revised" if near.revised else "new"
    subject = subject_of(near)
    begins = [(_product(when, start_features(near, at)), at) for at in openings(near)]
    ends = [(_product(when, end_features(near, at)), at) for at in closings(near)]
    places = {at: _product(when, pair_features(near, at, at, subject)) for _, at in begins}
    for begin, first in nlargest(_BEGINNINGS, begins, key=lambda row: row[0] * places[row[1]]):
        for end, last in nlargest(_ENDINGS, [(end, last) for end, last in ends if fits(near, first, last)]):
            if (first, last) not in near.sources:
                yield begin * end * _product(when, pair_features(near, first, last, subject)), first, last


def _product(when: str, features: Iterator[tuple[str, str]]) -> float:
    product = 1.0
    for group, name in features:
        product *= share(f"source.{when}.{group}", name)
    return product


def sources(near: Sequence[Near], marks: Marks, *, adding: bool) -> list[tuple[float, Span]]:
    """The sources that may be meant, each with its likelihood, best first.

    None overlaps a marked one where another piece is to be added.
    """
    found: list[tuple[float, Span]] = []
    for unit, _ in near:
        place = around(unit, marks.cue, marks.content, marks)
        if place is not None:
            found += [(score, unit.span(first, last)) for score, first, last in phrases(place)]
    found.sort(key=lambda row: (-row[0], row[1]))
    return [row for row in found if not (adding and any(row[1].overlaps(old) for old in marks.source))]
