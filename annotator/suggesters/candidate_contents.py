"""Candidates for the content: every stretch round the cue, by how it begins, how it ends and what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from heapq import nlargest

from annotator.model.span import Span
from annotator.suggesters.candidate_shares import share
from annotator.suggesters.candidate_surroundings import Around, around, class_of, relation
from annotator.suggesters.clauses import content_end, object_end
from annotator.suggesters.marks import Marks, Near

_STOPS = '.?!"'
# Beginnings, and ends for each, that are looked at: the best of many more.
_BEGINNINGS = 12
_ENDINGS = 14
_VERBS = re.compile(r"[vxmhy][rvxmhybeg]*")
_MANY = 3
_LONG = ((1, "1"), (2, "2"), (4, "4"), (8, "8"), (16, "16"))
_GAPS = ((0, "0"), (1, "1"), (2, "2"), (5, "5"), (9, "9"))


def start_features(near: Around, at: int) -> Iterator[tuple[str, str]]:
    """How a content that begins at token `at` begins."""
    unit, tags = near.unit, near.unit.tags
    tag = "that" if unit.lowers[at] == "that" and tags[at] == "s" else class_of(unit.tags[at])
    before = tags[at - 1] if at else "^"
    if at > near.last:
        gap = at - near.last - 1
        if gap and set(tags[near.last + 1 : at]) <= set(",:"):
            gap = 0
        behind_source = any(end == at - 1 and start > near.last for start, end in near.sources)
        size = "source" if behind_source else next((name for most, name in _GAPS if gap <= most), "far")
        yield "gap", f"{near.kind}_{size}"
        yield "opens", f"{size}_{tag}"
    else:
        yield "gap", f"{near.kind}_before"
        yield "opens", f"before_{tag}"
    yield "opens_behind", f"{'before' if at < near.first else 'after'}_{class_of(before)}"


def end_features(near: Around, at: int) -> Iterator[tuple[str, str]]:
    """How a content that ends with token `at` ends."""
    tags = near.unit.tags
    side = "before" if at < near.first else "after"
    rest = tags[at + 1 :].strip(_STOPS + ")")
    if not rest:
        yield "ends", f"{side}_unit_{near.kind}"
    elif side == "before" and not tags[at + 1 : near.speaker].strip(",-" + _STOPS):
        yield "ends", "before_speaker"
    else:
        following = tags[at + 1]
        more = tags[at + 2 : at + 3]
        if following == "i":
            lower = near.unit.lowers[at + 1]
            name = f"i_{lower}" if lower in _COMMON else "i"
            yield "ends", f"{side}_{name}{'_' + more if more in ('z', 'g') else ''}"
        elif following in ",-c":
            yield "ends", f"{side}_{_NAMES[following]}_{class_of(more) if more else 'none'}"
        else:
            yield "ends", f"{side}_{class_of(following)}"
    yield "last", f"{side}_{class_of(tags[at])}"


def pair_features(near: Around, first: int, last: int, rules: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """What a content of the tokens `first` to `last` holds; `rules` are where a clause and an object would end."""
    tags = near.unit.tags
    held = tags[first : last + 1]
    verbs = min(len(_VERBS.findall(held)), _MANY)
    yield "holds", f"{near.kind}_{verbs or ('quote' if 'Q' in held else 'none')}"
    yield "commas", f"{verbs}_{min(held.count(','), 2)}"
    size = next((name for most, name in _LONG if last - first < most), "long")
    yield "size", f"{near.kind}_{size}"
    if first > near.last:
        whole, thing = (rule == last for rule in rules)
        rule = "both" if whole and thing else "clause" if whole else "thing" if thing else "none"
        yield "rule", f"{near.kind}_{rule}"
    if near.marked:
        yield "marked", relation(near, near.marked, first, last)


_COMMON = frozenset(
    ["of", "in", "on", "at", "by", "for", "from", "with", "about", "against", "over", "during", "after", "before", "as"]
)
_NAMES = {",": "comma", "-": "dash", "c": "and"}


def stretches(near: Around) -> Iterator[tuple[float, int, int]]:
    """The likeliest contents of a unit in tokens, each with its likelihood."""
    when = "revised" if near.marked else "new"
    begins = [(_product(when, start_features(near, at)), at) for at in openings(near)]
    ends = [(_product(when, end_features(near, at)), at) for at in closings(near)]
    for begin, first in nlargest(_BEGINNINGS, begins):
        rules, stop = rules_at(near, first), reach(near, first)
        for end, last in nlargest(_ENDINGS, [(end, last) for end, last in ends if first <= last < stop]):
            if (first, last) not in near.marked:
                yield begin * end * _product(when, pair_features(near, first, last, rules)), first, last


def openings(near: Around) -> list[int]:
    """The tokens that a content can begin with."""
    tags = near.unit.tags
    return [at for at in range(len(tags)) if tags[at] not in ",;:.?!-)c" and not _blocked(near, at)]


def closings(near: Around) -> list[int]:
    """The tokens that a content can end with."""
    tags = near.unit.tags
    return [at for at in range(len(tags)) if tags[at] not in ",;:-(." and not _blocked(near, at)]


def _blocked(near: Around, at: int) -> bool:
    return near.first <= at <= near.last or any(start <= at <= end for start, end in near.sources)


def reach(near: Around, first: int) -> int:
    """The token of the cue or of a source that a content beginning at `first` cannot reach."""
    starts = [start for start, _ in ((near.first, near.last), *near.sources) if start > first]
    return min(starts, default=len(near.unit.tags))


def rules_at(near: Around, first: int) -> tuple[int, int]:
    """Where a clause and where an object that begins at a token would end."""
    if first <= near.last:
        return -1, -1
    return content_end(near.unit, first) - 1, object_end(near.unit, first) - 1


def _product(when: str, features: Iterator[tuple[str, str]]) -> float:
    product = 1.0
    for group, name in features:
        product *= share(f"content.{when}.{group}", name)
    return product


def contents(near: Sequence[Near], claim: Span, marks: Marks, *, adding: bool) -> list[tuple[float, Span]]:
    """The contents that may be meant, each with its likelihood, best first.

    None overlaps a marked one where another piece is to be added.
    """
    found: list[tuple[float, Span]] = []
    for unit, _ in near:
        place = around(unit, marks.cue, marks.source, marks)
        if place is not None:
            found += [(score, unit.span(first, last)) for score, first, last in stretches(place)]
    found.sort(key=lambda row: (-row[0], row[1]))
    here = [unit for unit, distance in near if distance == 0]
    wholes = [quotation.span for unit in here for quotation in unit.quotations.values()]
    wholes += [*(Span(unit.starts[0], unit.ends[-1]) for unit in here), claim]
    others = [*marks.source, *([marks.cue] if marks.cue is not None else []), *(marks.content if adding else ())]
    found += [(0.0, whole) for whole in wholes]
    return [row for row in found if not any(row[1].overlaps(other) for other in others)]
