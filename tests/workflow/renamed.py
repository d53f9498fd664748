"""Two reviewers at work on one desk, and all that is shown of it, for tests of names."""

from __future__ import annotations

from pathlib import Path

from annotator.model.article import Article, Publication
from annotator.store import Store, articles, open_store, project, questions
from annotator.workflow import assigning, attributing, judging, renaming
from annotator.workflow.agreement.report import AgreementChoice, agreement_report
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.reporting import progress
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import TEXT, segmented, suggestions

RAMP = Article(TEXT, "ramp.txt", Publication("Ramp"))
RAIN = Article("Rain fell. It stopped. It was late.", "rain.txt", Publication("Rain"))


def new_store(path: Path) -> Store:
    opened = open_store(path)
    articles.add_article(opened, RAMP, segmented(TEXT), [suggestions()], None)
    articles.add_article(opened, RAIN, segmented(RAIN.text), [], None)
    return opened


def at_work(store: Store, reviewer: str, article: Article = RAMP) -> ReviewSession:
    session = ReviewSession(store, reviewer)
    session.open(article.id)
    return session


def work(store: Store) -> None:
    """Ana and ben have both decided, some of it the same claims; ana was last on the first, ben on the second."""
    ana, ben = at_work(store, "ana"), at_work(store, "ben")
    claims = ana.review.claims
    for session, worth, verdict in ((ben, "1", "supported"), (ana, "2", "refuted")):
        session.apply(attributing.accept, claims[1])
        session.apply(judging.verdict, claims[1], verdict)
        session.apply(judging.worth, claims[2], worth)
    ben.apply(judging.worth, claims[2], "0")
    ana.apply(judging.evidence, claims[1], {"answer": "nine"})
    (outer, *_) = ben.review.attributions
    ben.apply(judging.verdict, claims[1], "supported", outer.id)
    rain = at_work(store, "ana", RAIN)
    rain.apply(judging.note, rain.review.claims[0], "look again")
    rain.apply(judging.flag, rain.review.claims[1])
    rain.undo()
    rain.ask(rain.review.claims[1], "Is it so?")


def everything(store: Store, viewer: str | None = None) -> list[object]:
    """What is exported and reported, and what is handed out and asked."""
    exports = [
        b"".join(
            chunk
            for _, chunks in exported(store, FORMATS[name], Choice(untouched=True, viewer=viewer), Tally())
            for chunk in chunks
        )
        for name in ("jsonl", "decisions", "csv")
    ]
    return [
        *exports,
        progress(store),
        agreement_report(store, AgreementChoice(resamples=20)),
        assigning.shares(store),
        list(project.assignments(store)),
        questions.all_questions(store),
        project.load_project(store),
    ]


def rename(store: Store, old: str, new: str, by: str | None = None) -> renaming.Renaming:
    planned = renaming.plan(store, old, new, by)
    renaming.rename(store, planned, by)
    return planned
