from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.editing.span_labels import LETTERS, labelled
from annotator.model.language.words import words
from annotator.model.span import Span

TEXT = "It rained. The ramp, she said, “is shut”. Nobody came."
CLAIM = Span(TEXT.index("The"), TEXT.index(" Nobody"))


def named(text: str, claim: Span, selection: Span | None = None) -> list[str]:
    return [span.slice(text) for span in labelled(text, words(text), claim, selection or claim)]


def test_the_claims_words_come_first_then_those_around_it_and_commas_take_no_letter() -> None:
    assert named(TEXT, CLAIM) == [
        *("The", "ramp", "she", "said", "“", "is", "shut", "”"),
        *("It", "rained", "Nobody", "came"),
    ]


def test_there_are_as_many_as_letters_and_those_are_the_nearest() -> None:
    text = " ".join(f"w{number}" for number in range(200))
    start = text.index("w100")
    found = named(text, Span(start, start + 4))
    assert len(found) == len(LETTERS) == 52
    assert found[0] == "w100"
    numbers = sorted(int(word[1:]) for word in found)
    assert numbers == list(range(numbers[0], numbers[0] + 52))
    assert 70 < numbers[0] < 80


@pytest.mark.parametrize("at", [3, 100, 196])
def test_of_a_claim_with_more_words_those_near_the_selection_are_named(at: int) -> None:
    text = " ".join(f"w{number}" for number in range(200))
    start = text.index(f"w{at} ")
    found = named(text, Span(0, len(text)), Span(start, start + 2))
    assert len(found) == 52
    assert f"w{at}" in found
    numbers = [int(word[1:]) for word in found]
    assert numbers == list(range(numbers[0], numbers[0] + 52))


@given(st.text("ab, .“”—1\n’", min_size=1, max_size=80), st.data())
def test_whatever_the_text_each_label_is_one_of_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    claim = Span(start, data.draw(st.integers(start + 1, len(text))))
    known = words(text)
    found = labelled(text, known, claim, claim)
    assert len(found) == len(set(found)) <= len(LETTERS)
    assert set(found) <= set(known)
