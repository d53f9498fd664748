"""The sources of a project: making, renaming, merging and assigning them, as plans; and listing them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.errors import DecisionRefused
from annotator.model.article import Claim
from annotator.model.attribution import Attribution
from annotator.model.language.mention import name_key
from annotator.model.ledger import Change, Entry, uuid7
from annotator.model.period import ALWAYS, Period
from annotator.model.review import ArticleReview
from annotator.model.source import Citation, Registry, SourceEntity, SourceKind
from annotator.store import Store
from annotator.store import sources as stored
from annotator.workflow import attributing
from annotator.workflow.naming.proposing import propose, source_words
from annotator.workflow.plan import Plan
from annotator.workflow.wording import quoted, sources_in_words

if TYPE_CHECKING:
    from annotator.reports import SourceReport

# Plans on the project's sources: the session stores them with `settle`.


def make(registry: Registry, name: str, kind: SourceKind, aliases: Sequence[str] = ()) -> Plan:
    """Make a source. Refused where there is one of exactly this name; raises DomainError for what is no name."""
    made = SourceEntity(uuid7(), _line(name), kind, tuple(map(_line, aliases)))
    _check_name(registry, made.name, None)
    return _plan("source-make", made, f"source made: {quoted(made.name)}")


def rename(registry: Registry, source_id: str, name: str) -> Plan:
    """Give a source another name; the one it had stays as an alias."""
    entity, wanted = _canonical(registry, source_id), _line(name)
    if wanted == entity.name:
        raise DecisionRefused("that is its name already")
    _check_name(registry, wanted, entity)
    return _plan("source-rename", entity.renamed(wanted), f"source renamed: {quoted(entity.name)} is {quoted(wanted)}")


def add_alias(registry: Registry, source_id: str, alias: str) -> Plan:
    """Give a source one more name that it is recognised by."""
    entity, wanted = _canonical(registry, source_id), _line(alias)
    if wanted in (entity.name, *entity.aliases):
        raise DecisionRefused("that is a name of it already")
    made = replace(entity, aliases=(*entity.aliases, wanted))
    return _plan("source-alias", made, f"{quoted(entity.name)} is {quoted(wanted)} too")


def set_kind(registry: Registry, source_id: str, kind: SourceKind) -> Plan:
    """Say what a source is."""
    entity = _canonical(registry, source_id)
    if entity.kind is kind:
        raise DecisionRefused(f"it is {kind.value} already")
    return _plan("source-kind", replace(entity, kind=kind), f"{quoted(entity.name)}: {kind.value}")


def merge(registry: Registry, source_id: str, into: str) -> Plan:
    """Let one source stand for another from now on; what was assigned to either stays as it is and leads to it."""
    gone, canonical = _canonical(registry, source_id), _canonical(registry, into)
    if gone is canonical:
        raise DecisionRefused("these are one source already")
    merged = replace(gone, merged_into=canonical.id)
    return _plan("source-merge", merged, f"source merged: {quoted(gone.name)} is {quoted(canonical.name)}")


def _plan(action: str, entity: SourceEntity, said: str) -> Plan:
    return Plan(action, None, [Change("source", (entity.id,), entity.as_payload())], said)


def _canonical(registry: Registry, source_id: str) -> SourceEntity:
    entity = registry.resolve(source_id)
    if entity is None:
        raise DecisionRefused("that source is no longer there")
    return entity


def _line(name: str) -> str:
    return " ".join(name.split())


def _check_name(registry: Registry, name: str, but: SourceEntity | None) -> None:
    if any(known.name == name and known is not but and known.article_id is None for known in registry.named(name)):
        raise DecisionRefused(f"there is a source {quoted(name)} already: merge them, or choose another name")


# Plans on one reviewer's attributions: the session stores them with `take`.


def assign(review: ArticleReview, claim: Claim, attribution_id: str, entity: SourceEntity | None) -> Plan:
    """Say whose words an attribution gives; an entity without an id is made in the same entry, None takes it away."""
    if attribution_id not in {attribution.id for attribution in review.attributions}:
        raise DecisionRefused("that attribution is gone already")
    if entity is None and attribution_id not in review.sources:
        raise DecisionRefused("it has no source yet")
    if entity is not None and entity.id and review.sources.get(attribution_id) == entity.id:
        raise DecisionRefused(f"{quoted(entity.name)} is its source already")
    changes = _assignment(attribution_id, entity)
    return Plan("source-assign", claim, changes, f"source: {quoted(entity.name)}" if entity else "source taken away")


def keep_with_source(review: ArticleReview, claim: Claim, shown: Attribution, entity: SourceEntity) -> Plan:
    """Keep an attribution as it is shown, suggested or hers, and say whose words it gives: one entry."""
    if any(mine.id == shown.id for mine in review.attributions):
        plan = attributing.keep_attribution(review, claim, shown)
    else:
        plan = attributing.accept_one(review, claim, shown)
    changes = [*plan.changes, *_assignment(plan.changes[0].key[0], entity)]
    return replace(plan, changes=changes, said=f"{plan.said}, source: {quoted(entity.name)}")


def _assignment(attribution_id: str, entity: SourceEntity | None) -> list[Change]:
    if entity is None:
        return [Change("attribution_source", (attribution_id,), None)]
    if entity.id:
        return [Change("attribution_source", (attribution_id,), entity.id)]
    made = replace(entity, id=uuid7())
    return [
        Change("source", (made.id,), made.as_payload()),
        Change("attribution_source", (attribution_id,), made.id),
    ]


def changes_sources(plan: Plan) -> bool:
    """Whether a plan keeps or removes attributions, so that sources may have to follow."""
    return any(change.table == "attribution" for change in plan.changes)


def with_sources(review: ArticleReview, plan: Plan, registry: Registry) -> Plan:
    """The plan with the sources of the attributions that it keeps, in the same entry, so that they cost no key.

    An attribution whose source reads as it did keeps what it has. Any other is given the best proposal where that is
    sure, a new source included, and else none: what is not sure is the reviewer's to say.
    """
    payloads = {change.key[0]: change.value for change in plan.changes if change.table == "attribution"}
    given = {change.key[0] for change in plan.changes if change.table == "attribution_source"}
    kept = [Attribution.from_payload(id_, value) for id_, value in payloads.items() if value is not None]
    before = {attribution.id: attribution for attribution in review.attributions}
    others = [attribution for attribution in review.attributions if attribution.id not in payloads]
    present = replace(review, attributions=(*others, *kept))
    changes = [
        Change("attribution_source", (id_,), None)
        for id_, value in payloads.items()
        if value is None and id_ in review.sources
    ]
    # In text order, so that a pronoun finds who was named before it.
    for attribution in sorted(kept, key=lambda made: made.source[:1]):
        if attribution.id in given or _reads_as_before(review, before.get(attribution.id), attribution):
            continue
        best = next(iter(propose(present, attribution, registry)), None)
        entity = best.entity if best is not None and best.sure else None
        if entity is None and attribution.id not in review.sources:
            continue
        made = _assignment(attribution.id, entity)
        assigned = {**present.sources, attribution.id: made[-1].value}
        new = [SourceEntity.from_payload(change.key[0], change.value) for change in made if change.table == "source"]
        registry = registry.changed(new) if new else registry
        present = replace(present, sources={id_: value for id_, value in assigned.items() if value})
        changes += made
    return replace(plan, changes=[*plan.changes, *changes]) if changes else plan


def _reads_as_before(review: ArticleReview, before: Attribution | None, now: Attribution) -> bool:
    """Whether the attribution has a source whose words are the same, titles and marks aside."""
    if before is None or before.id not in review.sources:
        return False
    return bool(now.source) and name_key(source_words(review, before)) == name_key(source_words(review, now))


# Reading


def listing(
    store: Store, reviewers: Sequence[str] = (), period: Period = ALWAYS, *, settled: bool = False
) -> SourceReport:
    """Every source with its numbers, counted from these reviewers' work (everybody's where none is named).

    Of a period the sources that claims cite which were last decided in it. A review screen names its reviewer and
    nobody else. Where it is `settled`, what no source was assigned to is neither read nor counted. Raises NotFoundError
    for an unknown reviewer.
    """
    # Deferred, here and below: whoever only assigns sources does not need the room of reports.
    from annotator.reports import source_report
    from annotator.store import citations
    from annotator.workflow.selection import known_reviewers

    registry = stored.registry(store)
    found = list(citations.citations(store, registry, known_reviewers(store, reviewers), period, settled=settled))
    cited = {citation.source_id for citation in found}
    entities = [entity for entity in registry.unmerged() if not period.bounded or entity.id in cited]
    return source_report(entities, found, period)


def cited(store: Store, source_id: str, reviewer: str) -> list[Citation]:
    """Where the reviewer's attributions cite the source: the claims to jump to, in the order of articles and texts."""
    from annotator.store import citations

    registry = stored.registry(store)
    canonical = registry.resolve(source_id)
    if canonical is None:
        return []
    found = citations.citations(store, registry, [reviewer], settled=True)
    return [citation for citation in found if citation.source_id == canonical.id and citation.claim_id]


