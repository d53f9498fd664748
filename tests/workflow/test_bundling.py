"""Bundles: one reviewer's articles, nobody else's decisions, and back again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import DecisionRefused, StoreError
from annotator.model.article import Article, Publication
from annotator.model.exercise import Exercise
from annotator.model.ledger import Change, uuid7
from annotator.model.reviewer import ADJUDICATED
from annotator.model.source import SourceEntity, SourceKind
from annotator.model.uniting import MERGE
from annotator.store import Store, articles, doctor, ledger, open_store, project, sources
from annotator.store.sources import KEPT
from annotator.workflow import assigning, exercising, judging, leading, uniting
from annotator.workflow import sources as planned
from annotator.workflow.bundling import bundle
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented

TEXTS = [f"Boat {number} sailed. It was late." for number in range(4)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two articles each for ana and ben; ben has decided, and made a source."""
    opened = open_store(tmp_path / "desk.db")
    ids = []
    for text in TEXTS:
        article = Article(text, "test.txt", Publication())
        articles.add_article(opened, article, segmented(text), [], None)
        ids.append(article.id)
    pairs = [(ids[0], "ana"), (ids[1], "ana"), (ids[2], "ben"), (ids[0], "ben")]
    assigning.assign(opened, assigning.propose_pairs(opened, pairs), None)
    ben = ReviewSession(opened, "ben")
    review, _ = ben.open(ids[0])
    ben.apply(judging.worth, review.claims[0], "2")
    ben.apply_to_sources(planned.make, "Ines Duarte", SourceKind.PERSON)
    exercising.set_exercise(opened, [ids[1]], Exercise.CHECK, None)
    yield opened
    opened.close()


def test_a_bundle_has_her_articles_and_nobody_else_s_decisions(store: Store, tmp_path: Path) -> None:
    made = bundle(store, "ana", tmp_path / "ana.db", "ana")
    assert made.articles == 2
    with closing(open_store(tmp_path / "ana.db")) as small:
        assert [articles.text_of(small, id_) for id_ in articles.shown_ids(small)] == TEXTS[:2]
        assert [entity.name for entity in sources.registry(small).unmerged()] == ["Ines Duarte"]
        others = [entry for entry in ledger.entries(small) if entry.kind != "shared"]
        assert [(entry.reviewer, entry.article_id, entry.action) for entry in others] == [("ben", None, "source-make")]
        assert project.exercises(small) == {}
        assert small.database_id != store.database_id
        assert list(doctor.examine(small)) == []
    assert not (tmp_path / "ana.db-wal").exists()


def test_what_she_decides_comes_back(store: Store, tmp_path: Path) -> None:
    bundle(store, "ana", tmp_path / "ana.db", "ana")
    with closing(open_store(tmp_path / "ana.db")) as small:
        ana = ReviewSession(small, "ana")
        review, _ = ana.open(articles.shown_ids(small)[0])
        ana.apply(judging.worth, review.claims[0], "1")
    source = sources.registry(store).unmerged()[0].id
    ReviewSession(store, "ben").apply_to_sources(planned.rename, source, "Inês Duarte")
    (found,) = uniting.merge(store, [tmp_path / "ana.db"], None)
    assert found.texts == 0
    article_id = articles.shown_ids(store)[0]
    for reviewer, worth in (("ana", "1"), ("ben", "2")):
        review, _ = ReviewSession(store, reviewer).open(article_id)
        assert review.judgement(review.claims[0]).worth == worth
    # What a bundle says of sources is older than everything that is decided about them.
    assert [entity.name for entity in sources.registry(store).unmerged()] == ["Inês Duarte"]
    assert list(doctor.examine(store)) == []


def test_a_bundle_in_which_nothing_happened_leaves_nothing_in_the_ledger(store: Store, tmp_path: Path) -> None:
    bundle(store, "ana", tmp_path / "ana.db", "ana")
    before = list(ledger.entries(store))
    (found,) = uniting.merge(store, [tmp_path / "ana.db"], None)
    assert (found.entries, found.texts, found.purged) == (0, 0, 0)
    assert list(ledger.entries(store)) == before
    with closing(open_store(tmp_path / "ana.db")) as small:
        session = ReviewSession(small, "ana")
        review, _ = session.open(articles.shown_ids(small)[1])
        session.apply(judging.worth, review.claims[0], "1")
    list(uniting.merge(store, [tmp_path / "ana.db"], None))
    # Her decision, the sources and the decisions that the bundle knew before it, and what the project knows since.
    came = Counter(entry.action for entry in ledger.entries(store)) - Counter(entry.action for entry in before)
    assert came == {"open": 1, "worth": 1, KEPT: 1, MERGE: 2}


def test_what_an_article_calls_the_board_is_that_article_s_board_in_the_bundle_too(
    store: Store, tmp_path: Path
) -> None:
    mine, others = articles.shown_ids(store)[1:3]
    boards = [SourceEntity(uuid7(), "board", SourceKind.ORGANISATION, article_id=id_) for id_ in (mine, others)]
    changes = [Change("source", (board.id,), board.as_payload()) for board in boards]
    sources.decide(store, "ben", uuid7(), "source-make", changes)
    bundle(store, "ana", tmp_path / "ana.db", "ana")
    with closing(open_store(tmp_path / "ana.db")) as small:
        entities = sources.registry(small).entities
        assert [entities[board.id].article_id for board in boards] == [mine, None]
        assert list(doctor.examine(small)) == []


