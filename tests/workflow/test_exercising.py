"""Practice and checks: what is heard of the answer key, and how reviewers score."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import DecisionRefused
from annotator.model.article import Article, Publication
from annotator.model.exercise import Exercise
from annotator.model.reviewer import ADJUDICATED
from annotator.reports.scores import SCORE_LAYOUTS, Answer, scores
from annotator.store import Store, articles, doctor, open_store
from annotator.workflow import exercising, judging, leading
from annotator.workflow.agreement.brief import brief_agreement
from annotator.workflow.agreement.report import AgreementChoice, agreement_report
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An article whose first two claims have a key: refuted, and no claim at all."""
    opened = open_store(tmp_path / "work.db")
    article = Article("A boat sailed. It was late. It was full.", "test.txt", Publication())
    articles.add_article(opened, article, segmented(article.text), [], None)
    session = ReviewSession(opened, ADJUDICATED, by="lea")
    review, _ = session.open(article.id)
    session.apply(judging.voice, review.claims[0])
    session.apply(judging.verdict, review.claims[0], "refuted")
    session.apply(judging.worth, review.claims[1], "0")
    if not session.review.facet_done(review.claims[1], "attribution"):
        session.apply(judging.voice, review.claims[1])
    yield opened
    opened.close()


def practise(store: Store, kind: Exercise | None) -> str:
    (article_id,) = articles.shown_ids(store)
    exercising.set_exercise(store, [article_id], kind, None)
    return article_id


def work(store: Store, article_id: str, reviewer: str = "ana", verdict: str = "supported") -> list[str]:
    """Decide the first two claims; what is said at each completing decision."""
    session = ReviewSession(store, reviewer)
    review, _ = session.open(article_id)
    session.apply(judging.voice, review.claims[0])
    said = [session.apply(judging.verdict, review.claims[0], verdict).said]
    session.apply(judging.worth, review.claims[1], "0")
    if session.review.facet_done(review.claims[1], "attribution"):
        return said
    return [*said, session.apply(judging.voice, review.claims[1]).said]


def test_on_practice_the_key_is_heard_when_a_claim_is_done(store: Store) -> None:
    article_id = practise(store, Exercise.PRACTICE)
    assert work(store, article_id)[0].endswith("the answer key: refuted")
    assert work(store, article_id, "ben", "refuted")[0].endswith("as the answer key has it")
    assert list(doctor.examine(store)) == []


def test_what_the_lead_decides_meanwhile_is_heard_too(store: Store, tmp_path: Path) -> None:
    article_id = practise(store, Exercise.PRACTICE)
    session = ReviewSession(store, "ana")
    review, _ = session.open(article_id)
    session.apply(judging.voice, review.claims[0])
    with closing(open_store(tmp_path / "work.db")) as elsewhere:
        lead = ReviewSession(elsewhere, ADJUDICATED, by="lea")
        lead.open(article_id)
        lead.apply(judging.verdict, review.claims[0], "supported")
    assert session.apply(judging.verdict, review.claims[0], "supported").said.endswith("as the answer key has it")


def test_on_a_check_and_on_ordinary_articles_nothing_is_heard(store: Store) -> None:
    article_id = practise(store, Exercise.CHECK)
    assert "answer key" not in "".join(work(store, article_id))
    exercising.set_exercise(store, [article_id], None, None)
    assert "answer key" not in "".join(work(store, article_id, "ben"))
    assert exercising.score_report(store) == []


def test_scores_are_of_first_decisions_by_facet_and_week(store: Store) -> None:
    article_id = practise(store, Exercise.CHECK)
    work(store, article_id)
    session = ReviewSession(store, "ana")
    review, _ = session.open(article_id)
    # A later change of mind is not scored.
    session.apply(judging.verdict, review.claims[0], "refuted")
    found = {(score.week == "", score.facet): (score.claims, score.right) for score in exercising.score_report(store)}
    assert found[True, "verdict"] == (2, 1)
    assert found[True, "worth"] == (2, 2)
    assert found[False, "verdict"] == (2, 1)


def test_only_the_lead_makes_exercises_and_only_once(store: Store) -> None:
    article_id = practise(store, Exercise.PRACTICE)
    with pytest.raises(DecisionRefused, match="so already"):
        exercising.set_exercise(store, [article_id], Exercise.PRACTICE, None)
    leading.set_lead(store, "lea", None)
    with pytest.raises(DecisionRefused, match="for lea"):
        exercising.set_exercise(store, [article_id], None, "ana")


def test_a_purged_article_is_no_exercise(store: Store) -> None:
    article_id = practise(store, Exercise.PRACTICE)
    articles.purge_article(store, article_id, None)
    assert list(doctor.examine(store)) == []


ANSWERS = [
    Answer("ana", "check", "verdict", right, at)
    for right, at in ((True, "2026-03-09T08:00:00+00:00"), (False, "2026-03-17T08:00:00+00:00"))
]


def week(at: str) -> str:
    return "2026-W11" if at < "2026-03-16" else "2026-W12"


def test_every_layout_says_the_same() -> None:
    found = scores(ANSWERS, week)
    assert [(each.week, each.claims, each.share) for each in found] == [
        ("", 2, 0.5),
        ("2026-W11", 1, 1.0),
        ("2026-W12", 1, 0.0),
    ]
    rows = json.loads(SCORE_LAYOUTS["json"](found, 80))["rows"]
    assert [(row["week"], row["share"]) for row in rows] == [(None, 0.5), ("2026-W11", 1.0), ("2026-W12", 0.0)]
    assert SCORE_LAYOUTS["csv"](found, 80).splitlines()[1] == "ana,check,,verdict,2,1,0.5"
    assert "| ana | check | all | verdict | 2 | 1 | 50% |" in SCORE_LAYOUTS["markdown"](found, 80)
    assert SCORE_LAYOUTS["terminal"](found, 80).splitlines()[1].split() == [
        "ana",
        "check",
        "all",
        "verdict",
        "2",
        "1",
        "50%",
    ]


@pytest.mark.parametrize("layout", ["terminal", "markdown"])
def test_without_exercises_that_is_said(layout: str) -> None:
    assert SCORE_LAYOUTS[layout]([], 80) == "No claim of an exercise is done yet.\n"


@pytest.mark.parametrize(("kind", "measured"), [(Exercise.PRACTICE, 0), (Exercise.CHECK, 2), (None, 2)])
def test_agreement_is_measured_on_checks_and_not_on_practice(
    store: Store, kind: Exercise | None, measured: int
) -> None:
    article_id = practise(store, kind) if kind else articles.shown_ids(store)[0]
    for reviewer in ("ana", "ben"):
        work(store, article_id, reviewer)
    found = agreement_report(store, AgreementChoice(resamples=0))
    units = {row.facet: row.units for row in found.rows if row.coefficient == "percent_agreement"}
    assert (units["worth"], units["verdict"]) == (measured, measured // 2)
    assert [(each.counted, each.practice) for each in found.left_out] == [(measured, 2 - measured)] * 2
    brief = brief_agreement(store, resamples=0)
    assert max(row.units for row in brief.rows) == measured
    (_, chunks), *_ = exported(store, FORMATS["decisions"], Choice(), Tally())
    rows = list(csv.DictReader(io.StringIO(b"".join(chunks).decode("utf-8-sig"))))
    assert any(row["value"] for row in rows) == bool(measured)
