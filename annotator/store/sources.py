"""Sources in the store: one register each, folded over what all reviewers decided, and what depends on it.

The value of a source is what the last effective decision or shared entry of anybody assigns to it. Where no decision
on it holds any more but one that uses it does, it is what the decision that made it says: whoever takes back the
making of a source takes it from nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from annotator.errors import DecisionRefused
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import Change, Entry, changes_payload, names_sources, source_uses
from annotator.model.source import Registry, SourceEntity, SourceKind
from annotator.model.uniting import circles
from annotator.store import aliases, ledger, undoing
from annotator.store.connection import Store, translated
from annotator.store.drafts import forget_draft
from annotator.store.names import article_key, forget
from annotator.store.packing import packed_id, unpacked_id
from annotator.store.soundness.damage import readable

KEPT = "sources"
"""The shared entry with the sources that a purged article had made or changed."""

USES = ("changed", "joined", "assigned")
"""How an entry uses a source; the table has their places in this tuple."""
_CHANGED = 0

_HELD = f"(ledger.kind = {ledger.SHARED} or (ledger.kind = {ledger.DECISION} and {ledger.HOLDS}))"


def write_source(store: Store, source_id: str, value: Mapping[str, Any] | None) -> None:
    """Write a source's value; None removes it. An article that is not here, as in a bundle, is left out."""
    execute = store.connection.execute
    id_ = packed_id(source_id)
    execute("delete from source_alias where source = ?", (id_,))
    if value is None:
        execute("delete from source_entity where id = ?", (id_,))
        return
    entity = SourceEntity.from_payload(source_id, value)
    execute(
        "insert into source_entity (id, name, kind, merged_into, article) values (?, ?, ?, ?, ?) on conflict (id) "
        "do update set name = excluded.name, kind = excluded.kind, merged_into = excluded.merged_into, "
        "article = excluded.article",
        (
            id_,
            entity.name,
            entity.kind,
            None if entity.merged_into is None else packed_id(entity.merged_into),
            None if entity.article_id is None else article_key(store.connection, entity.article_id) or None,
        ),
    )
    for position, alias in enumerate(entity.aliases):
        execute("insert into source_alias (source, position, alias) values (?, ?, ?)", (id_, position, alias))


def write_assignment(store: Store, work: tuple[int, int], attribution_id: str, value: str | None) -> None:
    """Write the source of one of a reviewer's attributions; None removes it.

    `work` are the numbers of the article and the reviewer.
    """
    id_ = packed_id(attribution_id)
    store.connection.execute(
        "delete from attribution_source where article = ? and reviewer = ? and attribution = ?", (*work, id_)
    )
    if value is not None:
        store.connection.execute(
            "insert into attribution_source (article, reviewer, attribution, source) values (?, ?, ?, ?)",
            (*work, id_, packed_id(value)),
        )


def note_uses(store: Store, entry: Entry, decision: Entry) -> list[str]:
    """Note which sources the entry names, those of its decision; their ids."""
    uses = source_uses(decision.changes)
    if uses:
        _write_uses(store, ledger.entry_key(store, entry.id), uses)
    return list(dict.fromkeys(source_id for source_id, _ in uses))


def _write_uses(store: Store, entry: int, uses: Iterable[tuple[str, str]]) -> None:
    store.connection.executemany(
        "insert into source_use (source, use, entry) values (?, ?, ?)",
        [(packed_id(source_id), USES.index(use), entry) for source_id, use in uses],
    )


def refresh(store: Store, source_ids: Iterable[str]) -> None:
    """Write the sources anew from everything that holds: after an undo, a redo or a purge."""
    for source_id in source_ids:
        write_source(store, source_id, _value(store, source_id))


_OF_SOURCE = f"ledger.key in (select entry from source_use where source = ? and use = {_CHANGED})"


