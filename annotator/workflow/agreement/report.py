"""The report on agreement from the database: first decisions, facet by facet, then spans, in numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from heapq import nlargest
from itertools import combinations

from annotator.agreement import RESAMPLES, Level, Ratings, measured
from annotator.agreement.ratings import Pattern, Patterns
from annotator.model.facets import ATTRIBUTED, FACETS, SOURCE, VERDICT, VOICE, WORTH, outcome_of
from annotator.model.late import dataclass
from annotator.model.period import ALWAYS, Period
from annotator.model.reviewer import ADJUDICATED
from annotator.model.scheme import Pass, Scheme
from annotator.model.source import Registry
from annotator.model.stored_article import StoredArticle
from annotator.reports.agreement import (
    AgreementReport,
    AgreementRow,
    DisputedClaim,
    LeftOut,
    Split,
)
from annotator.store import Store, records, sources
from annotator.store.project import practice_articles
from annotator.store.suggestions import decided_pairs
from annotator.workflow.agreement.adjudicated import LayerAgreement, settled_values
from annotator.workflow.agreement.facets import MEASURED, Categories, MeasuredFacet
from annotator.workflow.agreement.first_decisions import ArticleDecisions, Decided, decided_articles
from annotator.workflow.agreement.rows import ReportParts, rows_of
from annotator.workflow.agreement.spans import SENTENCES, SpanAgreement
from annotator.workflow.selection import known_reviewers

TOP = 10
SPANS = "spans"
_WORDS = 80
SUGGESTION, SCHEME = "suggestion", "scheme"
_MIXED = "different versions"


@dataclass(frozen=True, slots=True)
class AgreementChoice:
    """What to measure: of whom, of which claims, and how it is drawn.

    `ordinal` are facets that are measured as an order besides those that are one. `top` is how many disputed claims
    are listed. `facets` are those to measure, all of them and the spans where none is named; SPANS stands for spans.
    """

    reviewers: Sequence[str] = ()
    pass_: Pass = "both"
    period: Period = ALWAYS
    resamples: int = RESAMPLES
    seed: int = 0
    ordinal: Sequence[str] = ()
    top: int = TOP
    facets: Sequence[str] = ()

    def wants(self, facet: str) -> bool:
        """Whether a facet, or SPANS, is to be measured."""
        return not self.facets or facet in self.facets


def agreement_report(store: Store, choice: AgreementChoice) -> AgreementReport:
    """The agreement of the reviewers' first decisions (all reviewers' where none are named).

    Raises NotFoundError for an unknown reviewer.
    """
    named = known_reviewers(store, choice.reviewers)
    reviewers = sorted(set(named)) or records.reviewers(store)
    registry = sources.registry(store)
    wanted = [
        replace(facet, level=Level.ORDINAL) if facet.id in choice.ordinal else facet
        for facet in MEASURED
        if choice.wants(facet.id)
    ]
    gathered = [_Gathered(Categories.of(facet, store.scheme)) for facet in wanted]
    spans = SpanAgreement(reviewers)
    left_out: dict[str, LeftOut] = {}
    disputed: list[DisputedClaim] = []
    layer = LayerAgreement([Categories.of(facet, store.scheme) for facet in wanted])
    settled = {article_id for article_id, _ in decided_pairs(store, [ADJUDICATED])}
    for found in _articles(store, named, choice):
        units = found.units(reviewers, registry)
        for each in gathered:
            each.add(units, found, len(reviewers))
        if found.article.id in settled:
            layer.add(units, settled_values(store, found.article, registry, choice.pass_), reviewers)
        if choice.wants(SPANS):
            spans.add(found.article, found.reviewers)
        _count_left_out(left_out, found)
        disputed = nlargest(
            choice.top, [*disputed, *_disputed(found.article, units, reviewers)], key=lambda each: each.score
        )
    report = _measured(gathered, spans, reviewers, choice)
    return replace(
        report,
        adjudicated=tuple(layer.rows(choice.resamples, choice.seed)),
        disputed=tuple(disputed),
        left_out=tuple(left_out[name] for name in sorted(left_out)),
        names=_names(store.scheme, registry, gathered, disputed),
    )


def _articles(store: Store, named: Sequence[str], choice: AgreementChoice) -> Iterator[ArticleDecisions]:
    practice = practice_articles(store)
    for found in decided_articles(store, named, choice.pass_, choice.period):
        yield found.as_practice() if found.article.id in practice else found


_Units = Mapping[str, Sequence[Decided]]


@dataclass(slots=True)
class _Gathered:
    """The values of one facet, article by article, in all and by what their units are split by."""

    categories: Categories
    clusters: list[Patterns] = field(default_factory=list)
    parts: dict[tuple[str, str], list[Patterns]] = field(default_factory=lambda: defaultdict(list))

    @property
    def facet(self) -> MeasuredFacet:
        return self.categories.facet

    def add(self, units: _Units, found: ArticleDecisions, reviewers: int) -> None:
        """Count an article's units."""
        cluster: Counter[Pattern] = Counter()
        parts: dict[tuple[str, str], Counter[Pattern]] = defaultdict(Counter)
        for unit in units.values():
            given = [each for each in unit if self.facet.id in each.values]
            if not given:
                continue
            numbers = {each.place: self.categories.number(each.values[self.facet.id]) for each in given}
            pattern = tuple(numbers.get(place) for place in range(reviewers))
            cluster[pattern] += 1
            for part in self._parts(given, found):
                parts[part][pattern] += 1
        if cluster:
            self.clusters.append(cluster)
            for part, counted in parts.items():
                self.parts[part].append(counted)

    def _parts(self, given: Sequence[Decided], found: ArticleDecisions) -> Iterator[tuple[str, str]]:
        schemes = {each.decision.scheme for each in given}
        yield SCHEME, schemes.pop() if len(schemes) == 1 else _MIXED
        facet = self.facet.id
        if facet == VERDICT:
            return
        outcomes = [
            outcome_of(
                facet,
                each.values[facet],
                each.decision.claim.span,
                each.decision.attributions,
                found.suggestions,
            )
            for each in given
        ]
        if set(outcomes) == {"none shown"}:
            yield SUGGESTION, "none shown"
            return
        accepted = outcomes.count("accepted")
        how = "all" if accepted == len(given) else "some" if accepted else "none"
        yield SUGGESTION, "shown"
        yield SUGGESTION, f"shown, accepted by {how}"

    def ratings(self, clusters: Sequence[Patterns], reviewers: Sequence[str]) -> Ratings:
        """The ratings of these clusters, of those reviewers who have any."""
        return self.categories.ratings(clusters, reviewers).of_those_who_rated()


