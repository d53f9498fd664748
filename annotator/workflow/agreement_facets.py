"""How each facet is measured: its level of measurement, and the categories that a scheme has for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotator.agreement import Level
from annotator.model import facets
from annotator.model.attribution import Anonymity, AttributionType, Form
from annotator.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class MeasuredFacet:
    """A facet's id and level, and the categories of a scheme; without these, those that are used are all there are."""

    id: str
    level: Level
    categories: Callable[[Scheme], Sequence[str]] | None


MEASURED: tuple[MeasuredFacet, ...] = (
    MeasuredFacet(facets.WORTH, Level.INTERVAL, lambda scheme: [value.id for value in scheme.worth]),
    MeasuredFacet(
        facets.VOICE,
        Level.NOMINAL,
        lambda scheme: [*(value.id for value in scheme.voice), facets.ATTRIBUTED],
    ),
    MeasuredFacet(facets.VERDICT, Level.NOMINAL, lambda scheme: [value.id for value in scheme.verdict]),
    MeasuredFacet(facets.FORM, Level.NOMINAL, lambda _: list(Form)),
    MeasuredFacet(facets.TYPE, Level.NOMINAL, lambda _: list(AttributionType)),
    MeasuredFacet(facets.ANONYMITY, Level.ORDINAL, lambda _: list(Anonymity)),
    MeasuredFacet(facets.SOURCE, Level.NOMINAL, None),
)
ORDERED_IF_ASKED = (facets.VERDICT, facets.FORM, facets.TYPE)
"""Nominal facets whose categories a scheme may mean as an order."""