def history(store: Store, source_id: str, reviewer: str | None = None) -> list[tuple[str, str]]:
    """What became of a source and of those it stands for, oldest first: time in UTC, and what was done in words.

    With a reviewer, the others are not named: their work is not hers to see.
    """
    registry = stored.registry(store)
    canonical = registry.resolve(source_id)
    ids = [source_id] if canonical is None else [canonical.id, *(e.id for e in registry.merged_with(canonical.id))]
    now: dict[str, SourceEntity] = {}
    earlier: dict[str, dict[str, SourceEntity]] = {}
    decisions: dict[str, Entry] = {}
    said: dict[str, str] = {}
    lines = []
    for entry in stored.history(store, ids):
        decision = decisions[entry.id] = decisions.get(entry.undoes or "", entry)
        made = _values(decision, ids)
        if entry is decision:
            earlier[entry.id] = {id_: now[id_] for id_ in made if id_ in now}
            said[entry.id] = sources_in_words(now, made, registry)
        for id_ in made:
            now.pop(id_, None)
        if entry.kind == "undo":
            now |= earlier[decision.id]
        else:
            now |= {id_: value for id_, value in made.items() if value is not None}
        what = {"undo": "undone: ", "redo": "redone: ", "shared": "when an article was purged: "}.get(entry.kind, "")
        who = entry.reviewer if reviewer in (None, entry.reviewer) else "another reviewer"
        lines.append((entry.at, f"{what}{said[decision.id]}{f', by {who}' if who else ''}"))
    return lines


def _values(decision: Entry, source_ids: Collection[str]) -> dict[str, SourceEntity | None]:
    return {
        change.key[0]: SourceEntity.from_payload(change.key[0], change.value) if change.value else None
        for change in decision.changes
        if change.table == "source" and change.key[0] in source_ids
    }
