"""How far two reviewers mark the same words: F1 of spans that are equal, that overlap, and of their tokens.

With one reviewer's spans taken for the truth, precision and recall change places when the two do, and F1 stays
(Hripcsak and Rothschild 2005): it belongs to the pair. What is counted of articles can be added up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from annotator.agreement.coefficients import Undefined

MEASURES = ("exact", "overlap", "token")
NOTHING_MARKED = "neither marked anything"

Key = tuple[str, str]
"""A measure and what is counted: what each of the two marked, and what of it the other marked too."""
Edges = tuple[int, int]
"""Where a span begins and ends, end exclusive."""

COUNTED = ("first", "second", "first found", "second found")
"""How much each of the two marked, and how much of it the other marked too."""
_FIRST, _SECOND, _FIRST_FOUND, _SECOND_FOUND = COUNTED


def span_counts(first: Sequence[Edges], second: Sequence[Edges], tokens: Sequence[Edges]) -> Counter[Key]:
    """What is counted of two reviewers' spans of one role in one article; a token is marked where a span touches it."""
    counts: Counter[Key] = Counter()
    equal = (Counter(first) & Counter(second)).total()
    _add(counts, "exact", (len(first), len(second), equal, equal))
    found = sum(_touches(span, second) for span in first), sum(_touches(span, first) for span in second)
    _add(counts, "overlap", (len(first), len(second), *found))
    one, other = touched(tokens, first), touched(tokens, second)
    common = len(one & other)
    _add(counts, "token", (len(one), len(other), common, common))
    return counts


def touched(tokens: Sequence[Edges], spans: Iterable[Edges]) -> set[int]:
    """The numbers of the tokens, which are in order and disjoint, that any of the spans touches."""
    found: set[int] = set()
    for start, end in spans:
        first = bisect_right(tokens, start, key=itemgetter(1))
        found.update(range(first, bisect_left(tokens, end, lo=first, key=itemgetter(0))))
    return found


def _add(counts: Counter[Key], measure: str, numbers: Iterable[int]) -> None:
    for what, number in zip(COUNTED, numbers, strict=True):
        counts[measure, what] += number


def _touches(span: Edges, others: Iterable[Edges]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def f1(counts: Mapping[Key, int], measure: str) -> float:
    """F1 of one measure; Undefined where neither reviewer marked anything, and 0 where only one did."""
    first, second = counts.get((measure, _FIRST), 0), counts.get((measure, _SECOND), 0)
    if not first and not second:
        raise Undefined(NOTHING_MARKED)
    if not first or not second:
        return 0.0
    precision = counts.get((measure, _FIRST_FOUND), 0) / first
    recall = counts.get((measure, _SECOND_FOUND), 0) / second
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
