"""Questions to the lead: asked, changed, answered, and put into the guidelines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import DecisionRefused, DomainError, NotFoundError
from annotator.model.article import Article, Publication
from annotator.store import Store, articles, doctor, open_store, questions, schemes
from annotator.workflow import asking, leading
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "work.db")
    article = Article("A boat sailed. It was late.", "test.txt", Publication())
    articles.add_article(opened, article, segmented(article.text), [], None)
    leading.set_lead(opened, "lea", None)
    yield opened
    opened.close()


def asked(store: Store, reviewer: str = "ana", number: int = 0, text: str = "Is a forecast a claim?") -> ReviewSession:
    session = ReviewSession(store, reviewer)
    review, _ = session.open(articles.shown_ids(store)[0])
    session.ask(review.claims[number], text)
    return session


def test_a_question_is_its_reviewer_s_and_the_lead_s(store: Store) -> None:
    session = asked(store)
    claim = session.review.claims[0]
    assert [each.text for each in session.review.questions_of(claim)] == ["Is a forecast a claim?"]
    assert session.review.questions_of(session.review.claims[1]) == []
    assert [each.reviewer for each in asking.visible(store, "lea")] == ["ana"]
    assert asking.visible(store, "ben") == ()
    assert not session.review.judgements
    assert list(doctor.examine(store)) == []


def test_a_question_without_an_answer_is_changed_or_taken_back(store: Store) -> None:
    session = asked(store)
    claim = session.review.claims[0]
    session.ask(claim, "Is a plan a claim?")
    assert [each.text for each in asking.visible(store, "ana")] == ["Is a plan a claim?"]
    with pytest.raises(DecisionRefused, match="nothing to change"):
        session.ask(claim, "Is a plan a claim? ")
    assert session.ask(claim, " ").said == "the question was taken back"
    assert asking.visible(store, "ana") == ()
    with pytest.raises(DecisionRefused, match="nothing was asked"):
        session.ask(claim, "")
    assert list(doctor.examine(store)) == []


def test_the_lead_answers_and_adds_it_to_the_guidelines(store: Store) -> None:
    session = asked(store)
    (question,) = asking.visible(store, "lea")
    with pytest.raises(DecisionRefused, match="for lea"):
        asking.answer(store, question.id, "Yes.", "ana")
    with pytest.raises(DecisionRefused, match="answer it first"):
        asking.add_to_guidelines(store, question.id, "lea")
    with pytest.raises(DomainError, match="needs words"):
        asking.answer(store, question.id, " ", "lea")
    asking.answer(store, question.id, "Yes, if it has a date.", "lea")
    review, _ = session.open(question.article_id)
    assert [each.answer for each in review.questions_of(review.claims[0])] == ["Yes, if it has a date."]
    asking.add_to_guidelines(store, question.id, "lea")
    (page,) = schemes.pages(store)
    assert page.name == "questions.md"
    assert "**Is a forecast a claim?**\n\n> A boat sailed.\n\nYes, if it has a date." in page.text
    with pytest.raises(DecisionRefused, match="say so already"):
        asking.add_to_guidelines(store, question.id, "lea")
    assert list(doctor.examine(store)) == []


def test_an_answered_question_stays_and_another_can_be_asked(store: Store) -> None:
    session = asked(store)
    (question,) = asking.visible(store, "lea")
    asking.answer(store, question.id, "Yes.", "lea")
    session.ask(session.review.claims[0], "And a guess?")
    assert [(each.text, bool(each.answer)) for each in asking.visible(store, "ana")] == [
        ("And a guess?", False),
        ("Is a forecast a claim?", True),
    ]


def test_a_purge_takes_questions_along(store: Store) -> None:
    asked(store)
    (question,) = asking.visible(store, "lea")
    articles.purge_article(store, question.article_id, None)
    assert asking.visible(store, "lea") == ()
    with pytest.raises(NotFoundError):
        questions.question(store, question.id)
    assert list(doctor.examine(store)) == []


def test_a_question_waits_for_the_lead_and_its_answer_for_who_asked(store: Store) -> None:
    session = asked(store)
    (question,) = asking.visible(store, "lea")
    assert [asking.waiting(store, name) for name in ("lea", "ana", "ben")] == [1, 0, 0]
    asking.answer(store, question.id, "No.", "lea")
    assert [asking.waiting(store, name) for name in ("lea", "ana", "ben")] == [0, 1, 0]
    session.open(question.article_id)
    assert asking.waiting(store, "ana") == 0
    asking.answer(store, question.id, "No, it is not.", "lea")
    assert asking.waiting(store, "ana") == 1
    articles.hide_article(store, question.article_id, "lea")
    assert asking.waiting(store, "ana") == 0


def test_where_nobody_leads_a_question_waits_for_everybody_else(tmp_path: Path) -> None:
    store = open_store(tmp_path / "nobody.db")
    article = Article("A boat sailed. It was late.", "test.txt", Publication())
    articles.add_article(store, article, segmented(article.text), [], None)
    asked(store)
    assert [asking.waiting(store, name) for name in ("ana", "ben")] == [0, 1]
    store.close()
