"""An article with its entries, each read once: whether they are as they were written, and make what is stored of it."""

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
from annotator.store import digests, project
from annotator.store.article_rows import beginning_of
from annotator.store.connection import Store
from annotator.store.names import known_key
from annotator.store.parts import segmentation_of
from annotator.store.projection import PROGRESS, progress_row
from annotator.store.soundness import ledger_check
from annotator.store.soundness.damage import UNREADABLE
from annotator.store.soundness.ledger_check import Line
from annotator.store.soundness.problem import Problem
from annotator.store.suggestions import present_worth
from annotator.store.united_work import folded
from annotator.store.work_rows import TABLES, Row, Work, stored_rows, work_of

# To call an enumeration takes several times as long.
_KINDS = tuple(kind.value for kind in BlockKind)


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry that could be read, with its number and its reviewer's; of one that was `erased` nothing is known."""

    entry: Entry
    key: int
    reviewer: int | None
    erased: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """In which terms articles are read: what the entries say that are about the whole project.

    `copy` has been folded from them. `connected` are the names that were ever connected with another, `names` lead from
    each that leads to another to the present one.
    """

    store: Store
    copy: Store
    connected: frozenset[str]
    names: Mapping[str, str]


class ArticleCheck:
    """One article, by its ordinal: first its entries are examined, then what is stored of it.

    `read` are the entries that could be read, `worked` the reviewers' works that were compared, `name` says which
    article it is.
    """

    def __init__(self, terms: Terms, ordinal: int) -> None:
        self._terms, self._store, self._ordinal = terms, terms.store, ordinal
        self.read: list[ReadEntry] = []
        self.worked: set[Work] = set()
        columns = "id, length, sentences, beginning, worth, language, origin, purged_at"
        self._id, *self._facts = self._store.connection.execute(
            f"select {columns} from article where ordinal = ?", (ordinal,)
        ).fetchone()
        self.name = f"article {self._id[:12]}"

    def entries(self) -> Iterator[Problem]:
        """What is wrong with its entries themselves."""
        yield from examined(self._store, ledger_check.lines_of_article(self._store, self._ordinal), self.read)

    def work(self) -> Iterator[Problem]:
        """What is wrong with its text and parts, its worth, and everybody's work on it; nothing of a purged one."""
        id_, read = self._id, self.read
        *facts, worth, language, origin, purged_at = self._facts
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
            text = self._text()
            if text is not None and payload is not None:
                yield from _text_problems(id_, text, payload, *facts)
                if workers:
                    article = _with_parts(article, text, payload)
        except UNREADABLE as error:
            yield Problem("article", f"{id_[:12]}: cannot be read: {why(error)}")
        yield from self._worth(id_, worth, payload)
        for reviewer, found in workers.items():
            key = known_key(self._store.connection, "reviewer", reviewer)
            yield from self._work(article, reviewer, (self._ordinal, key), found)

    def _worth(self, article_id: str, stored: float | None, payload: Mapping[str, Any] | None) -> Iterator[Problem]:
        # Where the suggestions cannot be read, their digests say so, and where the sentences are gone, that was said.
        with suppress(*UNREADABLE):
            starts = None if payload is None else [start for start, _ in payload["sentences"]]
            if stored != present_worth(self._store, article_id, starts):
                said = f"{article_id[:12]}: how far it is worth checking does not follow from what is suggested"
                yield Problem("worth", f"{said}; `annotator suggest` writes it anew")

    def _text(self) -> str | None:
        """The text of an article; None where it is not here, which is a loose end."""
        rows = self._store.connection.execute("select text from article_text where article = ?", (self._ordinal,))
        row = rows.fetchone()
        return row[0] if row else None

    def _by_reviewer(self, read: Sequence[Entry]) -> dict[str, list[Entry]]:
        """Each reviewer's entries on an article in present terms, by what she is called at present."""
        own: dict[str, list[Entry]] = {}
        ever, names = self._terms.connected, self._terms.names
        connected = [entry for entry in read if entry.reviewer in ever]
        for entry in read:
            if entry.reviewer is not None and entry.reviewer not in ever:
                own.setdefault(entry.reviewer, []).append(entry)
        for name in sorted({names.get(entry.reviewer or "", entry.reviewer or "") for entry in connected}):
            own[name] = list(own_entries(connected, name, names))
        return own

    def _work(self, article: StoredArticle, reviewer: str, work: Work, found: list[Entry]) -> Iterator[Problem]:
        """One reviewer's work on an article: what is stored of it, and what her entries make."""
        self.worked.add(work)
        name = f"{reviewer}, article {article.id[:12]}"
        try:
            stored = {table: stored_rows(self._store, work, table) for table in TABLES}
        except UNREADABLE as error:
            yield Problem("projection", f"{name}: what is stored cannot be read: {why(error)}")
            return
        held: dict[str, Any] | None = None
        try:
            held = work_of(stored.__getitem__)
            check_nesting(held["attributions"])
        except UNREADABLE as error:
            yield Problem("nesting", f"{name}: {why(error)}")
        try:
            made = folded(found)
            yield from _compared(work, made, stored)
            if held is None or any(made[table] != set(stored[table]) for table in TABLES):
                held = work_of(made.__getitem__)
            if article.sentences:
                yield from self._progress(article, reviewer, work, held)
        except UNREADABLE as error:
            yield Problem("projection", f"{name}: it cannot be rebuilt from the ledger: {why(error)}")

    def _progress(self, article: StoredArticle, reviewer: str, work: Work, held: dict[str, Any]) -> Iterator[Problem]:
        """The counts that are stored of a reviewer's work, where they are not those that follow from it."""
        assigned = project.assigned_claims(self._terms.copy, reviewer, article.id)
        row = progress_row(ArticleReview(article, reviewer, self._terms.copy.scheme, assigned=assigned, **held))
        stored = self._store.connection.execute(
            f"select {PROGRESS} from progress where article = ? and reviewer = ?", work
        ).fetchall()
        yield from _compared(work, {"progress": set() if row is None else {row}}, {"progress": stored})


