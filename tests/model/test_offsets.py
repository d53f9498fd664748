from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.language.graphemes import grapheme_edges
from annotator.model.offsets import NOWHERE, OffsetUnit, ruler
from annotator.model.span import Span

TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("🌊é\u0301👩\u200d🚀🇩🇪क्ष\r\n"), max_size=40)


def clusters(text: str) -> list[str]:
    edges = grapheme_edges(text)
    return [text[start:end] for start, end in pairwise(edges)]


# What grapheme-splitter 1.0.4 makes of them.
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("a\r\nb\n", ["a", "\r\n", "b", "\n"]),
        ("e\u0301te", ["e\u0301", "t", "e"]),
        ("🇩🇪🇫🇷🇮", ["🇩🇪", "🇫🇷", "🇮"]),
        ("👩\u200d🚀👍🏽!", ["👩\u200d🚀", "👍🏽", "!"]),
        ("क्ष", ["क्", "ष"]),
        ("🐦\u200d⬛", ["🐦\u200d", "⬛"]),
        ("🫱🏻", ["🫱", "🏻"]),
        ("하\u11a8", ["하\u11a8"]),
        ("\u0600a", ["\u0600a"]),
    ],
)
def test_graphemes_are_those_that_doccano_counts(text: str, wanted: list[str]) -> None:
    assert clusters(text) == wanted


def test_utf16_code_units_are_javascripts() -> None:
    text = "a🌊b"
    counted = ruler(text, OffsetUnit.UTF16)
    assert [counted.code_points(offset) for offset in range(-1, 6)] == [NOWHERE, 0, 1, NOWHERE, 2, 3, NOWHERE]
    assert counted.measured(Span(1, 3)) == (1, 4)


@given(TEXTS, st.sampled_from(OffsetUnit))
def test_what_was_measured_is_found_again(text: str, unit: OffsetUnit) -> None:
    counted = ruler(text, unit)
    edges = grapheme_edges(text) if unit is OffsetUnit.GRAPHEMES else range(len(text) + 1)
    for start in edges:
        for end in edges:
            if start < end:
                span = Span(start, end)
                assert not counted.divides(span)
                assert [counted.code_points(at) for at in counted.measured(span)] == [start, end]


@given(TEXTS)
def test_a_span_that_divides_a_grapheme_is_widened(text: str) -> None:
    counted = ruler(text, OffsetUnit.GRAPHEMES)
    for at in range(len(text)):
        start, end = (counted.code_points(offset) for offset in counted.measured(Span(at, at + 1)))
        assert start <= at < at + 1 <= end
