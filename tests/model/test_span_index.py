from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.model.span_index import SpanIndex

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(1, 12))


@given(st.lists(spans, max_size=12), spans)
def test_it_says_what_looking_at_all_of_them_says(given_spans: list[Span], asked: Span) -> None:
    index = SpanIndex.of(given_spans)
    assert index.meets(asked) == any(span.overlaps(asked) for span in given_spans)
    at = [place for place, span in enumerate(given_spans) if span.start <= asked.start < span.end]
    assert index.first_at(asked.start) == (at[0] if at else None)