def _value(store: Store, source_id: str) -> Mapping[str, Any] | None:
    named = [packed_id(source_id)]
    held = list(ledger.entries_where(store, f"{_OF_SOURCE} and {_HELD}", named))
    if held:
        return _assigned(held[-1], source_id)
    if not _used(store, source_id):
        return None
    made = next(ledger.entries_where(store, f"{_OF_SOURCE} and ledger.kind = {ledger.DECISION}", named), None)
    return _assigned(made, source_id) if made else None


def _assigned(entry: Entry, source_id: str) -> Mapping[str, Any] | None:
    values = [change.value for change in entry.changes if change.register == ("source", source_id)]
    return values[-1] if values else None


def _used(store: Store, source_id: str) -> bool:
    """Whether a decision that holds names the source."""
    return (
        store.connection.execute(
            "select 1 from source_use join ledger on ledger.key = source_use.entry "
            f"where source = ? and ledger.kind = {ledger.DECISION} and {ledger.HOLDS} limit 1",
            (packed_id(source_id),),
        ).fetchone()
        is not None
    )


def check_sound(store: Store, source_ids: Iterable[str]) -> None:
    """Raise DecisionRefused where a source is not there, or is merged into itself over others."""
    for source_id in source_ids:
        seen: list[object] = []
        at: object = packed_id(source_id)
        while at is not None:
            if at in seen:
                raise DecisionRefused("those sources would be merged into each other: another decision came between")
            seen.append(at)
            row = store.connection.execute("select merged_into from source_entity where id = ?", (at,)).fetchone()
            if row is None:
                raise DecisionRefused("that source is no longer there: it went with an article that was purged")
            at = row[0]


_CALLED = {
    "source-make": "making", "source-rename": "rename", "source-alias": "alias", "source-kind": "kind",
    "source-merge": "merge", "source-join": "joining",
}  # fmt: skip
_LONGEST_REFUSAL = 76
"""Code points that a terminal of 80 columns shows of a message."""


def check_free(store: Store, decision: Entry) -> None:
    """Raise DecisionRefused where an entry that holds and came after the decision names a source that it changed."""
    own = aliases.own_keys(store.connection, decision.reviewer)
    for source_id, value in {made.key[0]: made.value for made in decision.changes if made.table == "source"}.items():
        row = store.connection.execute(
            f"select ledger.kind, ledger.reviewer {aliases.one_of(own)} from source_use "
            "join ledger on ledger.key = source_use.entry "
            f"join name on name.key = ledger.database where source = ? and {_HELD} "
            "and (ledger.lamport, name.text, ledger.id) > (?, ?, ?) order by 2 limit 1",
            (
                *own,
                packed_id(source_id),
                decision.lamport,
                decision.database_id,
                packed_id(decision.id),
            ),
        ).fetchone()
        if row is not None:
            mine = "a later one needs it" if row[1] else "others use it"
            why = "its article is gone" if row[0] == ledger.SHARED else mine
            said = f"the {_CALLED.get(decision.action, 'source')} of “{{}}” stays: {why}; undo again goes past it"
            room = _LONGEST_REFUSAL - len(said) + 2
            name = value["name"] if value else "it"
            raise DecisionRefused(said.format(name if len(name) <= room else f"{name[: room - 1]}…"))


def stuck(store: Store, entry: Entry) -> bool:
    """Whether a decision cannot be undone now, or not redone where its undo is named, for the sake of the sources.

    What is stuck may be free again when somebody else has undone something.
    """
    undoing = entry.kind == "decision"
    if undoing and entry.article_id is not None:
        return False
    with translated(store.path):
        # Whether a redo is sound is only seen when it is done.
        store.connection.execute("savepoint trial")
        try:
            if undoing:
                check_free(store, entry)
            else:
                decision = ledger.entry_by_id(store, entry.undoes or "")
                made = ledger.append(store, "redo", "redo", {}, reviewer=entry.reviewer, undoes=entry.id)
                refresh_taken_back(store, made, decision)
        except DecisionRefused:
            return True
        finally:
            store.connection.execute("rollback to trial")
            store.connection.execute("release trial")
            forget(store.connection)
    return False