def test_what_was_decided_about_sources_holds_in_a_bundle_too(store: Store, tmp_path: Path) -> None:
    ana, lea = ReviewSession(store, "ana"), ReviewSession(store, "lea")
    for name in ("The Quay Board", "Quay Board", "Lia Prado"):
        ana.apply_to_sources(planned.make, name, SourceKind.ORGANISATION)
    ids = {entity.name: entity.id for entity in sources.registry(store).unmerged()}
    lea.apply_to_sources(planned.merge, ids["Quay Board"], ids["The Quay Board"])
    lea.apply_to_sources(planned.rename, ids["The Quay Board"], "Northshore Quay Board")
    lea.apply_to_sources(planned.rename, ids["Lia Prado"], "Lía Prado")
    lea.undo_or_redo_sources("undo")
    before = {entity.name for entity in sources.registry(store).unmerged()}
    assert before == {"Ines Duarte", "Northshore Quay Board", "Lia Prado"}
    bundle(store, "ana", tmp_path / "ana.db", "ana")
    with closing(open_store(tmp_path / "ana.db")) as small:
        assert {entity.name for entity in sources.registry(small).unmerged()} == before
        assert list(doctor.examine(small)) == []
    list(uniting.merge(store, [tmp_path / "ana.db"], None))
    assert {entity.name for entity in sources.registry(store).unmerged()} == before
    assert list(doctor.examine(store)) == []


def test_on_practice_the_answer_key_is_heard_in_a_bundle_too_and_of_nothing_else_is_it_there(
    store: Store, tmp_path: Path
) -> None:
    practised, checked, others = articles.shown_ids(store)[:3]
    exercising.set_exercise(store, [practised, others], Exercise.PRACTICE, None)
    for article_id in (practised, checked, others):
        key = ReviewSession(store, ADJUDICATED, by="lea")
        review, _ = key.open(article_id)
        key.apply(judging.voice, review.claims[0])
        key.apply(judging.verdict, review.claims[0], "mixed")
        key.undo()
        key.apply(judging.verdict, review.claims[0], "refuted")
    bundle(store, "ana", tmp_path / "ana.db", "ana")
    with closing(open_store(tmp_path / "ana.db")) as small:
        assert project.exercises(small) == {practised: Exercise.PRACTICE}
        keys = {entry.article_id for entry in ledger.entries(small) if entry.reviewer == ADJUDICATED}
        assert keys == {practised}
        ana = ReviewSession(small, "ana")
        review, _ = ana.open(practised)
        ana.apply(judging.voice, review.claims[0])
        assert ana.apply(judging.verdict, review.claims[0], "supported").said.endswith("the answer key: refuted")
        assert list(doctor.examine(small)) == []
    before = exercising.score_report(store, ["ben"])
    list(uniting.merge(store, [tmp_path / "ana.db"], None))
    assert exercising.score_report(store, ["ben"]) == before
    assert {score.reviewer for score in exercising.score_report(store)} >= {"ana"}
    assert list(doctor.examine(store)) == []


def test_her_own_decisions_go_along(store: Store, tmp_path: Path) -> None:
    bundle(store, "ben", tmp_path / "ben.db", "ben")
    with closing(open_store(tmp_path / "ben.db")) as small:
        review, _ = ReviewSession(small, "ben").open(Article(TEXTS[0], "").id)
        assert review.judgement(review.claims[0]).worth == "2"


def test_without_assignments_a_bundle_has_everything(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "desk.db")) as store:
        for text in TEXTS:
            articles.add_article(store, Article(text, "t", Publication()), segmented(text), [], None)
        assert bundle(store, "caro", tmp_path / "caro.db", None).articles == 4


def test_what_cannot_be_bundled_is_said_and_nothing_is_left(store: Store, tmp_path: Path) -> None:
    with pytest.raises(DecisionRefused, match="nothing is handed out to caro"):
        bundle(store, "caro", tmp_path / "caro.db", None)
    leading.set_lead(store, "lea", None)
    with pytest.raises(DecisionRefused, match="for lea"):
        bundle(store, "ana", tmp_path / "ana.db", "ben")
    (tmp_path / "ana.db").write_text("mine")
    with pytest.raises(StoreError, match="there already"):
        bundle(store, "ana", tmp_path / "ana.db", "lea")
    assert (tmp_path / "ana.db").read_text() == "mine"
    assert not (tmp_path / "caro.db").exists()


def test_a_reviewer_who_renamed_the_source_of_another_s_article_gets_her_bundle(store: Store, tmp_path: Path) -> None:
    others = articles.shown_ids(store)[2]
    board = SourceEntity(uuid7(), "board", SourceKind.ORGANISATION, article_id=others)
    sources.decide(store, "ben", uuid7(), "source-make", [Change("source", (board.id,), board.as_payload())])
    ReviewSession(store, "ana").apply_to_sources(planned.rename, board.id, "Quay Board")
    bundle(store, "ana", tmp_path / "ana.db", "ana")
    with closing(open_store(tmp_path / "ana.db")) as small:
        assert sources.registry(small).entities[board.id].name == "Quay Board"
        assert list(doctor.examine(small)) == []
    list(uniting.merge(store, [tmp_path / "ana.db"], None))
    assert sources.registry(store).entities[board.id].article_id == others
    assert list(doctor.examine(store)) == []