def examined(store: Store, lines: Iterable[Line], read: list[ReadEntry]) -> Iterator[Problem]:
    """What is wrong with entries themselves; those that can be read are put into the list."""
    for line in lines:
        try:
            entry, salt, digest, seal = line.sealed(store)
            if salt is not None and digests.payload_digest(entry.payload, salt) != digest:
                yield Problem("ledger", f"entry {entry.id}: its payload is not the one that was written")
            if digests.seal(entry, digest) != seal:
                yield Problem("ledger", f"entry {entry.id}: it is not the one that was written")
        except UNREADABLE as error:
            yield Problem("ledger", f"an entry cannot be read: {error}")
            continue
        if entry.reviewer is not None and entry.reviewer != entry.reviewer.lower():
            yield Problem("ledger", f"entry {entry.id}: reviewer {entry.reviewer!r} is not in lower case")
        read.append(ReadEntry(entry, line.key, line.reviewer, salt is None))


def _compared(work: Work, made: Mapping[str, set[Row]], stored: Mapping[str, Iterable[Row]]) -> Iterator[Problem]:
    for table, rows in made.items():
        there = set(stored[table])
        for is_stored, unknown in ((True, there - rows), (False, rows - there)):
            for row in sorted(unknown, key=repr):
                yield differing(table, repr((*work, *row)), is_stored=is_stored)


def differing(table: str, row: str, *, is_stored: bool) -> Problem:
    """A row that `is_stored` and follows from no entry, or the other way round."""
    said = "stored, but the ledger does not say so" if is_stored else "the ledger says so, but it is not stored"
    return Problem("projection", f"{table}: {said}: {row}")


def _first_import(read: Iterable[ReadEntry]) -> Mapping[str, Any] | None:
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
        check_spans(
            text, [(start, end) for start, end, kind in payload["blocks"] if kind in _KINDS or BlockKind(kind)], parts
        )
    except DomainError as error:
        yield Problem("sentences", f"{name}: {error}")


def why(error: Exception) -> object:
    """What is wrong with the row itself."""
    return error.__cause__ if isinstance(error, RowDamagedError) and error.__cause__ is not None else error
