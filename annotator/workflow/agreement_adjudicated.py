"""How far each reviewer's first decisions agree with the adjudicated layer: figures apart from the reviewers' own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.agreement import Level, Ratings, measured
from annotator.agreement.ratings import Pattern, Patterns
from annotator.model.adjudication import covering
from annotator.model.facets import facet_values
from annotator.model.review import State
from annotator.model.reviewer import ADJUDICATED
from annotator.model.scheme import Pass, Scheme
from annotator.model.source import Registry
from annotator.model.stored_article import StoredArticle
from annotator.reports.agreement import AgreementRow
from annotator.store import Store
from annotator.store.review import load_review
from annotator.workflow.agreement_facets import MeasuredFacet
from annotator.workflow.agreement_rows import rows_of
from annotator.workflow.first_decisions import Decided

Values = Mapping[str, str]


def settled_values(store: Store, article: StoredArticle, registry: Registry, pass_: Pass) -> dict[str, Values]:
    """By the ids of the claims that the layer is done with the values of their facets, as they are now."""
    layer = load_review(store, article, ADJUDICATED)
    found: dict[str, Values] = {}
    for claim in layer.claims:
        if layer.state(claim, pass_) is not State.DONE:
            continue
        made = covering(layer, claim)
        resolved = {each.id: registry.resolve(layer.sources.get(each.id)) for each in made}
        named = {id_: entity.id for id_, entity in resolved.items() if entity is not None}
        verdict = layer.verdict(claim)
        found[claim.id] = facet_values(layer.judgement(claim), verdict.value if verdict else None, made, named)
    return found


def _pairs(
    facet: str, units: Mapping[str, Sequence[Decided]], settled: Mapping[str, Values]
) -> Iterator[tuple[int, str, str]]:
    """The reviewer's place, her value and the layer's of each claim that both have given one."""
    for claim_id in units.keys() & settled.keys():
        right = settled[claim_id].get(facet)
        for each in units[claim_id]:
            given = each.values.get(facet)
            if given is not None and right is not None:
                yield each.place, given, right


@dataclass(slots=True)
class LayerAgreement:
    """Pairs of values, a reviewer's and the layer's, of the claims that both have given one; article by article."""

    facets: Sequence[MeasuredFacet]
    scheme: Scheme
    _clusters: dict[tuple[str, str], list[Patterns]] = field(default_factory=dict)
    _categories: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(
        self, units: Mapping[str, Sequence[Decided]], settled: Mapping[str, Values], reviewers: Sequence[str]
    ) -> None:
        """Count the claims of one article."""
        for facet in self.facets:
            counted: dict[str, Counter[Pattern]] = {}
            for place, given, right in _pairs(facet.id, units, settled):
                pattern = (self._number(facet, given), self._number(facet, right))
                counted.setdefault(reviewers[place], Counter())[pattern] += 1
            for reviewer, cluster in counted.items():
                self._clusters.setdefault((facet.id, reviewer), []).append(cluster)

    def _number(self, facet: MeasuredFacet, value: str) -> int:
        if facet.id not in self._categories:
            known = facet.categories(self.scheme) if facet.categories is not None else ()
            self._categories[facet.id] = {each: number for number, each in enumerate(known)}
        return self._categories[facet.id].setdefault(value, len(self._categories[facet.id]))

    def rows(self, resamples: int, seed: int) -> Iterator[AgreementRow]:
        """Percent agreement and kappa of each reviewer with the layer; weighted, and alpha, where there is an order."""
        for facet in self.facets:
            wanted = ["percent_agreement", "cohen_kappa", "weighted_kappa"]
            wanted += [f"krippendorff_alpha_{facet.level}"] if facet.level is not Level.NOMINAL else []
            for reviewer in sorted(name for id_, name in self._clusters if id_ == facet.id):
                categories = tuple(self._categories[facet.id])
                scale = tuple(map(float, range(len(categories))))
                clusters = tuple(self._clusters[facet.id, reviewer])
                ratings = Ratings(categories, (reviewer, ADJUDICATED), clusters, facet.level, scale)
                found = measured(ratings, resamples=resamples, seed=seed)
                yield from rows_of(facet.id, (each for each in found if each.coefficient in wanted))
