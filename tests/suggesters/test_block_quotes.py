"""Statements over several paragraphs, with marks around all of them, at each, or with none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import BlockKind, Segmentation
from annotator.model.attribution import Form
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


SIGNED = "The ramp opened.\n\nWe paid for it. Nobody asked us.\n\n{}\n\nThe mayor left."


@pytest.mark.parametrize(
    ("signature", "source", "cue"),
    [
        ("— Ada Reyes (@reyes) June 9, 2026", "Ada Reyes", "—"),
        ("— Ada Reyes, crane driver", "Ada Reyes, crane driver", "—"),
        ("Ada Reyes, 41, nurse", "Ada Reyes, 41, nurse", None),
        ("Ada Reyes", "Ada Reyes", None),
    ],
)
@pytest.mark.parametrize("kind", [BlockKind.BLOCK_QUOTE, BlockKind.BODY])
def test_a_block_quote_is_said_by_whom_the_line_below_it_names(
    segment: Segment, signature: str, source: str, cue: str | None, kind: BlockKind
) -> None:
    text = SIGNED.format(signature)
    suggestions = suggest(text, segment(text, {1: BlockKind.BLOCK_QUOTE, 2: kind}))
    (signed,) = [suggestion.attribution for suggestion in suggestions.attributions]
    assert signed.form is Form.BLOCK
    assert [span.slice(text) for span in signed.source] == [source]
    assert (signed.cue and signed.cue.slice(text)) == cue
    assert [span.slice(text) for span in signed.content] == ["We paid for it. Nobody asked us."]


@pytest.mark.parametrize("line", ["Ada Reyes laughed.", "Advertisement", "The ramp is shut, Ada Reyes"])
def test_a_line_that_is_more_or_less_than_a_name_signs_nothing(said: Said, line: str) -> None:
    assert said(SIGNED.format(line), {1: BlockKind.BLOCK_QUOTE}) == []


def test_a_block_quote_with_an_introduction_is_signed_by_nobody_else(said: Said) -> None:
    text = "The port said:\n\nWe paid for it.\n\nAda Reyes, pilot\n\nThe mayor left."
    assert said(text, {1: BlockKind.BLOCK_QUOTE}) == ["The port | said: | We paid for it."]
