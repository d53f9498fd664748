"""What to check first, as lists: sentences of a file, and a project's open claims."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

from annotator.check_worthiness import Worthiness, assess
from annotator.errors import ImportFailure
from annotator.importers.sentence_rows import SentenceRow, read_sentence_rows
from annotator.model.review import ArticleReview, State
from annotator.model.worth_order import worth_to_check
from annotator.reports.worth import OpenClaim, WorthReport
from annotator.store import Store, articles
from annotator.store.review import load_article, load_review


def assessed_rows(source: str) -> Iterator[tuple[SentenceRow, Worthiness] | ImportFailure]:
    """Each sentence of a file of JSON Lines, or of standard input ("-"), with what the model makes of it.

    One row is held at a time; a bad one is a failure among the others. Raises ImportFailure where nothing can be read.
    """
    for row in read_sentence_rows(source):
        yield row if isinstance(row, ImportFailure) else (row, assess(row.text))


def open_claims(store: Store, reviewer: str = "", limit: int = 20) -> WorthReport:
    """The most check-worthy claims that are open for the reviewer, in the articles that are shown.

    Without one nobody's work counts, and every claim is open.
    """
    found = (each for article_id in articles.shown_ids(store) for each in _open_in(store, article_id, reviewer))
    # Of equal scores the one that was added first: the order of a project's articles is the order of its work.
    best = heapq.nlargest(limit, found, key=lambda each: each.score)
    return WorthReport(reviewer, tuple(best))


def _open_in(store: Store, article_id: str, reviewer: str) -> Iterator[OpenClaim]:
    review = load_review(store, load_article(store, article_id), reviewer)
    states: Sequence[State] = review.states("both")
    for index, claim in enumerate(review.claims):
        score = worth_to_check(review, claim)
        if score > 0 and states[index] not in (State.DONE, State.SKIPPED):
            words = claim.span.slice(review.article.text)
            start = claim.span.start
            title = review.article.title
            reasons = _why(review, index)
            yield OpenClaim(score, article_id, title, index + 1, start, states[index].value, words, reasons)


def _why(review: ArticleReview, index: int) -> tuple[str, ...]:
    claim = review.claims[index]
    if review.judgement(claim).worth is not None:
        return ("judged so",)
    return assess(claim.span.slice(review.article.text)).reasons
