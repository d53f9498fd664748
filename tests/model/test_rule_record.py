from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.article import BlockKind, Sentence
from annotator.model.attribution import Attribution
from annotator.model.review import ArticleReview
from annotator.model.rule_record import ENOUGH, RuleRecord, as_learned, learned_confidence, rule_record
from annotator.model.scheme import default_scheme
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle
from annotator.model.suggestion import AttributionSuggestion

TEXT = "Ana said it rained, Bo said it snowed, Cleo said it froze."


def article(rules: Sequence[tuple[str, float]]) -> StoredArticle:
    """One sentence with an attribution of each rule, in their order."""
    made = [
        (
            f"s{number}",
            AttributionSuggestion(
                Attribution(f"s{number}", (), Span(start + 4, start + 8), (Span(start + 9, start + 18),)), rule, sure
            ),
        )
        for number, ((rule, sure), start) in enumerate(zip(rules, (0, 20, 39), strict=False))
    ]
    whole = Sentence(Span(0, len(TEXT)), BlockKind.BODY)
    return StoredArticle("a", TEXT, (), "en", "", (), (whole,), attributions=tuple(made))


def offered(shown: StoredArticle) -> list[str]:
    review = ArticleReview(shown, "ana", default_scheme())
    return [made.rule for _, made in review.suggested_attributions(review.claims[0])]


def test_a_rule_begins_with_its_confidence_and_comes_to_what_was_decided() -> None:
    assert learned_confidence(0.8, 0, 0) == 0.8
    assert learned_confidence(0.8, 3, 20) == pytest.approx((48 + 3) / 80)
    assert learned_confidence(0.8, 0, 20, begun=20) == pytest.approx(0.4)
    assert learned_confidence(0.1, 100_000, 100_000) == pytest.approx(1, abs=1e-3)


@given(st.floats(0, 1), st.integers(0, 10_000), st.integers(0, 10_000))
def test_it_stays_a_share(confidence: float, right: int, wrong: int) -> None:
    assert 0 <= learned_confidence(confidence, right, right + wrong) <= 1


def test_the_record_counts_by_rule_whatever_the_order() -> None:
    decided = [("first", True), ("second", False), ("first", False)]
    assert rule_record(decided) == rule_record(reversed(decided))
    assert rule_record(decided).of("first") == (1, 2)
    assert rule_record(decided).of("third") == (0, 0)


def test_what_was_mostly_refused_comes_later_and_less_surely_and_says_so() -> None:
    stored = article([("first", 0.9), ("second", 0.8), ("third", 0.8)])
    shown = as_learned(stored, RuleRecord({"first": (3, ENOUGH)}))
    assert offered(stored) == ["first", "second", "third"]
    assert offered(shown) == ["second", "third", "first"]
    last = shown.attributions[-1][1]
    assert last.confidence == pytest.approx((0.9 * 60 + 3) / (60 + ENOUGH))
    assert last.record == (3, ENOUGH)
    assert [made.confidence for _, made in shown.attributions[:2]] == [0.8, 0.8]


def test_nothing_else_of_the_article_changes() -> None:
    stored = article([("first", 0.9), ("second", 0.8)])
    shown = as_learned(stored, RuleRecord({"first": (0, ENOUGH)}))
    assert replace(shown, attributions=stored.attributions) == stored
    assert {id_: made.attribution for id_, made in shown.attributions} == {
        id_: made.attribution for id_, made in stored.attributions
    }


def few() -> Iterator[RuleRecord | None]:
    yield None
    yield RuleRecord()
    yield RuleRecord({"first": (0, ENOUGH - 2), "second": (1, 1)})


@pytest.mark.parametrize("record", few())
def test_of_too_few_decisions_nothing_is_learned(record: RuleRecord | None) -> None:
    stored = article([("first", 0.9), ("second", 0.8)])
    assert as_learned(stored, record) is stored