def _measured(
    gathered: Sequence[_Gathered], spans: SpanAgreement, reviewers: Sequence[str], choice: AgreementChoice
) -> AgreementReport:
    parts = ReportParts(choice.resamples, choice.seed)
    splits: dict[tuple[str, str], list[AgreementRow]] = defaultdict(list)
    for each in gathered:
        facet = each.facet.id
        parts.add(facet, each.ratings(each.clusters, reviewers))
        for (by, part), clusters in each.parts.items():
            if len({name for kind, name in each.parts if kind == by}) > 1:
                of_part = measured(
                    each.ratings(clusters, reviewers), resamples=choice.resamples, seed=choice.seed, pairs=False
                )
                splits[by, part] += rows_of(facet, of_part)
    if choice.wants(SPANS):
        for facet, ratings in spans.ratings():
            parts.add(facet, ratings, pairs=facet == SENTENCES, labels=False)
        parts.rows += spans.rows(choice.resamples, choice.seed)
    return replace(
        parts.report("database"),
        splits=tuple(Split(by, part, tuple(found)) for (by, part), found in sorted(splits.items())),
        texts=tuple(spans.by_text()),
        pass_=choice.pass_,
        period=choice.period,
    )


def _disputed(article: StoredArticle, units: _Units, reviewers: Sequence[str]) -> Iterator[DisputedClaim]:
    for claim_id, unit in units.items():
        values: dict[str, dict[str, str]] = {}
        score = 0.0
        for facet in FACETS:
            given = {reviewers[each.place]: each.values[facet] for each in unit if facet in each.values}
            differing = [one != other for one, other in combinations(given.values(), 2)]
            if any(differing):
                values[facet] = given
                score += sum(differing) / len(differing)
        if values:
            span = unit[0].decision.claim.span
            words = " ".join(span.slice(article.text).split())[:_WORDS]
            yield DisputedClaim(article.id, article.title, claim_id, span.start, words, score, values)


def _count_left_out(left_out: dict[str, LeftOut], found: ArticleDecisions) -> None:
    for each in found.reviewers:
        others = [decision for other in found.reviewers if other is not each for decision in other.made]
        theirs = {decision.claim.id for decision in others}
        alone = sum(
            decision.claim.id not in theirs and any(decision.claim.span.overlaps(o.claim.span) for o in others)
            for decision in each.made
        )
        before = left_out.get(each.reviewer, LeftOut(each.reviewer, 0))
        left_out[each.reviewer] = LeftOut(
            each.reviewer,
            before.counted + len(each.made),
            before.unfinished + len(each.unfinished),
            before.seen + len(each.seen),
            before.alone + alone,
            before.practice + len(each.practice),
        )


def _names(
    scheme: Scheme, registry: Registry, gathered: Sequence[_Gathered], disputed: Iterable[DisputedClaim]
) -> dict[str, dict[str, str]]:
    """By facet the names of values whose ids do not say what they are."""
    used = {id_ for each in gathered if each.facet.id == SOURCE for id_ in each.categories.numbers}
    used |= {id_ for claim in disputed for id_ in claim.values.get(SOURCE, {}).values()}
    resolved = ((id_, registry.resolve(id_)) for id_ in sorted(used))
    return {
        WORTH: {value.id: value.name for value in scheme.worth},
        VOICE: {**{value.id: value.name for value in scheme.voice}, ATTRIBUTED: ATTRIBUTED},
        VERDICT: {value.id: value.name for value in scheme.verdict},
        SOURCE: {id_: entity.name for id_, entity in resolved if entity is not None},
    }
