"""How often each source is cited, how, and what became of what it said: citations in, numbers out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field

from annotator.model.late import dataclass
from annotator.model.period import ALWAYS, Period
from annotator.model.source import Citation, SourceEntity


@dataclass(frozen=True, slots=True)
class SourceNumbers:
    """The numbers of one source, or of all.

    `attributions` of all reviewers, each with its form and anonymity counted; `claims` that they cover, each once
    however many reviewers judge it; `verdicts` on the content of these claims by value, one for each reviewer who
    gave one; `articles` that cite it.
    """

    attributions: int = 0
    claims: int = 0
    articles: int = 0
    verdicts: Mapping[str, int] = field(default_factory=dict)
    forms: Mapping[str, int] = field(default_factory=dict)
    anonymity: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CitingArticle:
    """One article that cites a source: how many of its claims do."""

    article_id: str
    title: str
    claims: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source with its numbers, and the articles that cite it in the order they were given."""

    entity: SourceEntity
    numbers: SourceNumbers
    articles: tuple[CitingArticle, ...]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """Sources by how many claims cite them, then by name; and what has no source.

    `unsettled` are the attributions whose source is marked and not resolved to an entity, `sourceless` those that
    mark none; `total` is everything.
    """

    sources: tuple[SourceLine, ...]
    unsettled: SourceNumbers
    sourceless: SourceNumbers
    total: SourceNumbers
    period: Period = ALWAYS


def source_report(
    entities: Iterable[SourceEntity], citations: Iterable[Citation], period: Period = ALWAYS
) -> SourceReport:
    """The numbers of each source; an entity that nothing cites has zeros, citations of others count in the total.

    The citations are those of the period.
    """
    by_source: dict[str, list[Citation]] = {}
    unsettled: list[Citation] = []
    sourceless: list[Citation] = []
    everything: list[Citation] = []
    for citation in citations:
        everything.append(citation)
        if citation.source_id is not None:
            by_source.setdefault(citation.source_id, []).append(citation)
        else:
            (sourceless if citation.sourceless else unsettled).append(citation)
    lines = [_line(entity, by_source.get(entity.id, [])) for entity in entities]
    lines.sort(key=lambda line: (-line.numbers.claims, line.entity.name.casefold(), line.entity.id))
    return SourceReport(tuple(lines), _numbers(unsettled), _numbers(sourceless), _numbers(everything), period)


def _line(entity: SourceEntity, citations: list[Citation]) -> SourceLine:
    titles = {citation.article_id: citation.title for citation in citations}
    claims = Counter(article_id for article_id, _ in _claims(citations))
    articles = tuple(CitingArticle(id_, title, claims[id_]) for id_, title in titles.items())
    return SourceLine(entity, _numbers(citations), articles)


def _claims(citations: Iterable[Citation]) -> set[tuple[str, str]]:
    return {(citation.article_id, citation.claim_id) for citation in citations if citation.claim_id}


def _numbers(citations: list[Citation]) -> SourceNumbers:
    attributions = {citation.attribution_id: citation for citation in citations}
    judged = {(c.reviewer, c.claim_id): c.verdict for c in citations if c.claim_id and c.verdict is not None}
    return SourceNumbers(
        attributions=len(attributions),
        claims=len(_claims(citations)),
        articles=len({citation.article_id for citation in citations}),
        verdicts=_counted(judged.values()),
        forms=_counted(citation.form for citation in attributions.values()),
        anonymity=_counted(citation.anonymity for citation in attributions.values()),
    )


def _counted(values: Iterable[str | None]) -> dict[str, int]:
    counts = Counter(value for value in values if value is not None)
    return {value: counts[value] for value in sorted(counts)}
