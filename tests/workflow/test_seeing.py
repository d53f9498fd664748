"""Blindness in exports and reports: who sees whose work, once a project is organised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import DecisionRefused
from annotator.model.article import Article, Publication
from annotator.model.project import Visibility
from annotator.store import Store, articles, ledger, open_store
from annotator.workflow import judging, leading
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.selection import visible_reviewers
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two reviewers: ana has settled the first and the second claim, ben the second and begun the third."""
    opened = open_store(tmp_path / "work.db")
    article = Article("A boat sailed. It was late. It was full.", "test.txt", Publication())
    articles.add_article(opened, article, segmented(article.text), [], None)
    for reviewer, worths in (("ana", {0: "0", 1: "0"}), ("ben", {1: "1", 2: "2"})):
        session = ReviewSession(opened, reviewer)
        review, _ = session.open(article.id)
        for at, worth in worths.items():
            session.apply(judging.worth, review.claims[at], worth)
            if worth == "1":
                session.apply(judging.voice, review.claims[at])
    yield opened
    opened.close()


def seen(store: Store, viewer: str | None, **choice: object) -> set[tuple[str, str]]:
    """Who and which claim's beginning an export shows to the viewer."""
    tally = Tally()
    files = exported(store, FORMATS["jsonl"], Choice(viewer=viewer, **choice), tally)  # type: ignore[arg-type]
    import json

    lines = b"".join(chunk for _, chunks in files for chunk in chunks).splitlines()
    rows = [json.loads(line) for line in lines]
    return {(row["reviewer"], row["text"]) for row in rows}


EVERYTHING = {
    ("ana", "A boat sailed."),
    ("ana", "It was late."),
    ("ben", "It was late."),
    ("ben", "It was full."),
}


def test_a_project_that_is_not_organised_shows_everything(store: Store) -> None:
    assert seen(store, None) == seen(store, "ana") == EVERYTHING


def test_the_lead_sees_everything_and_others_what_both_are_done_with(store: Store) -> None:
    leading.set_lead(store, "lea", None)
    assert seen(store, "lea") == EVERYTHING
    assert seen(store, "ana") == EVERYTHING - {("ben", "It was full.")}
    assert seen(store, "ben") == EVERYTHING - {("ana", "A boat sailed.")}
    assert seen(store, "caro") == set()


def test_who_asks_has_to_be_known(store: Store) -> None:
    leading.set_lead(store, "lea", None)
    with pytest.raises(DecisionRefused, match="say who you are"):
        seen(store, None)


def test_an_open_project_shows_everything(store: Store) -> None:
    leading.set_lead(store, "lea", None)
    leading.set_visibility(store, Visibility.OPEN, "lea")
    assert seen(store, None) == EVERYTHING


def test_every_decision_says_whether_others_work_could_be_seen(store: Store) -> None:
    def last() -> bool:
        return [made for made in ledger.entries(store) if made.kind in ("decision", "undo")][-1].others_visible

    session = ReviewSession(store, "caro")
    review, _ = session.open(articles.shown_ids(store)[0])
    session.apply(judging.flag, review.claims[0])
    assert not last()
    leading.set_visibility(store, Visibility.OPEN, None)
    session.apply(judging.flag, review.claims[1])
    assert last()
    session.undo()
    assert last()


def test_reports_of_a_blind_project_are_of_one_s_own_work(store: Store) -> None:
    assert visible_reviewers(store, [], "ana") == []
    leading.set_lead(store, "lea", None)
    assert visible_reviewers(store, [], "ana") == ["ana"]
    assert visible_reviewers(store, ["ben"], "lea") == ["ben"]
    with pytest.raises(DecisionRefused, match="the work of ben is not yours to see"):
        visible_reviewers(store, ["ana", "ben"], "ana")
