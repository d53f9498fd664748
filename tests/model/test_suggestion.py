from __future__ import annotations

import pytest

from annotator.errors import DomainError
from annotator.model.attribution import Attribution
from annotator.model.span import Span
from annotator.model.suggestion import (
    AttributionSuggestion,
    Suggestions,
    WorthSuggestion,
    check_suggestions,
    suggester_name,
    suggestion_id,
)


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


def proposed(parent: str | None, content: Span) -> AttributionSuggestion:
    made = Attribution("inner", (), Span(2, 3), (content,), parent=parent)
    return AttributionSuggestion(made, "rule", 0.5)


OUTER = AttributionSuggestion(Attribution("outer", (), Span(0, 1), (Span(1, 8),)), "rule", 0.5)


def test_suggestions_that_could_all_be_accepted_are_taken() -> None:
    worth = WorthSuggestion(Span(0, 10), "2", "rule", 0.5)
    check_suggestions("x" * 10, Suggestions("test", (worth,), (proposed("outer", Span(3, 8)), OUTER)))


@pytest.mark.parametrize(
    ("inner", "wrong"),
    [
        (proposed(None, Span(3, 11)), "test proposes a span that ends behind"),
        (proposed("outer", Span(3, 9)), "must lie inside"),
        (proposed("gone", Span(3, 4)), "does not exist"),
    ],
)
def test_suggestions_that_would_break_a_rule_once_accepted_are_refused(
    inner: AttributionSuggestion, wrong: str
) -> None:
    with pytest.raises(DomainError, match=wrong):
        check_suggestions("x" * 10, Suggestions("test", (), (OUTER, inner)))


def test_a_suggested_worth_behind_the_text_is_refused() -> None:
    with pytest.raises(DomainError, match="behind the text"):
        check_suggestions("x", Suggestions("test", (WorthSuggestion(Span(0, 2), "2", "rule", 0.5),)))


def test_two_attributions_with_one_id_are_refused() -> None:
    with pytest.raises(DomainError, match="two attributions one id"):
        check_suggestions("x" * 10, Suggestions("test", (), (OUTER, OUTER)))


def test_a_suggester_is_named_without_its_version() -> None:
    assert [suggester_name(name) for name in ("rules@2", "rules", "a@b@1")] == ["rules", "rules", "a"]
