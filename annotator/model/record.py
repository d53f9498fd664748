"""What leaves the tool: one record a claim and reviewer, whole enough for every export format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from operator import attrgetter

from annotator.model.article import BlockKind, Publication
from annotator.model.attribution import Attribution
from annotator.model.judgement import Evidence, Judgement, Verdict
from annotator.model.late import dataclass
from annotator.model.review import State
from annotator.model.source import SourceEntity
from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """The article that a claim stands in; `text` is the whole normalised text."""

    id: str
    text: str
    publications: tuple[Publication, ...]
    language: str
    rights: str
    origin: str


@dataclass(frozen=True, slots=True)
class FirstValues:
    """What one reviewer said of a claim when it first became done, not knowing others' work: values by facet.

    `outcomes` say by facet what became of what was suggested. `scheme` is the version of the decision that completed
    the claim, `at` its time.
    """

    values: Mapping[str, str]
    outcomes: Mapping[str, str]
    scheme: str
    at: str


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """Everything one reviewer decided of one claim.

    `ordinal` counts the reviewer's claims in the article from 1. `attributions` are those whose content
    overlaps the claim, each with its ancestors' ids outermost first in `chains`. Times are ISO 8601 in UTC,
    empty where nothing has been decided; `scheme` is the version of the last decision. `sources` are those of the
    attributions by their ids, after all merging; an attribution that has none is not in it. `first` is None where she
    has no independent first decision, and where nobody has asked for it. `settled` says how a record of the adjudicated
    layer came to be, and `agreed` whose own decision it is; both are empty elsewhere.
    """

    article: ArticleRecord
    reviewer: str
    claim_id: str
    ordinal: int
    span: Span
    kind: BlockKind
    state: State
    judgement: Judgement
    attributions: tuple[Attribution, ...]
    chains: tuple[tuple[str, ...], ...]
    verdicts: tuple[Verdict, ...]
    evidence: tuple[Evidence, ...]
    first_decided_at: str
    last_decided_at: str
    scheme: str
    sources: Mapping[str, SourceEntity] = field(default_factory=dict)
    first: FirstValues | None = None
    settled: str = ""
    agreed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The claim's text, sliced now from the article's."""
        return self.span.slice(self.article.text)

    def with_first(self, first: FirstValues) -> ClaimRecord:
        """The same with what its reviewer said first."""
        # What a dataclass is replaced by takes ten times as long.
        values = [*_VALUES(self)]
        values[_FIRST] = first
        return ClaimRecord(*values)


_VALUES, _FIRST = attrgetter(*ClaimRecord.__slots__), ClaimRecord.__slots__.index("first")
