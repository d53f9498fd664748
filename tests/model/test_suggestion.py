from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import DomainError
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.span import Span
from annotator.model.suggestion import (
    AttributionSuggestion,
    Suggestions,
    WorthSuggestion,
    attribution_id,
    check_suggestions,
    suggester_name,
    worth_id,
)


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_a_confidence_is_a_probability(confidence: float) -> None:
    assert WorthSuggestion(Span(0, 1), "2", "rule", 1.0).confidence == 1.0
    with pytest.raises(DomainError, match="between 0 and 1"):
        WorthSuggestion(Span(0, 1), "2", "rule", confidence)


OFFSETS = st.integers(0, 99)
PLACES = st.builds(lambda start, more: Span(start, start + 1 + more), OFFSETS, OFFSETS)
ATTRIBUTIONS = st.builds(
    Attribution,
    id=st.just(""),
    source=st.lists(PLACES, max_size=1).map(tuple),
    cue=PLACES,
    content=st.lists(PLACES, min_size=1, max_size=1).map(tuple),
    type=st.sampled_from(AttributionType),
    form=st.sampled_from(Form),
    anonymity=st.sampled_from(Anonymity),
    negated=st.booleans(),
    parent=st.none() | st.text(min_size=1),
    relay=st.none() | PLACES,
)


def id_of(*parts: object) -> str:
    """The id as JSON of these has it."""
    return sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:32]


@given(st.text(), st.text(), ATTRIBUTIONS, PLACES)
def test_the_same_rule_that_proposes_the_same_thing_makes_the_same_suggestion(
    suggester: str, rule: str, made: Attribution, span: Span
) -> None:
    of_attribution = attribution_id("a1", suggester, rule, made)
    assert of_attribution == id_of("a1", suggester, rule, {"attribution": made.as_payload()})
    worth = WorthSuggestion(span, "2", rule, 0.5)
    assert worth_id("a1", suggester, worth) == id_of("a1", suggester, rule, {"span": span.as_pair(), "worth": "2"})


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
