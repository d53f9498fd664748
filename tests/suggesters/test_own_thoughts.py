"""What the person quoted thinks and knows, and what "they told me": nested, with a pronoun as source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import BlockKind

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("quotation", "nested"),
    [
        ("I think the ramp is rotten,", "I | think | the ramp is rotten"),
        ("We know that the boats are old,", "We | know | that the boats are old"),
        ("It hurts, and I believe everybody on the pier knows it,", "I | believe | everybody on the pier knows it"),
        ("They told me that the pump was broken,", "They | told | that the pump was broken"),
        ("He said he would come,", "He | said | he would come"),
        ("I suspect that she knew,", "I | suspect | that she knew"),
        ("We understand that people are worried,", "We | understand | that people are worried"),
        ("I believe that the ramp is rotten, and I fear that it breaks,", "I | fear | that it breaks"),
        ("The boats are old and the pier is older, but they told us it would hold,", "they | told | it would hold"),
    ],
)
def test_a_pronouns_clause_in_a_quotation(said: Said, quotation: str, nested: str) -> None:
    assert nested in said(f"“{quotation}” Duarte said.")


def test_a_thought_between_commas(said: Said) -> None:
    text = "Duarte told the Courier:\nThe crew has been, I think, as careful as it can be."
    assert said(text, {1: BlockKind.BLOCK_QUOTE})[1:] == ["I | think | The crew has been ... as careful as it can be"]


@pytest.mark.parametrize(
    "quotation",
    [
        "I don't know what happened to the boats,",
        "I would say the ramp is rotten,",
        "I know,",
        "The ramp, the pier and the boats were old long before the council came to power, and I think they were.",
    ],
)
def test_no_thought_of_its_own(said: Said, quotation: str) -> None:
    assert len(said(f"“{quotation}” Duarte said.")) == 1
