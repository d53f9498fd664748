"""How each facet is measured: its level of measurement, and the categories that a scheme has for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.agreement import Level, Ratings
from annotator.agreement.ratings import Patterns
from annotator.model import facets
from annotator.model.attribution import Anonymity, AttributionType, Form
from annotator.model.late import dataclass
from annotator.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class MeasuredFacet:
    """A facet's id and level, and the categories of a scheme; without these, those that are used are all there are."""

    id: str
    level: Level
    categories: Callable[[Scheme], Sequence[str]] | None


@dataclass(slots=True)
class Categories:
    """The numbers of a facet's values: those of the scheme in its order, then others as they come up."""

    facet: MeasuredFacet
    numbers: dict[str, int]

    @classmethod
    def of(cls, facet: MeasuredFacet, scheme: Scheme) -> Categories:
        """The scheme's categories of the facet, or none yet where it has no list of them."""
        known = facet.categories(scheme) if facet.categories is not None else ()
        return cls(facet, {value: number for number, value in enumerate(known)})

    def number(self, value: str) -> int:
        """The value's number."""
        return self.numbers.setdefault(value, len(self.numbers))

    def ratings(self, clusters: Sequence[Patterns], reviewers: Sequence[str]) -> Ratings:
        """The ratings of these clusters; the places of an order stand for its numbers."""
        scale = tuple(map(float, range(len(self.numbers))))
        return Ratings(tuple(self.numbers), tuple(reviewers), tuple(clusters), self.facet.level, scale)


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
