"""The report on agreement: what was measured, as rows and tables that every layout shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from annotator.model.late import dataclass
from annotator.model.period import ALWAYS, Period


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One coefficient of one facet; `undefined` says why there is no value, and is empty where there is one.

    `units` have at least one value, `pairable` is how many values stand in units with at least two. The interval holds
    95 % of what the resamples gave, of which `resamples_undefined` gave nothing; None where there is none.
    """

    facet: str
    coefficient: str
    value: float | None
    low: float | None
    high: float | None
    units: int
    pairable: int
    reviewers: tuple[str, ...]
    undefined: str = ""
    resamples_undefined: int | None = None


@dataclass(frozen=True, slots=True)
class FacetSummary:
    """What there was to measure of a facet; `missing` are the units' values that reviewers have not given.

    `categories` are all that there are, in their order; where there is no list of them, those that are used.
    """

    facet: str
    level: str
    categories: tuple[str, ...]
    units: int
    pairable: int
    missing: int


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label of a facet against all others, with how often each reviewer gave it; None is undefined."""

    facet: str
    label: str
    given: Mapping[str, int]
    specific_agreement: float | None
    krippendorff_alpha: float | None
    fleiss_kappa: float | None


@dataclass(frozen=True, slots=True)
class ConfusionTable:
    """Two reviewers' values of a facet: `counts[i][j]` units of which the first said i and the second j."""

    facet: str
    reviewers: tuple[str, str]
    categories: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Split:
    """The coefficients of a part of the units: by what they were divided, and which part it is."""

    by: str
    part: str
    rows: tuple[AgreementRow, ...]


@dataclass(frozen=True, slots=True)
class DisputedClaim:
    """A claim about which reviewers differ, with what each said of the facets in which they do.

    `score` is the number of pairs of values that differ, each weighing one by the number of pairs: 1 for a facet in
    which no two agree. `start` is the claim's offset in code points, `words` is how it begins, on one line.
    """

    article_id: str
    title: str
    claim_id: str
    start: int
    words: str
    score: float
    values: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class TextAlpha:
    """The alpha for unitizing of one text by itself; `undefined` says why there is none."""

    article_id: str
    title: str
    facet: str
    value: float | None
    undefined: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not measured, by reviewer: claims that are begun and not done, or that others' work could be seen at.

    `alone` are claims of a segmentation of her own that nobody else has, in articles that others have worked on;
    `practice` those of articles where she hears what the answer key says.
    """

    reviewer: str
    counted: int
    unfinished: int = 0
    seen: int = 0
    alone: int = 0
    practice: int = 0


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Everything that was measured; `source` is "database", or the name of the table that the ratings came from.

    `adjudicated` are coefficients of each reviewer with the adjudicated layer, which is in no other figure.
    """

    source: str
    rows: tuple[AgreementRow, ...]
    facets: tuple[FacetSummary, ...] = ()
    labels: tuple[LabelRow, ...] = ()
    confusion: tuple[ConfusionTable, ...] = ()
    splits: tuple[Split, ...] = ()
    adjudicated: tuple[AgreementRow, ...] = ()
    disputed: tuple[DisputedClaim, ...] = ()
    texts: tuple[TextAlpha, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    pass_: str = ""
    period: Period = ALWAYS
    resamples: int = 0
    seed: int = 0
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nobody has given anything a value."""
        return not any(facet.units for facet in self.facets)
