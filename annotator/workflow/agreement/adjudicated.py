"""How far each reviewer's first decisions agree with the adjudicated layer: figures apart from the reviewers' own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from annotator.agreement import Level, measured
from annotator.agreement.ratings import Pattern, Patterns
from annotator.model.adjudication import covering
from annotator.model.facets import facet_values
from annotator.model.late import dataclass
from annotator.model.review import State
from annotator.model.reviewer import ADJUDICATED
from annotator.model.scheme import Pass
from annotator.model.source import Registry
from annotator.model.stored_article import StoredArticle
from annotator.reports.agreement import AgreementRow
from annotator.store import Store
from annotator.store.review import load_review
from annotator.workflow.agreement.facets import Categories
from annotator.workflow.agreement.first_decisions import Decided
from annotator.workflow.agreement.rows import rows_of

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

    facets: Sequence[Categories]
    _clusters: dict[tuple[str, str], list[Patterns]] = field(default_factory=dict)

    def add(
        self, units: Mapping[str, Sequence[Decided]], settled: Mapping[str, Values], reviewers: Sequence[str]
    ) -> None:
        """Count the claims of one article."""
        for categories in self.facets:
            counted: dict[str, Counter[Pattern]] = {}
            for place, given, right in _pairs(categories.facet.id, units, settled):
                pattern = (categories.number(given), categories.number(right))
                counted.setdefault(reviewers[place], Counter())[pattern] += 1
            for reviewer, cluster in counted.items():
                self._clusters.setdefault((categories.facet.id, reviewer), []).append(cluster)

    def rows(self, resamples: int, seed: int) -> Iterator[AgreementRow]:
        """Percent agreement and kappa of each reviewer with the layer; weighted, and alpha, where there is an order."""
        for categories in self.facets:
            facet = categories.facet
            wanted = ["percent_agreement", "cohen_kappa", "weighted_kappa"]
            wanted += [f"krippendorff_alpha_{facet.level}"] if facet.level is not Level.NOMINAL else []
            for reviewer in sorted(name for id_, name in self._clusters if id_ == facet.id):
                ratings = categories.ratings(self._clusters[facet.id, reviewer], (reviewer, ADJUDICATED))
                found = measured(ratings, resamples=resamples, seed=seed)
                yield from rows_of(facet.id, (each for each in found if each.coefficient in wanted))
