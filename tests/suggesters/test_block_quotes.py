"""Statements over several paragraphs, with marks around all of them, at each, or with none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import BlockKind, Segmentation
from annotator.suggesters import suggest

Said = Callable[..., list[str]]
Segment = Callable[..., Segmentation]


@pytest.mark.parametrize(
    "statement",
    [
        "“The ramp is shut.\n\nWe regret it.\n\nIt will open in May.”",
        '"The ramp is shut.\n\nWe regret it.\n\nIt will open in May."',
        "“The ramp is shut.\n\n“We regret it.\n\n“It will open in May.”",
    ],
)
@pytest.mark.parametrize("introduction", ["The port said in a statement:", "The port said on its website, in part:"])
def test_marks_at_both_ends_hold_every_paragraph_between(said: Said, introduction: str, statement: str) -> None:
    (line,) = said(f"{introduction}\n\n{statement}\n\nThe mayor left.")
    assert line.startswith("The port | said")
    assert line.endswith(f" | {statement}")


@pytest.mark.parametrize("behind", [" “The ramp is shut.”", "\n\n“The ramp is shut.”"])
def test_the_colon_behind_the_statement_belongs_to_the_cue(said: Said, behind: str) -> None:
    assert said("The port said in a statement:" + behind) == ["The port | said in a statement: | “The ramp is shut.”"]


def test_a_mark_that_nothing_closes_holds_its_paragraph_only(said: Said) -> None:
    assert said("The port said:\n\n“The ramp is shut.\n\nThe mayor left.\n\nHe said “no” to the crew.")[0] == (
        "The port | said: | “The ramp is shut."
    )


def test_without_marks_the_block_is_proposed_with_less_confidence(segment: Segment) -> None:
    text = (
        "The port said in a statement:\n\nWe shut the ramp. We regret it.\n\nWe will open it in May.\n\nThe mayor left."
    )
    kinds = {1: BlockKind.BLOCK_QUOTE, 2: BlockKind.BLOCK_QUOTE}
    (unmarked,) = suggest(text, segment(text, kinds)).attributions
    assert [span.slice(text) for span in unmarked.attribution.content] == [
        "We shut the ramp. We regret it.",
        "We will open it in May.",
    ]
    quoted = "The port said in a statement, “The ramp is shut.”"
    (marked,) = suggest(quoted, segment(quoted)).attributions
    assert unmarked.confidence < marked.confidence
