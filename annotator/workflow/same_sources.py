"""Sources that a project has twice, as after a merge of databases worked in apart: found, and joined when asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.errors import DecisionRefused
from annotator.model.counts import counted
from annotator.model.ledger import Change, uuid7
from annotator.model.source import Registry, SourceEntity
from annotator.store import Store, sources
from annotator.workflow.plan import Plan


def doubled(registry: Registry) -> list[list[SourceEntity]]:
    """Sources of one name and kind, and of one article or of none: groups of two and more by name, oldest first."""
    groups: dict[tuple[str, str, str], list[SourceEntity]] = {}
    for entity in _by_age(registry.unmerged()):
        groups.setdefault((entity.name, entity.kind.value, entity.article_id or ""), []).append(entity)
    return [groups[key] for key in sorted(groups) if len(groups[key]) > 1]


def count(registry: Registry) -> int:
    """How many sources another one of the same name and kind could stand for."""
    return sum(len(group) - 1 for group in doubled(registry))


def alike(registry: Registry) -> list[list[SourceEntity]]:
    """Groups of sources whose names say the same, titles and case aside, and whose names or kinds differ.

    Of those that are `doubled` only the oldest is in its group. What two articles call by the same words that are no
    name ("the board") is known to be two, and in no group together.
    """
    # Deferred: whoever only joins what is doubled does not need it.
    from annotator.model.language.mention import name_key

    later = {entity.id for group in doubled(registry) for entity in group[1:]}
    groups: dict[tuple[str, str], list[SourceEntity]] = {}
    for entity in _by_age(registry.unmerged()):
        if entity.id not in later:
            groups.setdefault((name_key(entity.name), entity.article_id or ""), []).append(entity)
    return [groups[key] for key in sorted(groups) if len(groups[key]) > 1]


def join(registry: Registry) -> Plan:
    """Let the oldest of the sources that are `doubled` stand for the others: one decision, which one undo takes back.

    Refused where there is nothing to join.
    """
    groups = doubled(registry)
    if not groups:
        raise DecisionRefused("no two sources have the same name and kind")
    changes = [
        Change("source", (entity.id,), replace(entity, merged_into=group[0].id).as_payload())
        for group in groups
        for entity in group[1:]
    ]
    count = counted(len(changes), "source")
    return Plan("source-join", None, changes, f"{count} joined with those of the same name and kind")


def join_now(store: Store, reviewer: str) -> str:
    """Store `join` as a decision of the reviewer, without a session; what was done, in words. Refused as `join` is."""
    registry = sources.registry(store)
    plan = join(registry)
    sources.decide(store, reviewer, uuid7(), plan.action, plan.changes, registry.revision)
    return plan.said


def named(group: Sequence[SourceEntity]) -> str:
    """A group in words, each with its kind."""
    return " and ".join(f"{entity.name} ({entity.kind.value})" for entity in group)


def _by_age(entities: Iterable[SourceEntity]) -> list[SourceEntity]:
    return sorted(entities, key=lambda entity: entity.id)
