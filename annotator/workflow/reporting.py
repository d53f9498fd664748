"""The progress report: the store's rows and times handed to the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from annotator.model.period import ALWAYS, Period
from annotator.model.progress import progress_of
from annotator.model.review import ArticleReview
from annotator.model.scheme import Pass
from annotator.reports import IDLE_LIMIT, ArticleWork, ProgressReport, Tick, progress_report
from annotator.store import Store, records
from annotator.store.decision_times import decided_in
from annotator.store.review import load_article, load_review
from annotator.workflow.selection import known_reviewers


def progress(
    store: Store,
    reviewers: Sequence[str] = (),
    *,
    idle_limit: float = IDLE_LIMIT,
    pass_: Pass = "both",
    period: Period = ALWAYS,
) -> ProgressReport:
    """How far the reviewers are (all where none are named) with the articles they have opened.

    `idle_limit` is in seconds; the pass says what completes a claim. Of a period the claims that were last decided in
    it count, and the time that was spent in it. Raises NotFoundError for an unknown reviewer.
    """
    chosen = known_reviewers(store, reviewers)
    ticks = [Tick._make(tick) for tick in records.ticks(store, chosen)]
    bounded = period.bounded
    worked_on = {(tick.reviewer, tick.article_id) for tick in ticks if period.holds(tick.at)} if bounded else set()
    works = (
        work
        for work in _works(store, chosen, pass_, period)
        if not bounded or work.progress.claims or (work.reviewer, work.article_id) in worked_on
    )
    return progress_report(works, ticks, idle_limit, period)


def _works(store: Store, chosen: Sequence[str], pass_: Pass, period: Period) -> Iterator[ArticleWork]:
    for work in records.article_work(store, chosen):
        reviewer, article_id, title, counts, verdicts, attributions = work
        if period.bounded or pass_ != "both":
            review = load_review(store, load_article(store, article_id, suggested=False), reviewer)
            if period.bounded:
                yield _within(review, decided_in(store, review, period), pass_)
                continue
            counts = progress_of(review, pass_)
        yield ArticleWork(reviewer, article_id, title, counts, verdicts, attributions)


def _within(review: ArticleReview, claim_ids: frozenset[str], pass_: Pass) -> ArticleWork:
    """The work on some of an article's claims, by their ids."""
    claims = [claim for claim in review.claims if claim.id in claim_ids]
    verdicts = Counter(verdict.value for claim in claims for verdict in review.verdicts_of(claim))
    attributions = {made.id for claim in claims for made in review.attributions_of(claim)}
    counts = progress_of(review, pass_, claim_ids)
    return ArticleWork(
        review.reviewer, review.article.id, review.article.title, counts, dict(verdicts), len(attributions)
    )
