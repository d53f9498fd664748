from __future__ import annotations

from annotator.model.article import Article
from annotator.model.judgement import Judgement
from annotator.model.progress import Progress
from annotator.model.review import State
from annotator.store import Store, articles, records
from annotator.workflow import attributing, judging, reading, segmenting
from annotator.workflow.session import ReviewSession


def test_the_history_says_what_was_done_and_undone(ana: ReviewSession) -> None:
    claim = ana.review.claims[1]
    ana.apply(attributing.accept, claim)
    ana.apply(judging.verdict, claim, "refuted")
    ana.apply(judging.flag, ana.review.claims[0])
    ana.undo()
    ana.undo()
    ana.redo()
    words = [line for _, line in reading.history(ana, claim)]
    assert words[:2] == ["accepted the suggestions", "verdict: refuted"]
    assert words[2:] == ["undo: verdict: refuted", "redo: verdict: refuted"]
    times = [time for time, _ in reading.history(ana, claim)]
    assert times == sorted(times)


def test_records_carry_everything_about_what_was_decided_and_nothing_else(store: Store, ana: ReviewSession) -> None:
    claim = ana.review.claims[1]
    ana.apply(attributing.accept, claim)
    ana.apply(judging.verdict, claim, "refuted")
    ana.apply(judging.evidence, claim, {"answer": "no"})
    ana.apply(judging.flag, ana.review.claims[4])
    ana.apply(judging.flag, ana.review.claims[5])
    ana.undo()
    first, second = records.claim_records(store)
    assert (first.ordinal, first.text, first.state) == (
        2,
        "The yard said Ines Duarte told Reuters that two cables held.",
        State.DONE,
    )
    outer, inner = first.attributions
    assert first.chains == ((), (outer.id,))
    assert inner.parent == outer.id
    assert [verdict.value for verdict in first.verdicts] == ["refuted"]
    assert [evidence.answer for evidence in first.evidence] == ["no"]
    assert first.article.publications[0].publisher == "Example Wire"
    assert first.first_decided_at < first.last_decided_at
    assert first.scheme == "annotator-default@1"
    assert (second.ordinal, second.judgement, second.attributions) == (5, Judgement(flag=True), ())
    everything = list(records.claim_records(store, untouched=True))
    assert [record.ordinal for record in everything] == list(range(1, len(ana.review.claims) + 1))


def test_a_record_says_what_the_review_says_of_the_claim(store: Store, ana: ReviewSession, bo: ReviewSession) -> None:
    ana.apply(attributing.accept, ana.review.claims[1])
    ana.apply(judging.verdict, ana.review.claims[1], "refuted", ana.review.attributions[0].id)
    ana.apply(judging.verdict, ana.review.claims[1], "supported")
    ana.apply(judging.evidence, ana.review.claims[1], {"answer": "no"})
    ana.apply(segmenting.split, ana.review.claims[2], ana.review.claims[2].span.start + 5)
    ana.apply(judging.worth, ana.review.claims[2], "0")
    ana.apply(judging.skip, ana.review.claims[4])
    ana.apply(segmenting.join, ana.review.claims[5])
    bo.apply(judging.worth, bo.review.claims[2], "2")
    bo.apply(judging.note, bo.review.claims[0], "who?")
    for at_work in (ana, bo):
        review = at_work.review
        found = list(records.claim_records(store, [review.reviewer], untouched=True))
        assert [(each.claim_id, each.span, each.kind) for each in found] == [
            (claim.id, claim.span, claim.kind) for claim in review.claims
        ]
        assert [each.state for each in found] == [review.state(claim, "both") for claim in review.claims]
        for record, claim in zip(found, review.claims, strict=True):
            assert record.judgement == review.judgement(claim)
            assert list(record.verdicts) == review.verdicts_of(claim)
            assert list(record.evidence) == review.evidence_of(claim)
            assert list(record.attributions) == [a for a in review.attributions_of(claim) if a.covers(claim.span)]


def test_records_are_in_the_order_of_articles_then_reviewers_and_can_be_chosen(
    store: Store, ana: ReviewSession, bo: ReviewSession, ramp: str, rain: str
) -> None:
    for session in (bo, ana):
        session.open(rain)
        session.apply(judging.flag, session.review.claims[1])
        session.open(ramp)
        session.apply(judging.flag, session.review.claims[0])
    found = [(record.article.id, record.reviewer) for record in records.claim_records(store)]
    assert found == [(ramp, "ana"), (ramp, "bo"), (rain, "ana"), (rain, "bo")]
    assert [record.reviewer for record in records.claim_records(store, ["bo"], [rain])] == ["bo"]
    articles.hide_article(store, ramp, None)
    assert {record.article.id for record in records.claim_records(store)} == {rain}
    assert records.reviewers(store) == ["ana", "bo"]


def test_the_work_on_an_article_is_counted_per_reviewer(
    store: Store, ana: ReviewSession, bo: ReviewSession, ramp: str
) -> None:
    claim = ana.review.claims[1]
    ana.apply(attributing.accept, claim)
    ana.apply(judging.verdict, claim, "refuted")
    ana.apply(judging.verdict, claim, "supported", ana.review.attributions[0].id)
    bo.apply(judging.flag, claim)
    assert list(records.article_work(store)) == [
        ("ana", ramp, "Ramp shut at Quillfeather", Progress(7, done=1), {"refuted": 1, "supported": 1}, 2),
        ("bo", ramp, "Ramp shut at Quillfeather", Progress(7, flagged=1, in_progress=1), {}, 0),
    ]
    assert [work[0] for work in records.article_work(store, ["bo"])] == ["bo"]


def test_every_opening_and_decision_is_a_tick_of_the_clock(
    store: Store, ana: ReviewSession, bo: ReviewSession, ramp: str
) -> None:
    ana.apply(judging.flag, ana.review.claims[0])
    ana.undo()
    ticks = list(records.ticks(store, ["ana"]))
    assert [(reviewer, session, article) for reviewer, session, article, _ in ticks] == [("ana", ana.id, ramp)] * 3
    assert [at for *_, at in ticks] == sorted(at for *_, at in ticks)
    assert {reviewer for reviewer, *_ in records.ticks(store)} == {"ana", "bo"}


def test_a_text_nobody_has_worked_on_yields_nothing(store: Store) -> None:
    assert list(records.claim_records(store, untouched=True)) == []
    assert list(records.article_work(store)) == []
    assert Article("Rain fell. It stopped.", "").id not in str(list(records.ticks(store)))
