"""Quotations in single marks, among apostrophes and around double marks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import Segmentation
from annotator.model.attribution import Form
from annotator.suggesters import suggest

Said = Callable[..., list[str]]
Segment = Callable[..., Segmentation]


@pytest.mark.parametrize(
    "quotation",
    [
        "‘She told me “go home” and I went,’",
        "'She told me \"go home\" and I went,'",
        "'I asked him, \"Is it over?\"'",
        "'It's the pilots' fault,'",
        "‘It’s the pilots’ fault,’",
        "'We are goin' home,'",
        "'It is over,'",
    ],
)
def test_single_marks_hold_a_whole_quotation(segment: Segment, quotation: str) -> None:
    text = f"{quotation} Reyes said."
    (suggestion,) = suggest(text, segment(text)).attributions
    attribution = suggestion.attribution
    assert [span.slice(text) for span in attribution.source] == ["Reyes"]
    assert [span.slice(text) for span in attribution.content] == [quotation]
    assert attribution.form is Form.DIRECT


@pytest.mark.parametrize(
    "text",
    [
        "'It is over,' he said. 'We lost.'",
        "The pilots' union met. 'It is over,' he said. 'We lost.'",
        "In the '90s the ramp was new. 'It is over,' he said. 'We lost.'",
        "The “Salt Road” plan was shelved. 'It is over,' he said. 'We lost.'",
        "'It is over,' he said of the “Salt Road” plan. 'We lost.'",
    ],
)
def test_what_else_has_marks_does_not_matter(said: Said, text: str) -> None:
    assert said(text) == ["he | said | 'It is over,' ... 'We lost.'"]


def test_single_marks_inside_double_ones_stay_inside(said: Said) -> None:
    assert said("“She told me ‘go home,’ and I went,” Reyes said.") == [
        "Reyes | said | “She told me ‘go home,’ and I went,”"
    ]
