"""What splitting, suggesting, searching and the span mode do grows as the text does: calls are counted, not timed."""

from __future__ import annotations

import sys
import unicodedata
from types import FrameType
from typing import Any

import pytest

from annotator.model.language.folding import decomposed, fold
from annotator.model.language.mention import bare_name, name_key
from annotator.segmentation import split
from annotator.suggesters import suggest
from benchmarks.apparatus.text_kinds import KINDS, made
from benchmarks.scaling import STEPS, Given

ONCE_QUADRATIC = (
    "quotations",
    "quotations, single",
    "quotations without speaker",
    "paragraphs that are quotations",
    "introductions of block quotes",
    "chains of said that",
    "one sentence",
    "one paragraph of attributions",
    "sources that come back",
    "run of '",
    "run of _",
)
COUNTED = sorted({*ONCE_QUADRATIC, *KINDS[::16]})
SIZE = 2000
# What is loaded once is loaded before anything is counted.
SPARE = 300


def calls(step: str, text: str) -> int:
    """How often anything is called in a step: functions, methods, and generators for one more item."""
    given = Given(text, split(text))
    count = 0

    def counted(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        STEPS[step](given)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", COUNTED)
@pytest.mark.parametrize("step", ["split", "suggest", "span mode", "search"])
def test_twice_the_text_is_twice_the_work(step: str, kind: str) -> None:
    calls(step, made(kind, SIZE))
    once, twice = calls(step, made(kind, SIZE)), calls(step, made(kind, 2 * SIZE))
    assert twice <= 2.2 * once + SPARE


# Each of these took hours at this length, when a rule looked from every place to the end of the run.
@pytest.mark.parametrize(
    "kind", ["spaces in a name", "spaces in an apposition", "marks in a name", "run of '", "run of _", "run of ’"]
)
def test_a_run_as_long_as_a_book_is_read(kind: str) -> None:
    text = made(kind, 100_000)
    suggest(text, split(text), language="en")


def test_marks_are_put_in_order_however_many_there_are() -> None:
    run = "e" + "\u0301\u0323" * 40
    assert decomposed(run) == unicodedata.normalize("NFKD", run)
    assert fold("e" + "\u0301\u0323" * 200_000 + "f") == "ef"
    assert fold(fold("ก" + "\u0e48\u0e38" * 50)) == fold("ก" + "\u0e48\u0e38" * 50)


def test_a_name_is_the_same_however_far_apart_its_words_stand() -> None:
    spaced = f"Ines{' ' * 300_000}Duarte"
    assert bare_name(spaced) == "Ines Duarte"
    assert name_key(spaced) == name_key("Ines Duarte")
