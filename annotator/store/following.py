"""The ledger followed article by article, each entry read once: whether it is as it was written, and what it makes.

What each reviewer's entries on an article make is compared with what is stored of it at once; what is everybody's is
folded into a copy of its own, and compared when all was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from annotator.errors import DomainError, RowDamagedError
from annotator.model.article import BlockKind, check_spans
from annotator.model.attribution import check_nesting
from annotator.model.late import dataclass
from annotator.model.ledger import Entry
from annotator.model.renaming import own_entries
from annotator.model.review import ArticleReview
from annotator.model.stored_article import StoredArticle
from annotator.model.text import article_id as id_of_text
from annotator.store import aliases, articles, digests, ledger_check, project, sources
from annotator.store.article_rows import beginning_of
from annotator.store.connection import Store, stored_scheme
from annotator.store.damage import UNREADABLE
from annotator.store.ledger_check import Line
from annotator.store.names import known_key
from annotator.store.parts import segmentation_of
from annotator.store.problem import Problem
from annotator.store.projection import PROGRESS, progress_row
from annotator.store.rebuilding import differences
from annotator.store.suggestions import present_worth
from annotator.store.united_work import folded
from annotator.store.work_rows import TABLES, Row, Work, stored_rows, work_of

_OWN = (*TABLES, "progress")


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry that could be read, with its number and its reviewer's; of one that was `erased` nothing is known."""

    entry: Entry
    key: int
    reviewer: int | None
    erased: bool


