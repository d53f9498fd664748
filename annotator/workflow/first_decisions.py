"""Reading first decisions from the store: one article at a time, all its reviewers together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.model.first_decisions import FirstDecisions, first_decisions
from annotator.model.period import ALWAYS, Period
from annotator.model.review import StoredArticle
from annotator.model.scheme import Pass
from annotator.store import Store, ledger, schemes
from annotator.store.review import load_article
from annotator.store.suggestions import Proposal, decided_pairs, proposals


@dataclass(frozen=True, slots=True)
class ArticleDecisions:
    """An article with the first decisions of everybody who has made any, and all that was ever proposed for it."""

    article: StoredArticle
    proposals: Sequence[Proposal]
    reviewers: Sequence[FirstDecisions]


def decided_articles(
    store: Store, reviewers: Sequence[str], pass_: Pass = "both", period: Period = ALWAYS
) -> Iterator[ArticleDecisions]:
    """The articles that are shown with the reviewers' first decisions (all reviewers' where none are named).

    Of a period the claims that first became done in it. One article is held at a time.
    """
    by_article: dict[str, list[str]] = {}
    for article_id, reviewer in decided_pairs(store, reviewers):
        by_article.setdefault(article_id, []).append(reviewer)
    known = {scheme.label: scheme for scheme in (*schemes.earlier_schemes(store), store.scheme)}
    for article_id, own in by_article.items():
        article = load_article(store, article_id, suggested=False)
        found = [
            first_decisions(
                ledger.entries(store, "reviewer = ? and article_id = ?", [reviewer, article_id]),
                article,
                reviewer,
                known,
                pass_,
            )
            for reviewer in own
        ]
        yield ArticleDecisions(article, proposals(store, article_id), [_within(each, period) for each in found])


def _within(found: FirstDecisions, period: Period) -> FirstDecisions:
    if not period.bounded:
        return found
    return replace(found, made=tuple(decision for decision in found.made if period.holds(decision.at)))
