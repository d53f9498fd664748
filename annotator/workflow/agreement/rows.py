"""What the agreement room measured, as the rows and tables of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from annotator.agreement import Measured, Ratings, measured
from annotator.agreement.labels import confusions, label_figures
from annotator.model.late import dataclass
from annotator.reports.agreement import AgreementReport, AgreementRow, ConfusionTable, FacetSummary, LabelRow


def rows_of(facet: str, found: Iterable[Measured]) -> Iterator[AgreementRow]:
    """The coefficients of one facet."""
    for each in found:
        between = each.interval
        yield AgreementRow(
            facet,
            each.coefficient,
            each.value,
            between.low if between else None,
            between.high if between else None,
            each.units,
            each.pairable,
            each.reviewers,
            each.undefined,
            between.undefined if between else None,
        )


@dataclass(slots=True)
class ReportParts:
    """What is measured of one facet after another, with so many resamples of a seed."""

    resamples: int
    seed: int
    rows: list[AgreementRow] = field(default_factory=list)
    facets: list[FacetSummary] = field(default_factory=list)
    labels: list[LabelRow] = field(default_factory=list)
    confusion: list[ConfusionTable] = field(default_factory=list)

    def add(self, facet: str, ratings: Ratings, *, pairs: bool = True, labels: bool = True) -> None:
        """Measure one more facet: coefficients (of pairs of reviewers too), and label by label."""
        found = measured(ratings, resamples=self.resamples, seed=self.seed, pairs=pairs)
        self.rows += rows_of(facet, found)
        self.facets.append(_summary(facet, ratings, found))
        if labels:
            self.labels += _labels(facet, ratings)
            self.confusion += _confusion(facet, ratings)

    def report(self, source: str) -> AgreementReport:
        """The report so far."""
        return AgreementReport(
            source=source,
            rows=tuple(self.rows),
            facets=tuple(self.facets),
            labels=tuple(self.labels),
            confusion=tuple(self.confusion),
            resamples=self.resamples,
            seed=self.seed,
        )


def _summary(facet: str, ratings: Ratings, found: Sequence[Measured]) -> FacetSummary:
    # The first of what was found is over all reviewers.
    given = sum(times * sum(value is not None for value in pattern) for pattern, times in ratings.patterns.items())
    units = found[0].units
    missing = units * len(ratings.reviewers) - given
    return FacetSummary(facet, ratings.level.value, ratings.categories, units, found[0].pairable, missing)


def _labels(facet: str, ratings: Ratings) -> Iterator[LabelRow]:
    for each in label_figures(ratings):
        given = dict(zip(ratings.reviewers, each.given, strict=True))
        yield LabelRow(facet, each.label, given, each.specific_agreement, each.krippendorff_alpha, each.fleiss_kappa)


def _confusion(facet: str, ratings: Ratings) -> Iterator[ConfusionTable]:
    for each in confusions(ratings):
        yield ConfusionTable(facet, each.reviewers, each.categories, each.counts)
