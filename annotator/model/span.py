"""Spans: half-open intervals of Unicode code points into one text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from annotator.errors import SpanError
from annotator.model.late import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in Unicode code points; raises SpanError unless `0 <= start < end`."""

    start: int
    end: int

    # An article has hundreds of spans; what a dataclass would make of this takes twice as long.
    def __init__(self, start: int, end: int) -> None:
        if not 0 <= start < end:
            raise SpanError(f"a span needs 0 <= start < end, not {start}..{end}")
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def slice(self, text: str) -> str:
        """The covered text; raises SpanError where the span ends behind the text."""
        if self.end > len(text):
            raise SpanError(f"span {self.start}..{self.end} ends behind the text ({len(text)} code points)")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether at least one code point is in both."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether every code point of the other is in this one."""
        return self.start <= other.start and other.end <= self.end

    def as_pair(self) -> list[int]:
        """`[start, end]`, as spans are written in JSON."""
        return [self.start, self.end]


_set_start, _set_end = (vars(Span)[name].__set__ for name in ("start", "end"))


def held_by(spans: Sequence[Span], inner: Span) -> bool:
    """Whether one of the spans, which are in order and disjoint, contains the inner one."""
    at = bisect_right(spans, inner.start, key=lambda span: span.start) - 1
    return at >= 0 and inner.end <= spans[at].end


def spans_from_pairs(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    """Spans from `[[start, end], ...]`; raises SpanError for a pair that is not one."""
    spans = []
    for pair in pairs:
        numbers = list(pair)
        if len(numbers) != 2:
            raise SpanError(f"a span is a pair of offsets, not {numbers!r}")
        spans.append(Span(*numbers))
    return tuple(spans)


def spans_from_flat(flat: Sequence[int]) -> tuple[Span, ...]:
    """Spans from `[start, end, start, end, ...]`; raises SpanError, or IndexError where an end is missing."""
    if len(flat) == 2:
        return (Span(flat[0], flat[1]),)
    return tuple(Span(flat[at], flat[at + 1]) for at in range(0, len(flat), 2))


# Zero-width space, word joiner and byte-order mark: nothing to see and nothing to join, so they count as white space.
# Joiners (U+200C, U+200D) shape letters and directional marks order them: both belong to the words beside them.
ZERO_WIDTH = "\u200b\u2060\ufeff"


def is_blank(text: str) -> bool:
    """Whether there is nothing but white space and zero-width characters in it."""
    # Between sentences there is nearly always a single blank.
    return not text or text.isspace() or all(letter.isspace() or letter in ZERO_WIDTH for letter in text)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space and zero-width characters at either end, or None where nothing else is in it."""
    while start < end and (text[start].isspace() or text[start] in ZERO_WIDTH):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ZERO_WIDTH):
        end -= 1
    return Span(start, end) if start < end else None
