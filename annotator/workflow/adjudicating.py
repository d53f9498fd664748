"""Adjudication: which claims reviewers differ on, and taking one's decision into the adjudicated layer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from annotator.errors import DecisionRefused
from annotator.model.adjudication import Case, Facet, cases, covering
from annotator.model.article import Claim
from annotator.model.attribution import Attribution
from annotator.model.judgement import CONTENT, VERDICT_FACETS, Evidence, Verdict
from annotator.model.ledger import Change, uuid7
from annotator.model.review import ArticleReview
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, articles, project, records, sources
from annotator.store.review import load_article, load_review
from annotator.workflow.attributing import removal
from annotator.workflow.plan import Plan


def others_of(store: Store, layer: ArticleReview) -> list[ArticleReview]:
    """The work of everybody who has begun the layer's article, by name."""
    names = records.reviewers_of(store, layer.article.id)
    return [load_review(store, layer.article, name) for name in names if name != layer.reviewer]


def to_adjudicate(store: Store, sample: float = 0.0) -> Iterator[str]:
    """The ids of the articles with claims to settle, in the order they were added."""
    registry = sources.registry(store)
    for article_id in records.shared_articles(store, ADJUDICATED):
        article = load_article(store, article_id, suggested=False)
        layer = load_review(store, article, ADJUDICATED)
        if any(case.open for case in cases(layer, others_of(store, layer), registry, sample)):
            yield article_id


def next_article(store: Store, here: str | None, sample: float = 0.0) -> str | None:
    """The id of the next article behind `here` with claims to settle, around the end of the list, or None."""
    first = None
    order = {article_id: place for place, article_id in enumerate(articles.shown_ids(store))}
    for article_id in to_adjudicate(store, sample):
        if here is None or order[article_id] > order.get(here, -1):
            return article_id
        if first is None and article_id != here:
            first = article_id
    return first


def check_lead(store: Store, reviewer: str) -> None:
    """Raise DecisionRefused where somebody else leads the project: adjudication is the lead's."""
    project.load_project(store).check_lead(reviewer, "adjudication")


# Taking a reviewer's decision


def with_agreed(case: Case, facets: Collection[Facet]) -> frozenset[Facet]:
    """Some facets, and those that nobody differs in: settling one of them settles the claim."""
    return frozenset(facets) | (frozenset(Facet) - frozenset(case.differing))


def take(
    layer: ArticleReview,
    claim: Claim,
    other: ArticleReview,
    facets: Collection[Facet] = tuple(Facet),
    called: str = "",
) -> Plan:
    """Take what a reviewer decided of a claim into the layer: all of it, or some facets.

    `called` is what she is called in what is said of it, where that is not her name.

    Attributions are copied with ids of their own, and with what they are nested in; where the layer has an attribution
    that reads the same it stays, and its others of the claim go as `removal` says. Refused where that changes nothing.
    """
    changes: list[Change] = []
    if Facet.WORTH in facets:
        changes += _judgement(layer, claim, other, "worth")
    made: dict[str, str] = {}
    if Facet.ATTRIBUTION in facets or Facet.SOURCE in facets:
        changes += _judgement(layer, claim, other, "voice")
        changes += _attributions(layer, claim, other, made)
    if Facet.VERDICT in facets:
        changes += _verdicts(layer, claim, other, made)
    if not changes:
        raise DecisionRefused("the adjudicated layer says so already")
    # Of what is said twice of a register the last holds: what moves out of an attribution may be taken as well.
    changes = list({change.register: change for change in changes}.values())
    what = "" if set(facets) >= set(Facet) else f" ({', '.join(sorted(facets))})"
    said = f"taken from {called or other.reviewer}{what}"
    return Plan("adjudicate", claim, changes, said, more={"taken_from": other.reviewer})


def _judgement(layer: ArticleReview, claim: Claim, other: ArticleReview, facet: str) -> list[Change]:
    value = getattr(other.judgement(claim), facet)
    if getattr(layer.judgement(claim), facet) == value:
        return []
    return [Change("judgement", (claim.id, facet), value)]


def _attributions(layer: ArticleReview, claim: Claim, other: ArticleReview, made: dict[str, str]) -> Iterator[Change]:
    """The changes that give the layer the other's attributions of the claim; `made` maps their ids to the layer's."""
    wanted = _with_ancestors(other, covering(other, claim))
    present = {_reading(attribution): attribution for attribution in layer.attributions}
    for attribution in wanted:
        known = present.get(_reading(attribution))
        made[attribution.id] = known.id if known is not None else uuid7()
    kept = set(made.values())
    yield from removal(layer, [standing.id for standing in covering(layer, claim) if standing.id not in kept])
    for attribution in wanted:
        id_ = made[attribution.id]
        copy = replace(attribution, id=id_, parent=made.get(attribution.parent or ""))
        source_id = other.sources.get(attribution.id)
        if copy not in layer.attributions:
            yield Change("attribution", (id_,), copy.as_payload())
            yield Change("attribution_source", (id_,), source_id)
        elif layer.sources.get(id_) != source_id:
            yield Change("attribution_source", (id_,), source_id)


def _reading(attribution: Attribution) -> Attribution:
    """The attribution without its own id and its parent's."""
    return replace(attribution, id="", parent=None)


def _with_ancestors(review: ArticleReview, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions after everything that they are nested in."""
    by_id = {attribution.id: attribution for attribution in review.attributions}
    ordered: dict[str, Attribution] = {}
    for attribution in attributions:
        path = [attribution]
        while (parent := by_id.get(path[-1].parent or "")) is not None and parent not in path:
            path.append(parent)
        ordered |= {each.id: each for each in reversed(path)}
    return list(ordered.values())


def _verdicts(layer: ArticleReview, claim: Claim, other: ArticleReview, made: dict[str, str]) -> Iterator[Change]:
    """The verdicts with their evidence; those on attributions only where these are taken with them."""
    targets = {CONTENT: CONTENT, **made}
    given = {targets[verdict.target]: verdict for verdict in other.verdicts_of(claim) if verdict.target in targets}
    standing = [verdict.target for verdict in layer.verdicts_of(claim)]
    for target in dict.fromkeys([*standing, *given]):
        yield from _verdict(claim, target, layer.verdict(claim, target), given.get(target))
    known = {_grounds(evidence) for evidence in layer.evidence_of(claim)}
    for evidence in other.evidence_of(claim):
        copy = replace(evidence, id=uuid7(), target=targets.get(evidence.target, ""))
        if copy.target and _grounds(copy) not in known:
            yield Change("evidence", (copy.id,), copy.as_payload())


def _verdict(claim: Claim, target: str, now: Verdict | None, wanted: Verdict | None) -> Iterator[Change]:
    """The facets in which a verdict has to be another."""
    for facet in VERDICT_FACETS:
        value = getattr(wanted, facet, None)
        if value != getattr(now, facet, None):
            yield Change("verdict", (claim.id, target, facet), value)


def _grounds(evidence: Evidence) -> Evidence:
    return replace(evidence, id="")
