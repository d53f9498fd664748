"""Tables of ratings that other programs wrote, measured without a database."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.agreement import Level, Rating, measured
from annotator.agreement.ratings import ratings_of
from annotator.errors import AgreementError
from annotator.reports.agreement import AgreementReport, AgreementRow, ConfusionTable, FacetSummary, LabelRow
from annotator.workflow.agreement_rows import confusion_of, labels_of, rows_of, summary_of

COLUMNS = ("unit", "reviewer", "value")
CLUSTER, FACET = "article", "facet"


def table_agreement(path: Path, *, level: Level, orders: Sequence[str], resamples: int, seed: int) -> AgreementReport:
    """The agreement in a CSV table with the columns unit, reviewer and value, and perhaps article and facet.

    Each facet is measured by itself, in the order in which they come. Units of one article are resampled together;
    without that column every unit stands for itself. Empty values are missing ones. An order is "a,b,c" for every
    facet or "facet=a,b,c" for one that there is. Raises AgreementError.
    """
    facets: dict[str, list[Rating]] = {}
    for facet, rating in _ratings(path):
        facets.setdefault(facet, []).append(rating)
    if not facets:
        raise AgreementError(f"{path}: there is no value below the header")
    rows: list[AgreementRow] = []
    summaries: list[FacetSummary] = []
    labels: list[LabelRow] = []
    confusion: list[ConfusionTable] = []
    for facet, given in facets.items():
        try:
            ratings = ratings_of(given, level=level, order=_order_of(facet, orders))
        except AgreementError as error:
            raise AgreementError(f"{path}: {error}") from error
        found = measured(ratings, resamples=resamples, seed=seed)
        rows += rows_of(facet, found)
        summaries.append(summary_of(facet, ratings, found))
        labels += labels_of(facet, ratings)
        confusion += confusion_of(facet, ratings)
    return AgreementReport(
        source=path.name,
        rows=tuple(rows),
        facets=tuple(summaries),
        labels=tuple(labels),
        confusion=tuple(confusion),
        resamples=resamples,
        seed=seed,
    )


def _order_of(facet: str, orders: Sequence[str]) -> list[str]:
    """The categories of a facet: the last order that is its own, else the last that is for all; none where none is."""
    own = [order.removeprefix(f"{facet}=") for order in orders if order.startswith(f"{facet}=")]
    general = [order for order in orders if "=" not in order]
    given = next(reversed(own or general), "")
    return [name for each in given.split(",") if (name := each.strip())]


def _ratings(path: Path) -> Iterator[tuple[str, Rating]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                there = ", ".join(rows.fieldnames or ()) or "none"
                raise AgreementError(f"{path}: no column {missing[0]!r} (there: {there}); wanted: {', '.join(COLUMNS)}")
            for row in rows:
                unit, reviewer, value = ((row[name] or "").strip() for name in COLUMNS)
                if not unit or not reviewer:
                    raise AgreementError(f"{path}: line {rows.line_num}: a row without its unit or reviewer")
                if value:
                    cluster = (row.get(CLUSTER) or "").strip() or unit
                    yield (row.get(FACET) or "").strip() or "value", Rating(unit, reviewer, value, cluster)
    except OSError as error:
        raise AgreementError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise AgreementError(f"{path}: not a CSV table in UTF-8: {error}") from error
