"""Where reviewers of a claim differ, and what is settled: the layer of the lead's own decisions beside theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from typing import Any

from annotator.model.article import Claim
from annotator.model.attribution import Attribution
from annotator.model.judgement import CONTENT, Judgement, Verdict
from annotator.model.late import dataclass
from annotator.model.record import ClaimRecord
from annotator.model.review import ArticleReview, State
from annotator.model.reviewer import ADJUDICATED
from annotator.model.source import Registry


class Facet(StrEnum):
    """What two reviewers can differ in; a claim is settled facet by facet, or as a whole."""

    WORTH = "worth"
    ATTRIBUTION = "attribution"
    SOURCE = "source"
    VERDICT = "verdict"


class Settled(StrEnum):
    """How an adjudicated claim came to its values."""

    ADJUDICATED = "adjudicated"
    AGREED = "agreed"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Stand:
    """What one reviewer says of a claim, facet by facet, so that equal values are the same decision."""

    worth: str | None
    attribution: tuple[Any, ...]
    source: tuple[str, ...]
    verdict: tuple[Any, ...]

    def value(self, facet: Facet) -> Any:
        """The value of one facet."""
        return getattr(self, facet.value)


def stand_of(
    judgement: Judgement,
    attributions: Iterable[Attribution],
    verdicts: Iterable[Verdict],
    sources: Mapping[str, str],
) -> Stand:
    """A reviewer's stand; `sources` are the ids of the attributions' canonical sources.

    Ids of attributions do not matter, nor the order they were made in; notes, justifications, confidence and evidence
    are grounds, not decisions. Verdicts on attributions follow these and are not compared.
    """
    ordered = sorted(attributions, key=_said)
    on_content = next((verdict for verdict in verdicts if verdict.target == CONTENT), None)
    return Stand(
        worth=judgement.worth,
        attribution=(judgement.voice, *map(_said, ordered)),
        source=tuple(sources.get(attribution.id, "") for attribution in ordered),
        verdict=(on_content.value, on_content.reason) if on_content is not None else (),
    )


def _said(attribution: Attribution) -> tuple[Any, ...]:
    spans = tuple((role.value, span.start, span.end) for role, span in attribution.role_spans())
    facets = (attribution.type.value, attribution.form.value, attribution.anonymity.value, attribution.negated)
    return (spans, facets, attribution.parent is not None)


def differing(stands: Sequence[Stand]) -> tuple[Facet, ...]:
    """The facets in which not all stands are the same.

    Where the attributions differ their sources are not compared: they are sources of something else.
    """
    found = [facet for facet in Facet if len({stand.value(facet) for stand in stands}) > 1]
    if Facet.ATTRIBUTION in found and Facet.SOURCE in found:
        found.remove(Facet.SOURCE)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Case:
    """A claim of the layer with the stands of those who are done with it, by name, and where they differ.

    It is `settled` once the layer has a decision that completes the claim, and `sampled` where it is to be looked at
    though nobody differs.
    """

    claim: Claim
    stands: dict[str, Stand]
    differing: tuple[Facet, ...]
    settled: bool
    sampled: bool = False

    @property
    def wanted(self) -> bool:
        """Whether it is to be looked at: reviewers differ, or it is in the sample of the others."""
        return bool(self.differing) or self.sampled

    @property
    def open(self) -> bool:
        """Whether it is to be looked at and nothing has been settled."""
        return self.wanted and not self.settled


def cases(layer: ArticleReview, others: Sequence[ArticleReview], registry: Registry, sample: float = 0.0) -> list[Case]:
    """Every claim of the layer, in order; a reviewer is heard on those that are hers too and that she is done with.

    `sample` is the share (0 to 1) of the claims that several agree on to look at as well; which ones follows from the
    claims' ids.
    """
    found = []
    own = {review.reviewer: {claim.id: claim for claim in review.claims} for review in others}
    for claim in layer.claims:
        stands = {
            review.reviewer: stand(review, claim, registry)
            for review in others
            if claim.id in own[review.reviewer] and review.state(claim, "both") is State.DONE
        }
        settled = layer.state(claim, "both") is State.DONE
        sampled = len(stands) > 1 and int(claim.id[:8], 16) < sample * 2**32
        found.append(Case(claim, stands, differing(list(stands.values())), settled, sampled))
    return found


def stand(review: ArticleReview, claim: Claim, registry: Registry) -> Stand:
    """What a reviewer says of a claim."""
    attributions = covering(review, claim)
    resolved = {made.id: registry.resolve(review.sources.get(made.id)) for made in attributions}
    named = {id_: entity.id for id_, entity in resolved.items() if entity is not None}
    return stand_of(review.judgement(claim), attributions, review.verdicts_of(claim), named)


def covering(review: ArticleReview, claim: Claim) -> list[Attribution]:
    """A reviewer's attributions whose content overlaps the claim, in text order."""
    return [made for made in review.attributions_of(claim) if made.covers(claim.span)]


@dataclass(slots=True)
class Differing:
    """How many claims reviewers differ on that have not been adjudicated."""

    claims: int = 0


def adjudicated(records: Iterable[ClaimRecord], unsettled: Differing) -> Iterator[ClaimRecord]:
    """One record a claim, from everybody's and the layer's, which come article by article: what is settled of it.

    What has been adjudicated goes first; then what all who are done with the claim agree on; then what a single
    reviewer decided. Claims that reviewers differ on are left out and counted.
    """
    for _, of_article in groupby(records, key=lambda record: record.article.id):
        by_claim: dict[str, list[ClaimRecord]] = {}
        for record in of_article:
            if record.state is State.DONE:
                by_claim.setdefault(record.claim_id, []).append(record)
        for found in sorted(by_claim.values(), key=lambda found: (found[0].span.start, found[0].span.end)):
            settled = _settled(found)
            if settled is None:
                unsettled.claims += 1
            else:
                yield settled


def _settled(found: Sequence[ClaimRecord]) -> ClaimRecord | None:
    layer = [record for record in found if record.reviewer == ADJUDICATED]
    others = sorted((record for record in found if record.reviewer != ADJUDICATED), key=lambda each: each.reviewer)
    if not layer and differing([_stand(record) for record in others]):
        return None
    chosen = (layer or others)[0]
    agreed = tuple(each.reviewer for each in others if not differing([_stand(each), _stand(chosen)]))
    how = Settled.ADJUDICATED if layer else Settled.AGREED if len(others) > 1 else Settled.SINGLE
    return replace(chosen, reviewer=ADJUDICATED, settled=how.value, agreed=agreed)


def _stand(record: ClaimRecord) -> Stand:
    sources = {id_: entity.id for id_, entity in record.sources.items()}
    return stand_of(record.judgement, record.attributions, record.verdicts, sources)
