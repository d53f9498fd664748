"""The project's evidence: what a reviewer may see of it and use again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model.article import Article, Publication
from annotator.model.evidence_list import ListedEvidence
from annotator.model.exercise import Exercise
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, articles, open_store
from annotator.workflow import exercising, judging, leading
from annotator.workflow.evidence import evidence_list, evidence_to_use
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented

TEXTS = ("A boat sailed. It was late.", "A bus left. It was early.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two articles; the lead has settled the first on a log, and ana rests the second on a table."""
    opened = open_store(tmp_path / "work.db")
    for text in TEXTS:
        article = Article(text, "test.txt", Publication())
        articles.add_article(opened, article, segmented(text), [], None)
    leading.set_lead(opened, "lea", None)
    cite(ReviewSession(opened, ADJUDICATED, by="lea"), 0, "https://example.org/log")
    cite(ReviewSession(opened, "ana"), 1, "https://example.org/table")
    yield opened
    opened.close()


def cite(session: ReviewSession, at: int, url: str) -> None:
    review, _ = session.open(articles.shown_ids(session.store)[at])
    session.apply(judging.evidence, review.claims[0], {"url": url, "answer": "it says so"})


def names(found: list[ListedEvidence]) -> set[str]:
    return {piece.evidence.url.rpartition("/")[2] for piece in found}


def usable(store: Store, reviewer: str, at: int) -> set[str]:
    return names(evidence_to_use(store, reviewer, articles.shown_ids(store)[at]))


def test_what_the_lead_has_settled_by_is_used_in_other_articles_alone(store: Store) -> None:
    assert usable(store, "ana", 1) == {"log", "table"}
    assert usable(store, "ben", 1) == {"log"}
    # In the article itself it would say what came out.
    assert usable(store, "ana", 0) == {"table"}
    assert usable(store, ADJUDICATED, 0) == {"log"}


@pytest.mark.parametrize("kind", [Exercise.PRACTICE, Exercise.CHECK])
def test_what_an_answer_key_rests_on_is_shown_to_the_lead_alone(store: Store, kind: Exercise) -> None:
    exercising.set_exercise(store, articles.shown_ids(store)[:1], kind, "lea")
    assert usable(store, "ana", 1) == {"table"}
    assert names(evidence_list(store, ["ana", ADJUDICATED], viewer="ana")) == {"table"}
    assert names(evidence_list(store)) == {"table"}
    assert names(evidence_list(store, ["lea", ADJUDICATED], viewer="lea")) == {"log"}
    assert usable(store, ADJUDICATED, 1) == {"log"}


def test_in_an_exercise_nothing_is_shown_that_the_lead_rests_on(store: Store) -> None:
    exercising.set_exercise(store, articles.shown_ids(store)[1:], Exercise.CHECK, "lea")
    assert usable(store, "ana", 1) == {"table"}
    assert names(evidence_list(store, ["ana", ADJUDICATED], viewer="ana")) == {"log", "table"}
