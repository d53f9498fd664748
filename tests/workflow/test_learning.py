"""How often each rule was right for one reviewer; in the first article three attributions of one rule are proposed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model import rule_record
from annotator.model.ledger import uuid7
from annotator.model.rule_record import RuleRecord
from annotator.store import Store, articles
from annotator.store.suggestions import decided_last, write_suggestions
from annotator.workflow import attributing, learning, renaming
from annotator.workflow.learning import own_rule_record
from annotator.workflow.session import ReviewSession
from annotator.workflow.suggestion_outcomes import suggestions_in_numbers
from tests.workflow.conftest import suggestions

RULE = "by hand"


def counted(session: ReviewSession) -> tuple[int, int]:
    """Of the one rule: how many were right, and of how many."""
    record = own_rule_record(session)
    assert record is not None
    return record.of(RULE)


def test_what_is_accepted_was_right_and_what_is_refused_or_replaced_was_not(ana: ReviewSession) -> None:
    claims = ana.review.claims
    assert counted(ana) == (0, 0)
    ana.apply(attributing.accept, claims[1])
    assert counted(ana) == (2, 2)
    ((id_, proposed),) = ana.review.suggested_attributions(claims[3])
    ana.apply(attributing.refuse, claims[3], id_)
    assert counted(ana) == (2, 3)
    ana.undo()
    assert counted(ana) == (2, 2)
    ana.apply(attributing.keep_attribution, claims[3], replace(proposed.attribution, id=uuid7(), source=()))
    assert counted(ana) == (2, 3)


def test_another_reviewer_s_decisions_teach_her_nothing(ana: ReviewSession, bo: ReviewSession) -> None:
    claim = bo.review.claims[3]
    bo.apply(attributing.refuse, claim, bo.review.suggested_attributions(claim)[0][0])
    assert counted(bo) == (0, 1)
    assert own_rule_record(ana) == RuleRecord()


def test_what_she_decided_under_an_earlier_name_is_hers(store: Store, ana: ReviewSession) -> None:
    ana.apply(attributing.accept, ana.review.claims[1])
    renaming.rename(store, renaming.plan(store, "ana", "dora", None), None)
    assert counted(ReviewSession(store, "dora")) == (2, 2)


def test_a_proposal_of_two_versions_counts_once(store: Store, ana: ReviewSession, ramp: str) -> None:
    ana.apply(attributing.accept, ana.review.claims[1])
    with store.transaction():
        write_suggestions(store, ramp, [replace(suggestions(), suggester="test@2")])
    assert counted(ana) == (2, 2)


def test_hidden_articles_and_what_lies_too_far_back_do_not_count(
    store: Store, ana: ReviewSession, ramp: str, rain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.apply(attributing.accept, ana.review.claims[1])
    ana.open(rain)
    ana.apply(attributing.accept, ana.review.claims[0])
    assert decided_last(store, "ana", 5) == [rain, ramp]
    monkeypatch.setattr(learning, "MOST_ARTICLES", 1)
    assert counted(ana) == (0, 0)
    monkeypatch.undo()
    assert counted(ana) == (2, 2)
    articles.hide_article(store, ramp, None)
    assert decided_last(store, "ana", 5) == [rain]
    assert counted(ana) == (0, 0)


def test_an_article_that_cannot_be_read_is_left_out(store: Store, ana: ReviewSession) -> None:
    ana.apply(attributing.accept, ana.review.claims[1])
    store.connection.execute("update suggestion set current = x'00'")
    assert own_rule_record(ana) == RuleRecord()


def test_it_ends_where_the_program_is_about_to(ana: ReviewSession) -> None:
    ana.apply(attributing.accept, ana.review.claims[1])
    assert own_rule_record(ana, lambda: True) is None


def test_an_article_opened_with_a_record_learns_of_it_and_what_is_stored_stays(
    store: Store, ana: ReviewSession, ramp: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_record, "ENOUGH", 1)
    claims = ana.review.claims
    ana.apply(attributing.refuse, claims[3], ana.review.suggested_attributions(claims[3])[0][0])
    before = suggestions_in_numbers(store)
    record = own_rule_record(ana)
    learned, _ = ana.open(ramp, record)
    made = [made for _, made in learned.suggested_attributions(learned.claims[1])]
    assert [one.confidence for one in made] == pytest.approx([0.9 * 60 / 61] * 2)
    assert {one.record for one in made} == {(0, 1)}
    result = ana.apply(attributing.accept, learned.claims[1])
    assert {made.record for _, made in result.review.article.attributions} == {(0, 1)}
    ana.undo()
    assert suggestions_in_numbers(store) == before
    stored, _ = ana.open(ramp)
    assert {made.record for _, made in stored.article.attributions} == {None}
    assert [id_ for id_, _ in stored.article.attributions] == [id_ for id_, _ in learned.article.attributions]
