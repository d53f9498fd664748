from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.store.json_values import json_value

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.sampled_from(["", " ", "\n"]), st.sampled_from(["", " "]))
def test_any_json_has_its_value(value: object, before: str, behind: str) -> None:
    assert json_value(before + json.dumps(value) + behind) == value


@pytest.mark.parametrize("text", ["", " ", "[1", "1 2", "[1]]", "\ufeff1", "[1],[2]", "nothing"])
def test_what_json_refuses_is_refused_in_the_same_words(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as expected:
        json.loads(text)
    with pytest.raises(json.JSONDecodeError) as found:
        json_value(text)
    assert str(found.value) == str(expected.value)