class Following:
    """Follows the ledger of a store; `copy` is what `rebuilding.shared_copy` made of it."""

    def __init__(self, store: Store, copy: Store) -> None:
        self._store, self._copy = store, copy
        self._sources = sources.Rebuilding(copy)
        self._connected: frozenset[str] = frozenset()
        self._names: dict[str, str] = {}
        self._worked: set[Work] = set()

    def entries_of_no_article(self) -> Iterator[Problem]:
        """The entries that are about the whole project; to be examined first."""
        try:
            # All else is read in these terms.
            project.name_reviewers(self._copy)
            self._connected = aliases.all_connected(self._store.connection)
            self._names = aliases.now_called(self._copy.connection)
        except UNREADABLE as error:
            yield Problem("projection", f"the reviewers' names cannot be rebuilt from the ledger: {_why(error)}")
        for line in ledger_check.lines_of_no_article(self._store):
            read: list[_Read] = []
            yield from self._examined([line], read)
            yield from self._fold_shared("the project", read)
        try:
            project.unite_assignments(self._copy)
            self._copy = replace(self._copy, scheme=stored_scheme(self._copy.connection, self._copy.path))
        except UNREADABLE as error:
            yield Problem("projection", f"the project cannot be rebuilt from the ledger: {_why(error)}")

    def article(self, ordinal: int) -> Iterator[Problem]:
        """An article with its entries, and everybody's work on it."""
        columns = "id, length, sentences, beginning, worth, language, origin, purged_at"
        id_, *facts, worth, language, origin, purged_at = self._store.connection.execute(
            f"select {columns} from article where ordinal = ?", (ordinal,)
        ).fetchone()
        name = f"article {id_[:12]}"
        read: list[_Read] = []
        self._sources.forget_entries()
        yield from self._examined(ledger_check.lines_of_article(self._store, ordinal), read)
        yield from self._fold_shared(name, read)
        if purged_at is not None:
            return
        article = StoredArticle(id_, "", (), language, origin, (), ())
        decisions = {each.entry.id for each in read if each.entry.kind == "decision" and not each.erased}
        workers = {
            reviewer: found
            for reviewer, found in self._by_reviewer([each.entry for each in read]).items()
            if any(entry.id in decisions for entry in found)
        }
        payload = _first_import(read)
        try:
            text = self._text(ordinal)
            if text is not None and payload is not None:
                yield from _text_problems(id_, text, payload, *facts)
                if workers:
                    article = _with_parts(article, text, payload)
        except UNREADABLE as error:
            yield Problem("article", f"{id_[:12]}: cannot be read: {_why(error)}")
        yield from self._worth(id_, worth, payload)
        for reviewer, found in workers.items():
            key = known_key(self._store.connection, "reviewer", reviewer)
            yield from self._work(article, reviewer, (ordinal, key), found)

    def rest(self) -> Iterator[Problem]:
        """What is everybody's, and what is stored that no entry speaks of; when all articles were examined."""
        try:
            self._sources.settle()
        except UNREADABLE as error:
            yield Problem("projection", f"the sources cannot be rebuilt from the ledger: {_why(error)}")
        for table, is_stored, row in differences(self._copy):
            yield _differing(table, row, is_stored=is_stored)
        for table in _OWN:
            works = self._store.connection.execute(f"select distinct article, reviewer from {table}").fetchall()
            for work in works:
                if work not in self._worked:
                    rows = f"select * from {table} where article = ? and reviewer = ?"
                    for row in self._store.connection.execute(rows, work):
                        yield _differing(table, repr(row), is_stored=True)

    def _examined(self, lines: Iterable[Line], read: list[_Read]) -> Iterator[Problem]:
        """What is wrong with entries themselves; those that can be read are put into the list."""
        for line in lines:
            try:
                entry, salt, digest, seal = line.sealed(self._store)
                if salt is not None and digests.payload_digest(entry.payload, salt) != digest:
                    yield Problem("ledger", f"entry {entry.id}: its payload is not the one that was written")
                if digests.seal(entry, digest) != seal:
                    yield Problem("ledger", f"entry {entry.id}: it is not the one that was written")
            except UNREADABLE as error:
                yield Problem("ledger", f"an entry cannot be read: {error}")
                continue
            if entry.reviewer is not None and entry.reviewer != entry.reviewer.lower():
                yield Problem("ledger", f"entry {entry.id}: reviewer {entry.reviewer!r} is not in lower case")
            read.append(_Read(entry, line.key, line.reviewer, salt is None))

    def _fold_shared(self, name: str, read: Iterable[_Read]) -> Iterator[Problem]:
        try:
            for each in read:
                self._sources.note(each.entry, each.key)
                if each.entry.kind == "shared":
                    articles.project_shared(self._copy, each.entry)
        except UNREADABLE as error:
            yield Problem("projection", f"{name}: it cannot be rebuilt from the ledger: {_why(error)}")

    def _worth(self, article_id: str, stored: float | None, payload: Mapping[str, Any] | None) -> Iterator[Problem]:
        # Where the suggestions cannot be read, their digests say so, and where the sentences are gone, that was said.
        with suppress(*UNREADABLE):
            starts = None if payload is None else [start for start, _ in payload["sentences"]]
            if stored != present_worth(self._store, article_id, starts):
                said = f"{article_id[:12]}: how far it is worth checking does not follow from what is suggested"
                yield Problem("worth", f"{said}; `annotator suggest` writes it anew")

    def _text(self, ordinal: int) -> str | None:
        """The text of an article; None where it is not here, which is a loose end."""
        row = self._store.connection.execute("select text from article_text where article = ?", (ordinal,)).fetchone()
        return row[0] if row else None

    def _by_reviewer(self, read: Sequence[Entry]) -> dict[str, list[Entry]]:
        """Each reviewer's entries on an article in present terms, by what she is called at present."""
        own: dict[str, list[Entry]] = {}
        connected = [entry for entry in read if entry.reviewer in self._connected]
        for entry in read:
            if entry.reviewer is not None and entry.reviewer not in self._connected:
                own.setdefault(entry.reviewer, []).append(entry)
        for name in {self._names.get(entry.reviewer or "", entry.reviewer or "") for entry in connected}:
            own[name] = list(own_entries(connected, name, self._names))
        return own

    def _work(self, article: StoredArticle, reviewer: str, work: Work, found: list[Entry]) -> Iterator[Problem]:
        """One reviewer's work on an article: what is stored of it, and what her entries make."""
        self._worked.add(work)
        name = f"{reviewer}, article {article.id[:12]}"
        try:
            stored = {table: stored_rows(self._store, work, table) for table in TABLES}
        except UNREADABLE as error:
            yield Problem("projection", f"{name}: what is stored cannot be read: {_why(error)}")
            return
        held: dict[str, Any] | None = None
        try:
            held = work_of(stored.__getitem__)
            check_nesting(held["attributions"])
        except UNREADABLE as error:
            yield Problem("nesting", f"{name}: {_why(error)}")
        try:
            made = folded(found)
            yield from _compared(work, made, stored)
            if held is None or any(made[table] != set(stored[table]) for table in TABLES):
                held = work_of(made.__getitem__)
            if article.sentences:
                yield from self._progress(article, reviewer, work, held)
        except UNREADABLE as error:
            yield Problem("projection", f"{name}: it cannot be rebuilt from the ledger: {_why(error)}")

    def _progress(self, article: StoredArticle, reviewer: str, work: Work, held: dict[str, Any]) -> Iterator[Problem]:
        """The counts that are stored of a reviewer's work, where they are not those that follow from it."""
        assigned = project.assigned_claims(self._copy, reviewer, article.id)
        row = progress_row(ArticleReview(article, reviewer, self._copy.scheme, assigned=assigned, **held))
        stored = self._store.connection.execute(
            f"select {PROGRESS} from progress where article = ? and reviewer = ?", work
        ).fetchall()
        yield from _compared(work, {"progress": set() if row is None else {row}}, {"progress": stored})


