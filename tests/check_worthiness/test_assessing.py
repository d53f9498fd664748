from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.check_worthiness import assess
from annotator.check_worthiness.assessing import WEIGHTS, default_weights, read_weights
from annotator.check_worthiness.reading import features_of, listed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The ferry carried 4,200 passengers.", "a number"),
        ("The harbour has two million tons of grain.", "a number"),
        ("Rents are higher in the port than in the hills.", "compares"),
        ("The Ferry Act forbids it.", "names a law"),
        ("The council closed the pier.", "past fact"),
        ("The council was warned.", "past fact"),
        ("The ramp will open again.", "prediction"),
        ("They are going to close the ramp.", "prediction"),
        ("I think that the ramp is ugly.", "opinion"),
        ("The council should close the ramp.", "opinion"),
        ("Let's talk about the ramp.", "opinion"),
        ("Who closed the ramp?", "question"),
        ("Half of the crew left.", "a share"),
        ("The pier cost $3 more.", "money"),
        ("The mayor voted against the pier.", "a vote or a signature"),
        ("The mayor said it was late.", "reports what somebody said"),
        ("The catch fell again.", "a change"),
    ],
)
def test_what_is_told_of_a_sentence(text: str, reason: str) -> None:
    assert reason in assess(text).reasons


@pytest.mark.parametrize(
    "texts",
    [
        (
            "Unemployment in the port fell by 3 percent last year, more than in any other town.",
            "Unemployment in the port fell last year.",
            "I hope that everybody in the port has a wonderful day.",
        ),
        ("The council voted against the Harbour Act in 2014.", "The council will vote.", "Thank you, and good night."),
        ("The mill paid 2.4 million crowns in taxes.", "The mill should pay taxes.", "Should the mill pay taxes?"),
    ],
)
def test_what_can_be_held_against_the_world_is_above_what_cannot(texts: tuple[str, ...]) -> None:
    made = [assess(text) for text in texts]
    assert all(above.score > below.score for above, below in pairwise(made))
    assert made[0].worth
    assert not made[-1].worth


def test_quotation_marks_and_apostrophes_of_print_are_those_of_the_keyboard() -> None:
    assert assess("“We didn’t pay,” she said.") == assess('"We didn\'t pay," she said.')


def test_a_capital_at_the_start_says_nothing_and_later_it_is_a_name() -> None:
    assert "[name]" not in features_of("Ferries run.")
    assert "[name]" in features_of("The Albatros runs.")
    assert "[initials]" in features_of("US ferries run.")
    assert "[initials]" in features_of("The U.S. ferries run.")


@pytest.mark.parametrize("text", ["", "   \n", "— …", "🌉"])
def test_where_there_is_no_word_nothing_is_worth_checking(text: str) -> None:
    made = assess(text)
    assert (made.score, made.worth, made.reasons) == (0.0, False, ())


@given(st.text(max_size=300))
def test_any_text_has_a_score(text: str) -> None:
    made = assess(text)
    assert 0 <= made.score <= 1
    assert made.worth is (made.score >= default_weights().threshold)
    assert made == assess(text)


def test_a_text_without_an_end_is_not_read_to_it() -> None:
    assert assess("the ferry " * 300_000) == assess("the ferry " * 300)
    assert assess("x" * 3_000_000).score < 1


def test_the_weights_are_a_small_table_that_says_where_it_is_from() -> None:
    table = WEIGHTS.read_text(encoding="utf-8")
    assert len(table.encode()) <= 100_000
    assert "ClaimBuster" in table
    assert "CC BY 4.0" in table
    assert len(default_weights().of) > 1000


def test_every_reason_is_of_a_feature_that_the_table_weighs() -> None:
    entries = listed()
    told = {f"[{name}]" for name, entry in entries.items() if "reason" in entry}
    weighed = read_weights(WEIGHTS.read_text(encoding="utf-8").splitlines()).of
    # Two classes weigh nothing by themselves: their words do.
    assert told - set(weighed) <= {"[counting]", "[cause]", "[digit]", "[thanks]"}
