from __future__ import annotations

import pytest

from annotator.errors import DomainError
from annotator.model.span import Span
from annotator.model.suggestion import WorthSuggestion, suggestion_id


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_a_confidence_is_a_probability(confidence: float) -> None:
    assert WorthSuggestion(Span(0, 1), "2", "rule", 1.0).confidence == 1.0
    with pytest.raises(DomainError, match="between 0 and 1"):
        WorthSuggestion(Span(0, 1), "2", "rule", confidence)


def test_the_same_rule_that_proposes_the_same_thing_makes_the_same_suggestion() -> None:
    one = suggestion_id("a", "cues", "said", {"x": 1, "y": 2})
    assert one == suggestion_id("a", "cues", "said", {"y": 2, "x": 1})
    assert one not in {
        suggestion_id("a", "cues", "said", {"x": 1}),
        suggestion_id("a", "cues", "told", {"x": 1, "y": 2}),
    }
    assert len(one) == 32
