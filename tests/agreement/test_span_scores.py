from __future__ import annotations

import pytest

from annotator.agreement.coefficients import Undefined
from annotator.agreement.span_scores import MEASURES, Edges, f1, span_counts, touched

TOKENS: list[Edges] = [(0, 3), (4, 8), (9, 12), (13, 20), (21, 22)]


def scores(first: list[Edges], second: list[Edges]) -> dict[str, float]:
    counts = span_counts(first, second, TOKENS)
    return {measure: round(f1(counts, measure), 6) for measure in MEASURES}


def test_equal_overlapping_and_shared_tokens_are_three_measures() -> None:
    # The first span is the same, the second only overlaps, the third nobody else has; tokens 1, 3, 4 against 1, 4, 5.
    assert scores([(0, 3), (9, 20)], [(0, 3), (13, 22)]) == {"exact": 0.5, "overlap": 1.0, "token": round(2 / 3, 6)}
    assert scores([(0, 3)], [(0, 3), (9, 12)]) == {
        "exact": round(2 / 3, 6),
        "overlap": round(2 / 3, 6),
        "token": round(2 / 3, 6),
    }


def test_a_token_is_touched_where_a_character_of_it_is_marked() -> None:
    assert touched(TOKENS, [(3, 9)]) == {1}
    assert touched(TOKENS, [(2, 10)]) == {0, 1, 2}
    assert touched(TOKENS, [(3, 4), (8, 9)]) == set()
    assert touched(TOKENS, [(21, 22), (12, 14)]) == {3, 4}


def test_one_long_span_over_two_of_the_other_has_its_precision_and_its_recall() -> None:
    # One of one is found, two of two are.
    assert scores([(0, 12)], [(0, 3), (9, 12)])["overlap"] == 1.0
    # Precision 1/2, recall 1/1.
    assert scores([(0, 3), (21, 22)], [(0, 3)])["overlap"] == round(2 / 3, 6)


def test_one_span_over_everything_is_no_better_than_what_it_has_of_it() -> None:
    # Three sources of a token each, in five tokens: none is exact, three of five tokens are, no figure is above 1.
    sources: list[Edges] = [(0, 3), (9, 12), (21, 22)]
    assert scores([(0, 22)], sources) == {"exact": 0.0, "overlap": 1.0, "token": 0.75}


def test_the_same_span_twice_counts_twice() -> None:
    assert scores([(0, 3), (0, 3)], [(0, 3)])["exact"] == round(2 / 3, 6)


def test_the_same_words_in_another_place_are_not_the_same_span() -> None:
    # "He said" twice: a program that compares the words would have them agree.
    said = [(0, 2), (3, 7)]
    again = [(14, 16), (17, 21)]
    tokens: list[Edges] = [(0, 2), (3, 7), (8, 10), (11, 12), (14, 16), (17, 21), (22, 25)]
    assert all(
        f1(span_counts([here], [there], tokens), measure) == 0
        for here, there in zip(said, again, strict=True)
        for measure in MEASURES
    )
    assert f1(span_counts([*said, *again], said, tokens), "exact") == pytest.approx(2 / 3)


def test_the_measure_belongs_to_the_pair() -> None:
    first: list[Edges] = [(0, 3), (9, 20)]
    second: list[Edges] = [(4, 12)]
    assert scores(first, second) == scores(second, first)


def test_one_who_marks_nothing_agrees_with_nobody_and_two_of_them_are_undefined() -> None:
    assert set(scores([(0, 3)], []).values()) == {0.0}
    with pytest.raises(Undefined, match="neither marked anything"):
        f1(span_counts([], [], TOKENS), "exact")
