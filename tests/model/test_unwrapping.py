from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.language.unwrapping import unwrap_lines


@pytest.mark.parametrize(
    ("wrapped", "joined"),
    [
        ("closed on Mon-\nday, he said", "closed on Monday, he said"),
        ("a well-\nknown road", "a well-known road"),
        ("the state-of-\nthe-art ramp", "the state-of-the-art ramp"),
        ("the out-\nof-town ramp", "the out-of-town ramp"),
        ("they co-\noperate, and co-operate again", "they co-operate, and co-operate again"),
        ("they re-\nbuild; to rebuild", "they rebuild; to rebuild"),
        ("in Porto-\nNovo", "in Porto-Novo"),
        ("from 1990-\n95", "from 1990-95"),
        ("Vor-\nund Nachteile", "Vor- und Nachteile"),
        ("Bundes-\nregierung", "Bundesregierung"),
        ("Bundes\u00ad\nregierung", "Bundesregierung"),
        ("a dash -\nhere", "a dash - here"),
        ("one  \n  two", "one two"),
        ("- one-\n- two", "- one-\n- two"),
    ],
)
def test_a_word_that_was_divided_is_one_again(wrapped: str, joined: str) -> None:
    assert unwrap_lines(wrapped).text == joined


@given(st.text(st.sampled_from("ab B-\u00ad1\n"), max_size=60))
def test_what_is_left_is_the_text_but_for_what_is_said_to_be_removed(text: str) -> None:
    unwrapped = unwrap_lines(text)
    removed = set(unwrapped.removed)
    assert len(unwrapped.text) == len(text) - len(removed)
    left = [character for at, character in enumerate(text) if at not in removed]
    assert all(one == other or (one == " " and other in " \n") for one, other in zip(unwrapped.text, left, strict=True))
