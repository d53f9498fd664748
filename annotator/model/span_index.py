"""Spans of a text, to be asked which of them are at a place without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from annotator.model.late import dataclass
from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class SpanIndex:
    """Spans in text order; `reach` is how far those up to each reach, `places` where each stood when it was given."""

    spans: Sequence[Span]
    starts: Sequence[int]
    reach: Sequence[int]
    places: Sequence[int]

    @classmethod
    def of(cls, given: Iterable[Span]) -> SpanIndex:
        """The index of some spans, which may overlap."""
        ordered = sorted(enumerate(given), key=lambda each: (each[1].start, each[1].end))
        spans = [span for _, span in ordered]
        reach = list(accumulate((span.end for span in spans), max))
        return cls(spans, [span.start for span in spans], reach, [place for place, _ in ordered])

    def meets(self, span: Span) -> bool:
        """Whether any of them overlaps the span."""
        before = bisect_left(self.starts, span.end)
        return before > 0 and self.reach[before - 1] > span.start

    def first_at(self, offset: int) -> int | None:
        """The place of the first one given that has the code point at the offset, or None."""
        at = bisect_left(self.starts, offset + 1)
        found: list[int] = []
        while at and self.reach[at - 1] > offset:
            at -= 1
            if self.spans[at].end > offset:
                found.append(self.places[at])
        return min(found, default=None)
