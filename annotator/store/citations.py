"""Where sources are cited: the claims that reviewers' attributions cover, with the verdicts on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.period import ALWAYS, Period
from annotator.model.review import ArticleReview
from annotator.model.source import Citation, Registry
from annotator.store.connection import Store, translated
from annotator.store.decision_times import decided_in
from annotator.store.review import load_article, load_review

LONGEST_WORDS = 120
"""Code points of a claim that stand for it in a list."""


def citations(
    store: Store,
    registry: Registry,
    reviewers: Sequence[str] = (),
    period: Period = ALWAYS,
    *,
    settled: bool = False,
) -> Iterator[Citation]:
    """One for each attribution and claim that its content overlaps, or for an attribution that covers no claim.

    Of the reviewers (all where none are named), on the articles that are shown: in the order these were added, then by
    reviewer, then in text order. Of a period only those of claims that were last decided in it. Where only those that
    are `settled` are wanted, work that has none is not read.
    """
    table = "attribution_source" if settled else "attribution"
    with translated(store.path):
        rows = store.connection.execute(
            f"select article.id, name.text from (select distinct article, reviewer from {table}) made "
            "join article on article.ordinal = made.article join name on name.key = made.reviewer "
            "where hidden = 0 and purged_at is null order by made.article, name.text"
        ).fetchall()
        for article_id, reviewer in rows:
            if not reviewers or reviewer in reviewers:
                review = load_review(store, load_article(store, article_id, suggested=False), reviewer)
                found = _cited(review, registry)
                if period.bounded:
                    decided = decided_in(store, review, period)
                    found = (citation for citation in found if citation.claim_id in decided)
                yield from (citation for citation in found if citation.source_id is not None or not settled)


def _cited(review: ArticleReview, registry: Registry) -> Iterator[Citation]:
    title = review.article.title
    for attribution in sorted(review.attributions, key=lambda made: (made.content[0], made.id)):
        canonical = registry.resolve(review.sources.get(attribution.id))
        covered: list[tuple[str, int, str | None, int, str]] = []
        for index in review.covered(attribution):
            claim = review.claims[index]
            verdict = review.verdict(claim)
            words = " ".join(claim.span.slice(review.article.text)[:LONGEST_WORDS].split())
            covered.append((claim.id, claim.span.start, verdict.value if verdict else None, index + 1, words))
        for claim_id, start, value, number, words in covered or [("", attribution.content[0].start, None, 0, "")]:
            yield Citation(
                source_id=canonical.id if canonical else None,
                sourceless=not attribution.source,
                reviewer=review.reviewer,
                article_id=review.article.id,
                title=title,
                attribution_id=attribution.id,
                claim_id=claim_id,
                start=start,
                form=attribution.form.value,
                anonymity=attribution.anonymity.value,
                verdict=value,
                number=number,
                words=words,
            )
