"""Recovering databases of the first two schemas, whose ids stood in every row and whose entries had no digests.

What can be read of them and is what this program writes is taken; whether it is what was written nobody can tell.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from annotator.errors import DomainError
from annotator.model.article import Publication
from annotator.model.attribution import Attribution
from annotator.model.ledger import Entry
from annotator.model.source import SourceEntity
from annotator.store import digests
from annotator.store.article_rows import beginning_of
from annotator.store.migration.to_0003_rows import ENTRY, SUGGESTION, entry_of, proposal_of
from annotator.store.packing import packed_hash, packed_time
from annotator.store.proposal_rows import Proposal, packed_proposals
from annotator.store.recovery.recovered_rows import (
    ArticleRow,
    DigestOf,
    Recovered,
    Sealed,
    Suggested,
    publications_of,
    read_by_key,
    read_rows,
    why,
)
from annotator.store.soundness.damage import UNREADABLE
from annotator.store.suggestions import suggestion_digest
from annotator.store.united_work import folded

_ARTICLE = "id, length, sentences, text, language, rights, origin, splitter, added_at, hidden, purged_at"


def is_early(source: sqlite3.Connection) -> bool:
    """Whether the ledger of a file is that of these schemas; raises sqlite3.DatabaseError."""
    return any(name == "database_id" for _, name, *_ in source.execute("pragma table_info (ledger)"))


class EarlyReader:
    """Reads a damaged file of these schemas."""

    def __init__(self, source: sqlite3.Connection, found: Recovered) -> None:
        self._source, self._found = source, found
        self._texts: list[str] = []
        self._articles: list[ArticleRow] = []
        for _, row in read_rows(source, found, "article", _ARTICLE):
            id_, length, sentences, text, *more, added_at, hidden, purged_at = row
            if text is not None:
                self._texts.append(text)
            gone = None if purged_at is None else packed_time(purged_at)
            beginning = "" if text is None else beginning_of(text)
            self._articles.append((id_, length, sentences, beginning, *more, packed_time(added_at), hidden, gone))

    def articles(self) -> Iterator[ArticleRow]:
        """The rows of articles, with the columns that they have in the present schema."""
        yield from self._articles

    def texts(self) -> Iterator[str]:
        """The texts of articles."""
        yield from self._texts

    def publications(self) -> Iterator[tuple[str, Publication]]:
        """Where articles stood, by their ids, as far as SQLite gets there."""
        return publications_of(self._source, "article_id", str)

    def entries(self) -> Iterator[Sealed]:
        """The entries that can be read, in their order, with the digests that they have from now on."""
        made: list[Sealed] = []
        for number, (*values, erased) in read_rows(self._source, self._found, "ledger", ENTRY):
            try:
                entry = entry_of(values)
                _check(entry)
            except UNREADABLE as error:
                self._found.lost.append(f"ledger entry {number}: {why(error)}")
                continue
            salt = None if erased else digests.new_salt()
            digest = digests.UNKNOWN if salt is None else digests.payload_digest(entry.payload, salt)
            made.append((entry, salt, digest, digests.seal(entry, digest)))
        yield from sorted(made, key=lambda each: each[0].order)

    def owned(self, table: str, columns: Sequence[str], _made: DigestOf) -> Iterator[tuple[Any, ...]]:
        """Rows of the table place or draft, with what they have in the present schema."""
        key = ("reviewer", "article_id") if table == "place" else ("reviewer", "article_id", "kind", "subject")
        asked = ["claim_id" if name == "claim" else name for name in columns]
        for *row, at in read_by_key(self._source, self._found, table, ("reviewer", "article_id", *asked), key):
            if table == "place" and row[2] is not None:
                row[2] = packed_hash(row[2])
            yield (*row, packed_time(at), None)

    def rows(self, table: str, columns: str, _expected: Collection[int] = ()) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """The rows of a table with their numbers."""
        return read_rows(self._source, self._found, table, columns)

    def odd_rows(self, _table: str, _columns: str) -> Iterator[Iterator[tuple[int, tuple[Any, ...]]]]:
        """Nothing: no digest could say which of them were there."""
        return iter(())

    def suggested(self) -> Iterator[tuple[str, Suggested]]:
        """What was proposed for articles."""
        for article_id, *_ in self._articles:
            try:
                rows = self._source.execute(
                    f"select {SUGGESTION} from suggestion where article_id = ? order by ordinal", (article_id,)
                ).fetchall()
                proposals = [proposal_of(row) for row in rows]
            except UNREADABLE:
                self._found.lose_suggestions(article_id)
                continue
            for suggester in dict.fromkeys(proposal.suggester for proposal in proposals):
                yield article_id, _packed(article_id, suggester, proposals)


def _packed(article_id: str, suggester: str, proposals: list[Proposal]) -> Suggested:
    """What one of the suggesters proposed."""
    own = [proposal for proposal in proposals if proposal.suggester == suggester]
    current = packed_proposals(article_id, [proposal for proposal in own if proposal.current])
    superseded = packed_proposals(article_id, [proposal for proposal in own if not proposal.current])
    return suggester, current, superseded, suggestion_digest(article_id, suggester, current, superseded)


def _check(entry: Entry) -> None:
    """Raise what is UNREADABLE for an entry that keeps the present state from being made."""
    if entry.kind != "decision":
        if not isinstance(entry.payload, dict):
            raise DomainError("its payload is no object")
        return
    folded([entry])
    for change in entry.changes:
        if change.table == "attribution" and change.value is not None:
            Attribution.from_payload(change.key[0], change.value)
        elif change.table == "source" and change.value is not None:
            SourceEntity.from_payload(change.key[0], change.value)
