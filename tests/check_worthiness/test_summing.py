from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.check_worthiness.assessing import default_weights
from annotator.check_worthiness.reading import features_of
from annotator.check_worthiness.summing import Summer

SUMMER = Summer(default_weights().of)
_WORDS = st.lists(
    st.sampled_from(
        [
            "The",
            "the",
            "mayor",
            ",",
            "will",
            "pay",
            "$2.4",
            "million",
            "U.S.",
            "2014",
            "Monday",
            "didn't",
            "—",
            "and",
            "of",
            "a",
            "vote",
            "tax",
            "cuts?",
        ]
    )
)


@given(st.one_of(st.text(max_size=200), _WORDS.map(" ".join)))
def test_the_sum_is_that_of_the_weights_of_what_is_found(text: str) -> None:
    found = features_of(text)
    weighed = sum(round(1000 * default_weights().of.get(feature, 0)) for feature in found)
    assert SUMMER.thousandths(text) == (weighed if found else None)


@pytest.mark.parametrize("text", ["", "— …", "  "])
def test_where_there_is_no_word_there_is_no_sum(text: str) -> None:
    assert SUMMER.thousandths(text) is None


def test_no_weight_has_more_decimals_than_are_summed_up() -> None:
    assert all(
        weight * 1000 == pytest.approx(round(weight * 1000), abs=1e-9) for weight in default_weights().of.values()
    )
