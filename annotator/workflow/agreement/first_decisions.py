"""Reading first decisions from the store: one article at a time, all its reviewers together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from operator import itemgetter

from annotator.model.facets import Suggestion, facet_values, outcomes_of
from annotator.model.first_decisions import FirstDecision, FirstDecisions, first_decisions
from annotator.model.late import dataclass
from annotator.model.period import ALWAYS, Period
from annotator.model.record import ClaimRecord, FirstValues
from annotator.model.scheme import Pass
from annotator.model.source import Registry
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle, claims_of
from annotator.model.suggestion import WorthSuggestion
from annotator.store import Store, ledger, schemes, sources
from annotator.store.project import practice_articles
from annotator.store.review import load_article
from annotator.store.suggestions import decided_pairs, proposals


@dataclass(frozen=True, slots=True)
class Decided:
    """One reviewer's first decision on a claim, with the values of its facets; `place` is hers among the reviewers."""

    place: int
    decision: FirstDecision
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ArticleDecisions:
    """An article with the first decisions of everybody who has made any, and all that was ever suggested for it."""

    article: StoredArticle
    suggestions: Sequence[Suggestion]
    reviewers: Sequence[FirstDecisions]

    def as_practice(self) -> ArticleDecisions:
        """The same where the article is practice: nothing of it is measured."""
        return replace(self, reviewers=[each.as_practice() for each in self.reviewers])

    def units(self, reviewers: Sequence[str], registry: Registry) -> dict[str, list[Decided]]:
        """By the claims' ids who decided what, in text order; `reviewers` are all that there are places for."""
        units: dict[str, list[Decided]] = {}
        for each in self.reviewers:
            place = reviewers.index(each.reviewer)
            for decision in each.made:
                units.setdefault(decision.claim.id, []).append(Decided(place, decision, values_of(decision, registry)))
        return dict(sorted(units.items(), key=lambda unit: unit[1][0].decision.claim.span.start))


def values_of(decision: FirstDecision, registry: Registry) -> dict[str, str]:
    """The values of a first decision's facets; the source is the one that stands for what was given then."""
    resolved = ((id_, registry.resolve(source)) for id_, source in decision.sources.items())
    ids = {id_: entity.id for id_, entity in resolved if entity is not None}
    return facet_values(decision.judgement, decision.verdict, decision.attributions, ids)


def decided_articles(
    store: Store, reviewers: Sequence[str], pass_: Pass = "both", period: Period = ALWAYS
) -> Iterator[ArticleDecisions]:
    """The articles that are shown with the reviewers' first decisions (all reviewers' where none are named).

    Of a period the claims that first became done in it. One article is held at a time.
    """
    by_article: dict[str, list[str]] = {}
    for article_id, reviewer in decided_pairs(store, reviewers):
        by_article.setdefault(article_id, []).append(reviewer)
    reader = FirstReader(store, pass_)
    for article_id, own in by_article.items():
        article = load_article(store, article_id, suggested=False)
        found = [_within(each, period) for each in reader.first_of(article, own)]
        yield ArticleDecisions(article, all_suggested(store, article_id), found)


class FirstReader:
    """Reads first decisions, and keeps what articles have in common: schemes, and which kinds of claims are done."""

    def __init__(self, store: Store, pass_: Pass) -> None:
        self._store, self._pass = store, pass_
        every = (*schemes.earlier_schemes(store), store.scheme)
        self._schemes = {scheme.label: scheme for scheme in every}
        self._known: dict[Hashable, bool] = {}

    def first_of(self, article: StoredArticle, reviewers: Iterable[str]) -> Iterator[FirstDecisions]:
        """The first decisions of each reviewer on the article."""
        undivided = claims_of(article.id, article.text, article.sentences, {})
        for reviewer in reviewers:
            entries = ledger.entries_of(self._store, reviewer, article.id)
            yield first_decisions(
                entries, article, reviewer, self._schemes, self._pass, undivided=undivided, known=self._known
            )


def all_suggested(store: Store, article_id: str) -> list[Suggestion]:
    """Everything that was ever suggested for an article, superseded or not."""
    return [proposal.suggestion for proposal in proposals(store, article_id)]


def with_first(store: Store, given: Iterable[ClaimRecord], pass_: Pass) -> Iterator[ClaimRecord]:
    """The records, which come by article and reviewer, each with what was said first where that is independent."""
    registry, reader, practice = sources.registry(store), FirstReader(store, pass_), practice_articles(store)
    for article_id, of_article in groupby(given, key=lambda record: record.article.id):
        if article_id in practice:
            yield from of_article
            continue
        article = load_article(store, article_id, suggested=False)
        suggested = _Suggested(all_suggested(store, article_id))
        for reviewer, own in groupby(of_article, key=lambda record: record.reviewer):
            (found,) = reader.first_of(article, [reviewer])
            made = {each.claim.id: each for each in found.made}
            for record in own:
                decision = made.get(record.claim_id)
                yield record.with_first(_first_values(decision, registry, suggested)) if decision else record


class _Suggested:
    """What was suggested for an article, to be asked what of it may be about a claim."""

    def __init__(self, suggestions: Iterable[Suggestion]) -> None:
        reaching = sorted([(*_reach(made), at, made) for at, made in enumerate(suggestions)], key=itemgetter(0))
        self._made = [(at, end, made) for _, end, at, made in reaching]
        self._starts = [start for start, *_ in reaching]
        self._reached = [*accumulate([end for _, end, *_ in reaching], max)]

    def near(self, span: Span) -> list[Suggestion]:
        """All that is about a claim here, in the order it was suggested, and perhaps more."""
        first, behind = bisect_right(self._reached, span.start), bisect_left(self._starts, span.end)
        found = [(at, made) for at, end, made in self._made[first:behind] if span.start < end]
        return [made for _, made in sorted(found, key=itemgetter(0))]


def _reach(suggestion: Suggestion) -> tuple[int, int]:
    """From where to where the text is that it is about."""
    if isinstance(suggestion, WorthSuggestion):
        return suggestion.span.start, suggestion.span.end
    content = suggestion.attribution.content
    return content[0].start, content[-1].end


def _first_values(decision: FirstDecision, registry: Registry, suggested: _Suggested) -> FirstValues:
    values = values_of(decision, registry)
    span, attributions = decision.claim.span, decision.attributions
    outcomes = outcomes_of(values, span, attributions, suggested.near(span))
    return FirstValues(values, outcomes, decision.scheme, decision.at)


def _within(found: FirstDecisions, period: Period) -> FirstDecisions:
    if not period.bounded:
        return found
    return replace(found, made=tuple(decision for decision in found.made if period.holds(decision.at)))
