"""Ratings as patterns: what they stand for, and who is among them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.agreement import Level
from annotator.agreement.ratings import Rating, RatingTable, ratings_of
from annotator.errors import AgreementError


def test_the_numbers_of_categories_are_their_scale_else_their_places_or_names() -> None:
    words = ratings_of([Rating("u", "ana", "high"), Rating("u", "bo", "low")], order=["low", "high"])
    assert words.numbers == (0.0, 1.0)
    assert replace(words, level=Level.INTERVAL, scale=(1.0, 5.0)).numbers == (1.0, 5.0)
    assert replace(words, scale=(1.0, 5.0)).numbers == (1.0, 5.0)
    figures = ratings_of([Rating("u", "ana", "10"), Rating("u", "bo", "2.5")], level=Level.RATIO)
    assert (figures.categories, figures.numbers) == (("2.5", "10"), (2.5, 10.0))


def test_who_rated_nothing_is_left_out_and_a_first_category_is_a_value() -> None:
    table = RatingTable()
    for unit, reviewer, value in (("u", "ana", "a"), ("u", "bo", "b"), ("v", "ana", "a")):
        table.add(unit, reviewer, value)
    ratings = table.ratings()
    assert ratings.of_those_who_rated() is ratings
    lonely = replace(ratings, reviewers=("ana", "bo", "cleo"), clusters=({(0, 1, None): 1, (0, None, None): 1},))
    assert lonely.of_those_who_rated().reviewers == ("ana", "bo")
    assert lonely.of_those_who_rated().patterns == {(0, 1): 1, (0, None): 1}


def test_two_values_of_one_reviewer_for_one_unit_are_refused() -> None:
    table = RatingTable()
    table.add("u", "ana", "yes")
    table.add("u", "ana", "yes")
    with pytest.raises(AgreementError, match="unit u: ana gave it 'yes' and 'no'"):
        table.add("u", "ana", "no")
