"""The progress report: the store's rows and times handed to the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.review import progress_of
from annotator.model.scheme import Pass
from annotator.reports import IDLE_LIMIT, ArticleWork, ProgressReport, Tick, progress_report
from annotator.store import Store, records
from annotator.store.review import load_article, load_review
from annotator.workflow.selection import known_reviewers


def progress(
    store: Store, reviewers: Sequence[str] = (), *, idle_limit: float = IDLE_LIMIT, pass_: Pass = "both"
) -> ProgressReport:
    """How far the reviewers are (all where none are named) with the articles they have opened.

    `idle_limit` is in seconds; the pass says what completes a claim. Raises NotFoundError for an unknown reviewer.
    """
    chosen = known_reviewers(store, reviewers)
    ticks = (Tick(*tick) for tick in records.ticks(store, chosen))
    return progress_report(_works(store, chosen, pass_), ticks, idle_limit)


def _works(store: Store, chosen: Sequence[str], pass_: Pass) -> Iterator[ArticleWork]:
    for work in records.article_work(store, chosen):
        reviewer, article_id, title, counts, verdicts, attributions = work
        if pass_ != "both":
            counts = progress_of(load_review(store, load_article(store, article_id), reviewer), pass_)
        yield ArticleWork(reviewer, article_id, title, counts, verdicts, attributions)
