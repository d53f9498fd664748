"""The brief report tells by counting what was said first; it must be what the replay of every decision tells."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from annotator.errors import DecisionRefused
from annotator.model.article import Claim
from annotator.model.scheme import Pass
from annotator.reports.agreement import AgreementReport
from annotator.store import Store, payloads
from annotator.store.assigned_once import first_by_counting
from annotator.workflow import attributing, judging, renaming, segmenting
from annotator.workflow.agreement.brief import brief_agreement
from annotator.workflow.agreement.report import AgreementChoice, agreement_report
from annotator.workflow.session import ReviewSession

Work = Callable[[str], ReviewSession]
NAMES = ("ana", "bo", "caro")


def settle(session: ReviewSession, claim: Claim, draw: random.Random) -> None:
    """A claim as it is usually done: accepted or the author's, then worth, and a verdict where it wants one."""
    if draw.random() < 0.5:
        attempt(session, lambda: session.apply(attributing.accept, claim))
    if session.review.judgement(claim).voice is None and not session.review.attributed(claim):
        session.apply(judging.voice, claim)
    if session.review.judgement(claim).worth is None:
        session.apply(judging.worth, claim, draw.choice("012"))
    if session.review.judgement(claim).worth == "2":
        session.apply(judging.verdict, claim, draw.choice(("supported", "refuted", "not_enough")))


def meddle(session: ReviewSession, draw: random.Random) -> None:
    """Something that makes the present another thing than what was said first, or might."""
    claim = draw.choice(session.review.claims)
    ways: list[Callable[[], object]] = [
        lambda: session.apply(judging.worth, claim, draw.choice("012")),
        lambda: session.apply(judging.verdict, claim, draw.choice(("supported", "refuted"))),
        lambda: session.apply(judging.note, claim, 'he wrote "worth" and "value"'),
        lambda: session.apply(judging.note, claim, 'he wrote "w=2" and "v=supported"'),
        lambda: reconsider(session, claim),
        lambda: session.apply(segmenting.join, claim),
        lambda: session.apply(judging.voice, claim),
        lambda: undo(session),
    ]
    attempt(session, draw.choice(ways))


def reconsider(session: ReviewSession, claim: Claim) -> None:
    """Find a claim worth checking after all, and give it a verdict."""
    session.apply(judging.worth, claim, "2")
    session.apply(judging.verdict, claim, "refuted")


def undo(session: ReviewSession) -> None:
    entry = session.next_undo()
    if entry is not None and entry.article_id == session.review.article.id:
        session.undo()


def attempt(session: ReviewSession, what: Callable[[], object]) -> None:
    try:
        what()
    except DecisionRefused:
        session.apply(judging.flag, session.review.claims[0])


def counted(report: AgreementReport) -> list[tuple[object, ...]]:
    return [(row.facet, row.coefficient, row.reviewers, row.units, row.pairable, row.undefined) for row in report.rows]


def work_through(session: ReviewSession, draw: random.Random) -> None:
    """Settle most of the open article, and meddle with some of it."""
    for claim in session.review.claims:
        if draw.random() < 0.97:
            settle(session, claim, draw)
    for _ in range(draw.choice((0, 0, 1, 3))):
        meddle(session, draw)


@pytest.mark.parametrize("pass_", ["both", "triage"])
@pytest.mark.parametrize("seed", range(12))
def test_counting_tells_what_the_replay_tells(
    seed: int, pass_: Pass, store: Store, work: Work, rain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(seed)
    for name in NAMES:
        if name == "caro" and seed % 2:
            # As entries were written before.
            monkeypatch.setattr(payloads, "_OF_OWN_CLAIM", {})
        session = work(name)
        for article in (session.review.article.id, rain):
            session.open(article)
            work_through(session, draw)
    if seed % 3 == 0:
        # Two of them are one, or one of them is called otherwise.
        renaming.rename(store, renaming.plan(store, "ana", ("bo", "dora")[seed % 2], None), None)
    whole = agreement_report(store, AgreementChoice(resamples=0, pass_=pass_, facets=("worth", "verdict")))
    brief = brief_agreement(store, pass_=pass_, resamples=0)
    assert counted(brief) == counted(whole)
    values = {(row.facet, row.coefficient, row.reviewers): row.value for row in whole.rows}
    for row in brief.rows:
        assert row.value == pytest.approx(values[row.facet, row.coefficient, row.reviewers], abs=1e-12)


def test_a_verdict_on_what_was_done_without_one_is_not_the_first_decision(store: Store, work: Work) -> None:
    for name in ("ana", "bo"):
        session = work(name)
        for claim in session.review.claims:
            session.apply(judging.voice, claim)
            session.apply(judging.worth, claim, "1")
        reconsider(session, session.review.claims[0])
    whole = agreement_report(store, AgreementChoice(resamples=0, facets=("verdict",)))
    assert counted(brief_agreement(store, facets=("verdict",), resamples=0)) == counted(whole)
    assert all(row.units == 0 for row in whole.rows)


def test_finished_work_is_not_replayed_and_what_was_changed_is(store: Store, work: Work) -> None:
    draw = random.Random(1)
    for name in NAMES:
        session = work(name)
        for claim in session.review.claims:
            settle(session, claim, draw)
    for facet in ("worth", "verdict"):
        assert first_by_counting(store, facet, (), "both").unknown == []
    assert '["v=' in " ".join(row[0] for row in store.connection.execute("select payload from ledger"))
    bo = work("bo")
    bo.apply(judging.worth, bo.review.claims[0], "1" if bo.review.judgement(bo.review.claims[0]).worth != "1" else "0")
    assert [name for _, _, name in first_by_counting(store, "worth", (), "both").unknown] == ["bo"]
    assert list(first_by_counting(store, "worth", ("ana",), "both").unknown) == []


def test_only_the_reviewers_that_are_asked_for(store: Store, work: Work) -> None:
    draw = random.Random(2)
    for name in NAMES:
        session = work(name)
        settle(session, session.review.claims[0], draw)
    report = brief_agreement(store, ("ana", "caro"), resamples=0, facets=("worth",))
    assert {row.reviewers for row in report.rows} == {("ana", "caro")}
