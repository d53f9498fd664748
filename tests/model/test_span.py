from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SpanError
from annotator.model.span import Span, is_blank, spans_from_pairs, trimmed

OFFSETS = st.integers(-2, 12)


@given(OFFSETS, OFFSETS)
def test_a_span_is_made_where_it_holds_a_code_point_and_refused_elsewhere(start: int, end: int) -> None:
    if 0 <= start < end:
        assert len(Span(start, end)) == end - start
    else:
        with pytest.raises(SpanError, match=f"{start}\\.\\.{end}"):
            Span(start, end)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 10))
    return Span(start, draw(st.integers(start + 1, 12)))


@given(spans(), spans())
def test_overlap_and_containment_are_those_of_the_code_points(one: Span, other: Span) -> None:
    mine, others = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.overlaps(other) == bool(mine & others)
    assert one.contains(other) == (others <= mine)


def test_a_span_counts_code_points_and_not_bytes_or_columns() -> None:
    text = "a🌉e\u0301z"
    assert Span(1, 4).slice(text) == "🌉e\u0301"


def test_a_span_behind_the_text_is_refused_when_it_is_sliced() -> None:
    assert Span(1, 3).slice("abc") == "bc"
    with pytest.raises(SpanError, match="3 code points"):
        Span(1, 4).slice("abc")


@given(st.lists(spans()))
def test_spans_come_back_from_the_pairs_they_are_written_as(given_spans: list[Span]) -> None:
    assert spans_from_pairs([span.as_pair() for span in given_spans]) == tuple(given_spans)


@pytest.mark.parametrize("pair", [[1], [1, 2, 3], [2, 1], []])
def test_what_is_no_pair_of_offsets_is_no_span(pair: list[int]) -> None:
    with pytest.raises(SpanError):
        spans_from_pairs([pair])


@given(st.text("a \n\u00a0\u200b\u2060\ufeff", max_size=8))
def test_trimming_takes_white_space_and_zero_width_characters_and_nothing_else(text: str) -> None:
    span = trimmed(text, 0, len(text))
    bare = text.strip(" \n\u00a0\u200b\u2060\ufeff")
    assert (span.slice(text) if span else "") == bare
    assert is_blank(text) == (bare == "")


@pytest.mark.parametrize("mark", ["\u200c", "\u200d", "\u200e", "\u200f", "\u202b", "\u2067", "\u00ad"])
def test_joiners_and_directional_marks_are_no_white_space(mark: str) -> None:
    assert trimmed(f" {mark}a{mark} ", 0, 5) == Span(1, 4)
