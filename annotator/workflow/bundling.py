"""Bundles: the small database that one reviewer needs to work apart, to be merged back."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from annotator.errors import DecisionRefused
from annotator.model.exercise import SETTING, Exercise
from annotator.model.late import dataclass
from annotator.model.ledger import Change, Entry, changes_payload, utc_now, uuid7
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, aliases, articles, ledger, project, sources, uniting
from annotator.store.making import new_store
from annotator.store.rebuilding import refold


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle has: articles, and entries of the ledger."""

    articles: int
    entries: int


def bundle(store: Store, reviewer: str, target: Path, by: str | None) -> Bundle:
    """Write a new database with what is handed out to a reviewer (everything, where nothing is), and her own decisions.

    Nobody else's decisions on articles are in it: of the sources what was decided about them (their names, and which
    are one), of the project its scheme, guidelines, lead and assignments. Of practice articles among hers the answer
    key is there, which she hears as she decides.

    Raises DecisionRefused for who does not lead the project and is not the reviewer, and StoreError where there is a
    file already.
    """
    present = project.load_project(store)
    present.check_name(reviewer)
    if by != reviewer:
        present.check_lead(by, "making another reviewer's bundle")
    wanted = _wanted(store, reviewer)
    with new_store(target, "a bundle", store.scheme) as small:
        made = _fill(small, store, reviewer, wanted)
        small.connection.execute("pragma wal_checkpoint(truncate)")
    return made


def _wanted(store: Store, reviewer: str) -> set[str]:
    shown = articles.shown_ids(store)
    if not project.has_assignments(store, reviewer):
        if project.load_project(store).handed_out:
            raise DecisionRefused(f"nothing is handed out to {reviewer}: `annotator assign` does that")
        return set(shown)
    hers = {article_id for article_id, name, _ in project.assignments(store) if name == reviewer}
    return hers & set(shown)


def _fill(small: Store, store: Store, reviewer: str, wanted: set[str]) -> Bundle:
    own = aliases.own_names(store.connection, reviewer)
    practice = {id_ for id_, kind in project.exercises(store).items() if kind is Exercise.PRACTICE} & wanted
    taken: set[str | None] = {None}

    def belongs(entry: Entry) -> bool:
        if entry.article_id is not None and entry.article_id not in wanted:
            return False
        if entry.kind == "shared":
            return not _tells_of_others(entry, own, practice)
        is_key = entry.reviewer == ADJUDICATED and entry.article_id in practice
        of_all = entry.article_id is None and (entry.undoes is not None or _is_about_sources(entry))
        if not (is_key or of_all or entry.reviewer in own) or entry.undoes not in taken:
            return False
        taken.add(entry.id)
        return True

    with small.transaction():
        texts = uniting.take_texts(small, store, wanted)
        count = uniting.take_entries(small, store, belongs)
        _name_sources(small, store, wanted)
        uniting.record_heads(small, store)
        refold(small)
    return Bundle(texts, count)


def _is_about_sources(entry: Entry) -> bool:
    """Whether a decision is about the project's sources alone, as one that renames one or joins some."""
    return bool(entry.changes) and all(change.table == "source" for change in entry.changes)


def _tells_of_others(entry: Entry, own: Collection[str | None], practice: Collection[str]) -> bool:
    """Whether a shared entry says what another reviewer decided or asked, or which articles are checks.

    That articles are `practice` is no secret.
    """
    if entry.action == sources.KEPT:
        return True
    for change in entry.changes:
        if change.table == "question" and entry.reviewer not in own:
            return True
        name = change.key[0]
        if change.table == "setting" and name.startswith(SETTING) and name.removeprefix(SETTING) not in practice:
            return True
    return False


def _name_sources(small: Store, store: Store, wanted: Collection[str]) -> None:
    """Give the bundle the project's sources, in an entry before all others: what was decided of them comes later.

    It is for those that came with others' decisions on articles.

    One that is known from an article ("the board") stays that article's, where the bundle has it.
    """
    entities = sources.registry(store).entities.values()
    known_from = {entity.id: entity.article_id if entity.article_id in wanted else None for entity in entities}
    changes = [
        Change("source", (entity.id,), {**entity.as_payload(), "article_id": known_from[entity.id]})
        for entity in entities
    ]
    if changes:
        entry = Entry(
            id=uuid7(),
            database_id=small.database_id,
            lamport=1,
            kind="shared",
            action=sources.KEPT,
            at=utc_now(),
            payload=changes_payload(changes),
            scheme_version=small.scheme.label,
        )
        ledger.write(small, entry)