def decide(
    store: Store,
    reviewer: str,
    session: str,
    action: str,
    changes: Sequence[Change],
    revision: int | None = None,
    draft: DraftKey | None = None,
) -> Entry:
    """Store a decision about sources and no article: one transaction with one ledger entry.

    `revision` is that of the registry it was planned on; refused where somebody has changed a source since.
    `draft` is what this was typed in: it is forgotten in the same transaction.
    """
    with store.transaction():
        check_revision(store, revision)
        payload = changes_payload(changes)
        entry = ledger.append(store, "decision", action, payload, reviewer=reviewer, session=session)
        named = note_uses(store, entry, entry)
        for change in changes:
            write_source(store, change.key[0], change.value)
        check_sound(store, named)
        forget_draft(store, reviewer, draft)
    return entry


def take_back(store: Store, reviewer: str, session: str, entry: Entry, trail: undoing.Trail | None = None) -> Entry:
    """Undo a decision about sources and no article, or redo it by naming its undo: one transaction, one more entry.

    An undo is refused, with the reason, once another entry depends on what the decision changed.
    """
    decision = entry if entry.kind == "decision" else ledger.entry_by_id(store, entry.undoes or "")
    kind: Literal["undo", "redo"] = "undo" if entry.kind == "decision" else "redo"
    with store.transaction():
        is_last = undoing.check_due(store, reviewer, entry, stuck, trail)
        if kind == "undo":
            check_free(store, decision)
        made = ledger.append(store, kind, kind, {}, reviewer=reviewer, session=session, undoes=entry.id)
        refresh_taken_back(store, made, decision)
        key = ledger.last_key(store)
    undoing.taken_back(trail, entry, key, is_last=is_last)
    return made


def refresh_taken_back(store: Store, made: Entry, decision: Entry) -> None:
    """Settle what an undo or redo of a decision means for the sources, in the caller's transaction."""
    named = note_uses(store, made, decision)
    refresh(store, named)
    if made.kind == "redo":
        check_sound(store, named)


def before_purge(store: Store, article_id: str) -> dict[str, Mapping[str, Any] | None]:
    """The sources that entries of the article made or changed, as they are now; forgets what the article used."""
    article = article_key(store.connection, article_id)
    rows = store.connection.execute(
        "select distinct source from source_use join ledger on ledger.key = source_use.entry "
        f"where article = ? and use = {_CHANGED} and ledger.kind = {ledger.DECISION}",
        (article,),
    ).fetchall()
    values = {id_: _value(store, id_) for id_ in (unpacked_id(row[0]) for row in rows)}
    store.connection.execute(
        "delete from source_use where entry in (select key from ledger where article = ?)", (article,)
    )
    return values


def after_purge(store: Store, values: Mapping[str, Mapping[str, Any] | None], reviewer: str | None) -> None:
    """Keep the sources that something else still uses, and let the others go, in one shared entry."""
    if not values:
        return
    changes = [Change("source", (id_,), value if _used(store, id_) else None) for id_, value in values.items()]
    entry = ledger.append(store, "shared", KEPT, changes_payload(changes), reviewer=reviewer)
    refresh(store, note_uses(store, entry, entry))


