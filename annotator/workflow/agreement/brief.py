"""The brief report on agreement: check-worthiness and verdict in figures, and nothing is read that they do not need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from annotator.agreement import RESAMPLES, Ratings
from annotator.agreement.ratings import RatingTable
from annotator.model.scheme import Pass
from annotator.reports.agreement import AgreementReport
from annotator.store import Store, sources
from annotator.store.assigned_once import FACETS, claim_key, first_by_counting
from annotator.store.review import load_article
from annotator.workflow.agreement.facets import MEASURED, MeasuredFacet
from annotator.workflow.agreement.first_decisions import FirstReader, values_of
from annotator.workflow.agreement.rows import ReportParts
from annotator.workflow.selection import known_reviewers

BRIEF = FACETS
"""The facets of the brief report."""


def brief_agreement(
    store: Store,
    reviewers: Sequence[str] = (),
    pass_: Pass = "both",
    *,
    facets: Sequence[str] = BRIEF,
    resamples: int = RESAMPLES,
    seed: int = 0,
    between: Callable[[], None] = lambda: None,
) -> AgreementReport:
    """The coefficients of the reviewers' first decisions (all reviewers' where none are named), of these facets.

    `between` is called between two articles whose decisions have to be read one by one: what it raises ends all of it.
    Raises NotFoundError for an unknown reviewer.
    """
    named = known_reviewers(store, reviewers)
    parts = ReportParts(resamples, seed)
    for facet in MEASURED:
        if facet.id in facets:
            parts.add(facet.id, _ratings(store, facet, named, pass_, between))
    return replace(parts.report("database"), pass_=pass_)


def _ratings(
    store: Store, facet: MeasuredFacet, reviewers: Sequence[str], pass_: Pass, between: Callable[[], None]
) -> Ratings:
    table = RatingTable()
    found = first_by_counting(store, facet.id, reviewers, pass_)
    for article, claim, reviewer, value in found.known:
        table.add(claim, reviewer, value, article)
    registry, reader = sources.registry(store), FirstReader(store, pass_)
    for article_id, key, reviewer in found.unknown:
        between()
        (first,) = reader.first_of(load_article(store, article_id, suggested=False), [reviewer])
        for decision in first.made:
            values = values_of(decision, registry)
            if facet.id in values:
                table.add(claim_key(decision.claim.id), reviewer, values[facet.id], key)
    known = facet.categories(store.scheme) if facet.categories is not None else ()
    # What an earlier version of the scheme had, and is still there, comes behind what this one has.
    categories = tuple(dict.fromkeys([*known, *table.values]))
    scale = tuple(map(float, range(len(categories))))
    return replace(table.ratings(order=categories), level=facet.level, scale=scale)
