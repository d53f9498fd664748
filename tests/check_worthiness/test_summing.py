from __future__ import annotations

from itertools import islice, product
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.check_worthiness import assessing
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


def test_sums_stay_apart_from_which_features_they_are_of_however_many_these_are() -> None:
    words = iter(product("abcdefgh", repeat=5))
    text = " ".join("-".join("".join(word) for word in islice(words, 30)) for _ in range(200))
    found = features_of(text)
    assert len(found) > 10_000
    summer = Summer({**dict.fromkeys(map(str, range(75_000)), 5.0), **dict.fromkeys(found, -5.0)})
    assert summer.thousandths(text) == -5000 * len(found)


@pytest.mark.parametrize("text", ["", "— …", "  "])
def test_where_there_is_no_word_there_is_no_sum(text: str) -> None:
    assert SUMMER.thousandths(text) is None


def test_no_weight_has_more_decimals_than_are_summed_up() -> None:
    assert all(
        weight * 1000 == pytest.approx(round(weight * 1000), abs=1e-9) for weight in default_weights().of.values()
    )


@pytest.mark.parametrize(("more", "worth"), [(-1, False), (0, True), (1, True)])
def test_the_least_sum_is_the_first_whose_score_is_worth_checking(
    monkeypatch: pytest.MonkeyPatch, more: int, *, worth: bool
) -> None:
    monkeypatch.setattr(assessing, "_summer", lambda: SimpleNamespace(thousandths=int))
    total = str(assessing._least() + more)
    assert assessing.assess(total).worth is worth
    assert (assessing.score_of(total) is not None) is worth
