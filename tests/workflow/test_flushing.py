"""What is flushed to the disk before anybody goes on, and what is not waited for."""

from __future__ import annotations

from collections.abc import Callable

from annotator.workflow import judging
from annotator.workflow.session import ReviewSession


def statements(session: ReviewSession, do: Callable[[], object]) -> list[str]:
    """What SQLite was told about flushing, and its commits, in order."""
    said: list[str] = []
    session.store.connection.set_trace_callback(said.append)
    do()
    session.store.connection.set_trace_callback(None)
    return [each for each in said if each.startswith("pragma synchronous") or each == "commit"]


def test_a_decision_is_flushed_and_the_note_of_an_opening_need_not_be(ana: ReviewSession) -> None:
    article_id, claim = ana.review.article.id, ana.review.claims[0]
    assert statements(ana, lambda: ana.open(article_id)) == [
        "pragma synchronous = normal",
        "commit",
        "pragma synchronous = full",
    ]
    assert statements(ana, lambda: ana.apply(judging.flag, claim)) == ["commit"]