def _compared(work: Work, made: Mapping[str, set[Row]], stored: Mapping[str, Iterable[Row]]) -> Iterator[Problem]:
    for table, rows in made.items():
        there = set(stored[table])
        for is_stored, unknown in ((True, there - rows), (False, rows - there)):
            for row in sorted(unknown, key=repr):
                yield _differing(table, repr((*work, *row)), is_stored=is_stored)


def _differing(table: str, row: str, *, is_stored: bool) -> Problem:
    said = "stored, but the ledger does not say so" if is_stored else "the ledger says so, but it is not stored"
    return Problem("projection", f"{table}: {said}: {row}")


def _first_import(read: Iterable[_Read]) -> Mapping[str, Any] | None:
    """The payload that has an article's sentences; None where it is not here, which is a loose end."""
    return next((each.entry.payload for each in read if each.entry.action == "import" and not each.erased), None)


def _with_parts(article: StoredArticle, text: str, payload: Mapping[str, Any]) -> StoredArticle:
    parts = segmentation_of(payload)
    return replace(article, text=text, blocks=parts.blocks, sentences=parts.sentences)


def _text_problems(
    id_: str, text: str, payload: Mapping[str, Any], length: int, sentences: int, beginning: str
) -> Iterator[Problem]:
    """What is wrong with a text and its parts; raises what is UNREADABLE."""
    name, parts = id_[:12], payload["sentences"]
    if id_of_text(text) != id_:
        yield Problem("article", f"{name}: the text's SHA-256 is another: it was changed outside annotator")
        return
    if len(text) != length:
        yield Problem("article", f"{name}: length {length} is stored, the text has {len(text)} code points")
    if beginning_of(text) != beginning:
        yield Problem("article", f"{name}: {beginning!r} is stored as its beginning, the text begins otherwise")
    if len(parts) != sentences:
        yield Problem("article", f"{name}: {sentences} sentences counted, {len(parts)} stored")
    try:
        check_spans(text, [(start, end) for start, end, kind in payload["blocks"] if BlockKind(kind)], parts)
    except DomainError as error:
        yield Problem("sentences", f"{name}: {error}")


def _why(error: Exception) -> object:
    """What is wrong with the row itself."""
    return error.__cause__ if isinstance(error, RowDamagedError) and error.__cause__ is not None else error
