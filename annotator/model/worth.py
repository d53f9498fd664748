"""How far an article is worth checking for whoever has decided nothing of it yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from annotator.model.scheme import Scheme
from annotator.model.span_index import SpanIndex
from annotator.model.suggestion import WorthSuggestion


def best_by_value(starts: Iterable[int], worths: Sequence[WorthSuggestion]) -> dict[str, float]:
    """The highest confidence of each check-worthiness that is suggested for some sentence, by where sentences start.

    Of several suggestions for one sentence the first counts, as in the review.
    """
    index = SpanIndex.of(made.span for made in worths)
    best: dict[str, float] = {}
    for start in starts:
        place = index.first_at(start)
        if place is not None:
            made = worths[place]
            best[made.worth] = max(best.get(made.worth, 0.0), made.confidence)
    return best


def worth_of(best: Mapping[str, float], scheme: Scheme) -> float:
    """The highest confidence, from 0 to 1, that some sentence is worth checking; 0 where none is suggested so."""
    return max((best.get(value.id, 0.0) for value in scheme.worth if not value.waives_verdict), default=0.0)