class Rebuilding:
    """Fills the tables of sources from the ledger alone, as its entries come: each behind what it takes back."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._uses: dict[str, list[tuple[str, str]]] = {}
        self._named: set[str] = set()

    def note(self, entry: Entry, key: int | None = None) -> None:
        """Note which sources an entry names; an undo or redo names what its decision does.

        `key` is its number in the file where that is known. Raises DomainError, ValueError, LookupError, TypeError or
        AttributeError for a payload that no decision has.
        """
        uses = self._uses.get(entry.undoes or "")
        if uses is None and names_sources(entry):
            uses = source_uses(entry.changes)
        if uses:
            self._uses[entry.id] = uses
            self._named.update(source_id for source_id, _ in uses)
            _write_uses(self._store, ledger.entry_key(self._store, entry.id) if key is None else key, uses)

    def forget_entries(self) -> None:
        """Nothing that comes takes back what came."""
        self._uses.clear()

    def settle(self) -> None:
        """Write the sources, when every entry was noted."""
        refresh(self._store, self._named)
        _cut_circles(self._store)


def rebuild(store: Store) -> None:
    """Fill the tables of sources from the ledger alone."""
    made = Rebuilding(store)
    for entry in ledger.entries(store):
        made.note(entry)
    made.settle()


def _cut_circles(store: Store) -> None:
    """Two machines may have merged sources into each other: of a circle the one with the largest id stands alone."""
    rows = store.connection.execute("select id, merged_into from source_entity where merged_into is not null")
    merged = {unpacked_id(id_): unpacked_id(into) for id_, into in rows}
    for id_ in circles(merged):
        store.connection.execute("update source_entity set merged_into = null where id = ?", (packed_id(id_),))


# Reading

_AT_ONCE = 500


def revision(store: Store) -> int:
    """The number of the last entry that named a source; 0 where none did."""
    row = store.connection.execute("select coalesce(max(entry), 0) from source_use").fetchone()
    return int(row[0])


def check_revision(store: Store, expected: int | None) -> None:
    """Raise DecisionRefused where a source was named since that revision; None checks nothing."""
    if expected is not None and revision(store) != expected:
        raise DecisionRefused("the sources were changed meanwhile by somebody else: do it again")


def registry(store: Store, known: Registry | None = None) -> Registry:
    """All sources of the project; with a registry that is known already, only what has changed since is read."""
    with translated(store.path):
        now = revision(store)
        if known is None:
            return Registry().changed(_entities(store), revision=now)
        if now == known.revision:
            return known
        rows = store.connection.execute(
            "select distinct source from source_use indexed by source_use_by_entry where entry > ?", (known.revision,)
        )
        touched = [unpacked_id(row[0]) for row in rows.fetchall()]
        found = {entity.id: entity for entity in _entities(store, touched)}
        changed = [entity for entity in found.values() if known.entities.get(entity.id) != entity]
        return known.changed(changed, [id_ for id_ in touched if id_ not in found], now)


_ENTITIES = (
    "select source_entity.id, name, kind, merged_into, article.id from source_entity "
    "left join article on article.ordinal = source_entity.article"
)
_ALIASES = "select source, alias from source_alias"


def _entities(store: Store, source_ids: Sequence[str] | None = None) -> Iterator[SourceEntity]:
    aliases: dict[Any, list[str]] = {}
    for id_, alias in _rows(store, f"{_ALIASES} {{}} order by source, position", "source", source_ids):
        aliases.setdefault(id_, []).append(alias)
    found = _rows(store, f"{_ENTITIES} {{}} order by source_entity.id", "source_entity.id", source_ids)
    # All at once: where one is damaged, nothing is left open behind the others.
    for id_, name, kind, merged_into, article_id in list(found):
        source_id = unpacked_id(id_)
        merged = None if merged_into is None else unpacked_id(merged_into)
        with readable(store.path, f"the source {source_id}"):
            entity = SourceEntity(source_id, name, SourceKind(kind), tuple(aliases.get(id_, ())), merged, article_id)
        yield entity


def _rows(store: Store, query: str, column: str, source_ids: Sequence[str] | None) -> Iterator[tuple[Any, ...]]:
    if source_ids is None:
        yield from store.connection.execute(query.format(""))
    else:
        # Few at a time: SQLite limits how many parameters a statement has.
        for at in range(0, len(source_ids), _AT_ONCE):
            some = [packed_id(id_) for id_ in sorted(source_ids)[at : at + _AT_ONCE]]
            yield from store.connection.execute(query.format(f"where {column} in ({', '.join('?' * len(some))})"), some)


def history(store: Store, source_ids: Sequence[str]) -> list[Entry]:
    """Every entry that made, renamed or merged one of the sources, with what took it back, oldest first."""
    with translated(store.path):
        found: dict[str, Entry] = {}
        for source_id in source_ids:
            found |= {entry.id: entry for entry in ledger.entries_where(store, _OF_SOURCE, [packed_id(source_id)])}
        return sorted(found.values(), key=lambda entry: entry.order)
