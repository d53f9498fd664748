"""Source entities: who or what is cited, the same for all reviewers of a project, and the registry that finds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import Any

from annotator.errors import DomainError
from annotator.model.late import dataclass
from annotator.model.text import neutral_line

LONGEST_SOURCE_NAME = 200
"""Code points of a source's name or alias."""


class SourceKind(StrEnum):
    """What a source is; `unnamed` stands for how somebody is called, not for who it is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    DOCUMENT = "document"
    PUBLISHER = "publisher"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class SourceEntity:
    """One source of the project; `id` is a UUIDv7, and empty while the source is only proposed.

    `merged_into` is the id of the source that stands for this one. `article_id` is the article that it is known from
    where its name says nothing outside it ("the board"): other articles' boards are others.

    Raises DomainError for a name or alias that is empty, longer than 200 code points or not one line, for an alias
    given twice, and for a source merged into itself.
    """

    id: str
    name: str
    kind: SourceKind
    aliases: tuple[str, ...] = ()
    merged_into: str | None = None
    article_id: str | None = None

    def __post_init__(self) -> None:
        for name in (self.name, *self.aliases):
            if not name.strip() or len(name) > LONGEST_SOURCE_NAME or neutral_line(name) != name:
                raise DomainError(f"a source's name is one line of 1 to {LONGEST_SOURCE_NAME} characters")
        if len(set(self.aliases)) < len(self.aliases):
            raise DomainError("a source has each alias once")
        if self.merged_into is not None and self.merged_into == self.id:
            raise DomainError("a source cannot be merged into itself")

    def renamed(self, name: str) -> SourceEntity:
        """The source under another name, with the name it had as an alias."""
        kept = tuple(alias for alias in (*self.aliases, self.name) if alias != name)
        return replace(self, name=name, aliases=tuple(dict.fromkeys(kept)))

    def as_payload(self) -> dict[str, Any]:
        """The source as JSON values, without its id."""
        return {
            "name": self.name,
            "kind": self.kind.value,
            "aliases": list(self.aliases),
            "merged_into": self.merged_into,
            "article_id": self.article_id,
        }

    @classmethod
    def from_payload(cls, id: str, payload: Mapping[str, Any]) -> SourceEntity:  # noqa: A002 - the field's name
        """The source from `as_payload`; raises DomainError for what is not one."""
        try:
            return cls(
                id=id,
                name=payload["name"],
                kind=SourceKind(payload["kind"]),
                aliases=tuple(payload["aliases"]),
                merged_into=payload["merged_into"],
                article_id=payload["article_id"],
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise DomainError(f"not a source: {error}") from error


@dataclass(frozen=True, slots=True)
class Citation:
    """One claim that one attribution of one reviewer covers: what sources are counted from.

    `source_id` is the source that stands for the assigned one, None where none is assigned; `sourceless` where the
    attribution marks no source at all. `start` is the claim's offset in code points, `number` its place among
    the reviewer's claims of the article from 1, `words` how it begins on one line, `verdict` the reviewer's on the
    claim's content, None where she has given none. An attribution that covers no claim has an empty `claim_id`.
    """

    source_id: str | None
    sourceless: bool
    reviewer: str
    article_id: str
    title: str
    attribution_id: str
    claim_id: str
    start: int
    form: str
    anonymity: str
    verdict: str | None
    number: int = 0
    words: str = ""


_Index = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Registry:
    """The sources of a project at one moment, and the ways to find them; never changed, so any thread may read it.

    `revision` is the number that the database gave the last ledger entry that named a source.
    """

    entities: Mapping[str, SourceEntity] = field(default_factory=dict)
    revision: int = 0
    _names: _Index = field(default_factory=dict, repr=False, compare=False)
    _surnames: _Index = field(default_factory=dict, repr=False, compare=False)

    def resolve(self, source_id: str | None) -> SourceEntity | None:
        """The source that stands for this one after all merging; None for one that is not there.

        Where merged databases bring a circle, it is the one with the lowest id, so that all of them agree.
        """
        entity = self.entities.get(source_id or "")
        seen: list[SourceEntity] = []
        while entity is not None and entity.merged_into is not None:
            if entity in seen:
                return min(seen[seen.index(entity) :], key=lambda known: known.id)
            seen.append(entity)
            entity = self.entities.get(entity.merged_into)
        return entity

    def named(self, words: str) -> list[SourceEntity]:
        """The sources with this name or alias; case, titles, quotation marks and appositions do not matter."""
        # Deferred, here and below: a project without sources does not need it.
        from annotator.model.language.mention import name_key

        return self._survivors(self._names.get(name_key(words), ()))

    def with_surname(self, surname: str) -> list[SourceEntity]:
        """The persons whose name or alias ends in this word."""
        from annotator.model.language.mention import surname_key

        return self._survivors(self._surnames.get(surname_key(surname), ()))

    def _survivors(self, ids: Iterable[str]) -> list[SourceEntity]:
        found = (self.resolve(id_) for id_ in ids)
        return list(dict.fromkeys(entity for entity in found if entity is not None))

    def unmerged(self) -> list[SourceEntity]:
        """The sources that are merged into no other, by name."""
        alone = (entity for entity in self.entities.values() if self.resolve(entity.id) is entity)
        return sorted(alone, key=lambda entity: (entity.name.casefold(), entity.id))

    def merged_with(self, source_id: str) -> list[SourceEntity]:
        """The other sources that this one stands for."""
        canonical = self.resolve(source_id)
        if canonical is None:
            return []
        return [e for e in self.entities.values() if e is not canonical and self.resolve(e.id) is canonical]

    def search(self, typed: str, limit: int = 20) -> list[SourceEntity]:
        """For autocompletion: the sources with a name or alias that has every typed word in it, best first.

        What begins with the typed text comes before what has a word that does, then by length.
        """
        words = typed.casefold().split()
        whole = " ".join(words)
        ranked: dict[str, tuple[int, int, str]] = {}
        for entity in self.entities.values():
            for name in (entity.name, *entity.aliases):
                folded = name.casefold()
                if not all(word in folded for word in words):
                    continue
                canonical = self.resolve(entity.id)
                if canonical is not None:
                    begins = any(part.startswith(words[0]) for part in folded.split()) if words else True
                    rank = 0 if folded.startswith(whole) else 1 if begins else 2
                    found = (rank, len(name), canonical.name.casefold())
                    ranked[canonical.id] = min(found, ranked.get(canonical.id, found))
        return [self.entities[id_] for id_ in sorted(ranked, key=lambda id_: (*ranked[id_], id_))[:limit]]

    def changed(self, entities: Iterable[SourceEntity], gone: Iterable[str] = (), revision: int = 0) -> Registry:
        """The registry with some sources new or changed, and some gone; its `revision` is never lower than before."""
        known = dict(self.entities)
        names, surnames = dict(self._names), dict(self._surnames)
        for id_ in gone:
            before = known.pop(id_, None)
            if before is not None:
                _unindex(before, names, surnames)
        for entity in entities:
            before = known.get(entity.id)
            if before is not None:
                _unindex(before, names, surnames)
            known[entity.id] = entity
            for key in _keys(entity):
                names[key] = (*names.get(key, ()), entity.id)
            for key in _surname_keys(entity):
                surnames[key] = (*surnames.get(key, ()), entity.id)
        return Registry(known, max(self.revision, revision), names, surnames)


def _keys(entity: SourceEntity) -> set[str]:
    from annotator.model.language.mention import name_key

    return {name_key(name) for name in (entity.name, *entity.aliases)}


def _surname_keys(entity: SourceEntity) -> set[str]:
    if entity.kind is not SourceKind.PERSON:
        return set()
    from annotator.model.language.mention import surname_key

    return {surname_key(name) for name in (entity.name, *entity.aliases)}


def _unindex(entity: SourceEntity, names: _Index, surnames: _Index) -> None:
    for index, keys in ((names, _keys(entity)), (surnames, _surname_keys(entity))):
        for key in keys:
            left = tuple(id_ for id_ in index.get(key, ()) if id_ != entity.id)
            if left:
                index[key] = left
            else:
                index.pop(key, None)
