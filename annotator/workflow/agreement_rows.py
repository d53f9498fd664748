"""What the agreement room measured, as the rows and tables of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotator.agreement import Measured, Ratings
from annotator.agreement.labels import confusions, label_figures
from annotator.reports.agreement import AgreementRow, ConfusionTable, FacetSummary, LabelRow


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


def summary_of(facet: str, ratings: Ratings, found: Sequence[Measured]) -> FacetSummary:
    """What there was to measure; the first of what was found is over all reviewers."""
    given = sum(times * sum(value is not None for value in pattern) for pattern, times in ratings.patterns.items())
    units = found[0].units
    missing = units * len(ratings.reviewers) - given
    return FacetSummary(facet, ratings.level.value, ratings.categories, units, found[0].pairable, missing)


def labels_of(facet: str, ratings: Ratings) -> Iterator[LabelRow]:
    """The figures of each label of a facet."""
    for each in label_figures(ratings):
        given = dict(zip(ratings.reviewers, each.given, strict=True))
        yield LabelRow(facet, each.label, given, each.specific_agreement, each.krippendorff_alpha, each.fleiss_kappa)


def confusion_of(facet: str, ratings: Ratings) -> Iterator[ConfusionTable]:
    """The tables of each pair of reviewers."""
    for each in confusions(ratings):
        yield ConfusionTable(facet, each.reviewers, each.categories, each.counts)
