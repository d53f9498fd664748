from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import DecisionRefused, NotFoundError, RowDamagedError
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import Entry
from annotator.model.progress import Progress
from annotator.store import Store, articles, doctor, open_store, queue, records
from annotator.store import review as store_review
from annotator.workflow import attributing, judging, reading, segmenting
from annotator.workflow.session import ReviewSession

Work = Callable[[str], ReviewSession]

PROJECTED = ("boundary", "judgement", "attribution", "verdict", "evidence", "progress")


def entries(store: Store) -> int:
    return int(store.connection.execute("select count(*) from ledger").fetchone()[0])


def projection(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(store.connection.execute(f"select * from {table}"), key=repr) for table in PROJECTED}


def test_undo_and_redo_go_to_the_beginning_and_back_across_restarts(path: Path, ramp: str) -> None:
    store = open_store(path)
    empty = projection(store)
    assert not any(empty.values())
    ana = ReviewSession(store, "Ana")
    ana.open(ramp)
    claims = ana.review.claims
    steps: list[dict[str, list[tuple[object, ...]]]] = [empty]

    def take(*given: object) -> None:
        ana.apply(*given)  # type: ignore[arg-type]
        steps.append(projection(store))

    take(attributing.accept, claims[1])
    take(attributing.same_source, claims[2])
    take(judging.verdict, claims[1], "mixed")
    take(judging.reason, claims[1], "conflict")
    take(judging.evidence, claims[1], {"answer": "yes"})
    take(segmenting.split, claims[2], claims[2].span.start + 5)
    take(segmenting.join, ana.review.claims[4])
    take(judging.worth_all)
    take(attributing.remove_attribution, claims[1], ana.review.attributions_of(claims[1])[0].id)
    take(judging.note, claims[0], "done")
    total = entries(store)
    for wanted in reversed(steps[:-1]):
        store.close()
        store = open_store(path)
        ana = ReviewSession(store, "ANA")
        ana.open(ramp)
        assert ana.undo().said.startswith("undone: ")
        assert projection(store) == wanted
    assert projection(store) == empty
    with pytest.raises(DecisionRefused, match="nothing to undo"):
        ana.undo()
    for wanted in steps[1:]:
        store.close()
        store = open_store(path)
        ana = ReviewSession(store, "ana")
        ana.open(ramp)
        assert ana.redo().said.startswith("redone: ")
        assert projection(store) == wanted
    with pytest.raises(DecisionRefused, match="nothing to redo"):
        ana.redo()
    assert list(doctor.examine(store)) == []
    assert entries(store) == total + 2 * (len(steps) - 1) + 2 * (len(steps) - 1)
    store.close()


def test_a_new_decision_clears_redo(ana: ReviewSession) -> None:
    claim = ana.review.claims[0]
    ana.apply(judging.worth, claim, "1")
    ana.apply(judging.flag, claim)
    ana.undo()
    undo = ana.next_redo()
    assert undo is not None
    assert isinstance(again := ana.take_back_if("redo", lambda _: False), Entry)
    assert again.action == "flag"
    ana.apply(judging.skip, claim)
    assert ana.next_redo() is None
    due = ana.next_undo()
    assert due is not None
    assert due.action == "skip"


def test_undo_of_another_article_is_named_and_refused_until_that_is_open(
    ana: ReviewSession, ramp: str, rain: str
) -> None:
    ana.apply(judging.flag, ana.review.claims[0])
    ana.open(rain)
    due = ana.next_undo()
    assert due is not None
    assert (due.article_id, due.claim_id) == (ramp, due.claim_id)
    before = entries(ana.store)
    with pytest.raises(DecisionRefused, match="another article"):
        ana.undo()
    assert entries(ana.store) == before
    ana.open(ramp)
    assert ana.undo().review.judgements == {}


def test_a_second_window_of_the_same_reviewer_cannot_undo_what_it_has_not_seen(work: Work) -> None:
    one, two = work("ana"), work("ana")
    one.apply(judging.flag, one.review.claims[0])
    due = two.next_undo()
    assert due is not None
    one.apply(judging.flag, one.review.claims[1])
    with pytest.raises(DecisionRefused, match="something else was decided meanwhile"):
        store_review.take_back(two.store, two.review.article, "ana", two.id, due)
    assert list(doctor.examine(one.store)) == []


def test_a_purged_article_s_decisions_are_not_undone(ana: ReviewSession, rain: str, ramp: str) -> None:
    ana.apply(judging.flag, ana.review.claims[0])
    ana.open(rain)
    ana.apply(judging.flag, ana.review.claims[0])
    ana.open(ramp)
    articles.purge_article(ana.store, rain, None)
    due = ana.next_undo()
    assert due is not None
    assert due.article_id == ramp
    ana.undo()
    assert ana.next_undo() is None


def test_a_reviewer_comes_back_to_where_she_was(ana: ReviewSession, rain: str, ramp: str) -> None:
    ana.apply(judging.flag, ana.review.claims[3])
    assert ana.last_article() == ramp
    back = ReviewSession(ana.store, "ana")
    assert back.open(ramp)[1] == 3
    ana.leave(ana.review.claims[5])
    assert back.open(ramp)[1] == 5
    assert back.open(rain)[1] == 0
    assert ana.last_article() == rain
    assert back.neighbour(-1) == ramp
    assert back.neighbour(1) is None


def test_before_an_article_is_open_there_is_nothing_to_decide_on(store: Store) -> None:
    session = ReviewSession(store, "ana")
    with pytest.raises(NotFoundError, match="no article is open"):
        session.apply(judging.worth_all)
    with pytest.raises(NotFoundError):
        session.open("0" * 64)
    assert session.last_article() is None


def test_nothing_of_one_reviewer_shows_for_another(
    store: Store, ana: ReviewSession, bo: ReviewSession, ramp: str
) -> None:
    claims = ana.review.claims
    ana.apply(attributing.accept, claims[1])
    ana.apply(judging.verdict, claims[1], "refuted")
    ana.apply(judging.evidence, claims[1], {"answer": "yes"})
    ana.apply(judging.flag, claims[0])
    ana.apply(segmenting.split, claims[2], claims[2].span.start + 5)
    ana.save_draft(DraftKey(ramp, "note", claims[0].id), {"text": "hers"})
    assert bo.next_undo() is None
    assert bo.next_redo() is None
    with pytest.raises(DecisionRefused, match="nothing to undo"):
        bo.undo()
    review, index = ReviewSession(store, "bo").open(ramp)
    assert index == 0
    assert (review.claims, review.judgements, review.verdicts) == (claims, {}, {})
    assert (review.attributions, review.evidence, review.boundaries) == ((), (), {})
    assert len(review.suggested_attributions(claims[1])) == 2
    assert reading.history(bo, claims[1]) == []
    assert bo.drafts() == {}
    (row,) = queue.queue_rows(store, "bo", "both", [1])
    assert row.progress == Progress(len(claims))
    assert {record.reviewer for record in records.claim_records(store, ["bo"])} == set()


def test_one_reviewer_s_work_changes_nothing_of_another_s(ana: ReviewSession, bo: ReviewSession) -> None:
    claims = ana.review.claims
    ana.apply(attributing.accept, claims[1])
    ana.apply(judging.note, claims[0], "hers")
    before, _ = ana.open(ana.review.article.id)
    bo.apply(attributing.accept, claims[1])
    bo.apply(attributing.remove_attribution, claims[1], bo.review.attributions[0].id)
    bo.apply(segmenting.join, claims[0])
    bo.undo()
    bo.undo()
    after, _ = ana.open(ana.review.article.id)
    assert after == before
    with pytest.raises(DecisionRefused, match="gone already"):
        bo.apply(attributing.remove_attribution, claims[1], ana.review.attributions[0].id)


def test_a_reviewer_is_her_handle_in_lower_case(work: Work) -> None:
    work("Ana").apply(judging.flag, work("ANA").review.claims[0])
    assert len(work("ana").review.judgements) == 1


def test_an_article_that_is_not_what_was_written_is_decided_on_no_more_and_others_are(path: Path, ramp: str) -> None:
    store = open_store(path)
    ana = ReviewSession(store, "ana")
    ana.open(ramp)
    ana.apply(judging.worth, ana.review.claims[1], "1")
    ana.check()
    store.connection.execute("update judgement set worth = '2'")
    # It is asked when an article is opened, not at each look.
    ana.check()
    ana.open(ramp)
    before = entries(store)
    for again in (ana.check, ana.check, ana.undo, lambda: ana.apply(judging.worth, ana.review.claims[2], "1")):
        with pytest.raises(RowDamagedError, match="ana's work on it is not what was written"):
            again()
    assert entries(store) == before
    bo = ReviewSession(store, "bo")
    bo.open(ramp)
    bo.check()
    bo.apply(judging.worth, bo.review.claims[2], "1")
    assert entries(store) > before
    ana.close()
