"""Recovering: what a damaged database still says goes into a new one, row by row, and what it does not is told.

Only what is proved is taken: an entry of the ledger whose digest and seal are right, a text whose SHA-256 is its id, a
row whose digest is right. The present state is folded from the entries, so damage to it costs nothing.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import field
from pathlib import Path
from typing import Any

from annotator.errors import DatabaseDamagedError, NotADatabaseError, NotFoundError
from annotator.model.article import Article, Block, BlockKind, Publication, Segmentation, Sentence
from annotator.model.late import dataclass
from annotator.model.ledger import Entry
from annotator.model.span import Span
from annotator.model.text import article_id as id_of_text
from annotator.store import articles, digests, ledger
from annotator.store.article_rows import article_rows
from annotator.store.connection import Store
from annotator.store.damage import UNREADABLE
from annotator.store.names import key_of
from annotator.store.opening import SCHEMA_VERSION
from annotator.store.packing import packed_id, unpacked_id
from annotator.store.rebuilding import refold
from annotator.store.suggestions import suggestion_digest, write_row

_ENDS_AFTER = 10_000
"""So many numbers in a row without a row are the end of a table whose last one cannot be asked for."""
_ENTRY = (
    "key, id, database, lamport, kind, action, at, reviewer, session, article, claim, payload, payload_version, "
    "scheme, suggestions, others_visible, undoes, salt, digest, seal"
)


@dataclass(slots=True)
class Recovered:
    """What came back, and a line for each thing that did not."""

    texts: int = 0
    entries: int = 0
    lost: list[str] = field(default_factory=list)


def recover(broken: Path, target: Store) -> Recovered:
    """Fill a new, empty store with what a damaged database file still says, in one transaction.

    Raises NotADatabaseError and DatabaseDamagedError where nothing of it can be read.
    """
    found = Recovered()
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder, closing(_copied(broken, Path(folder))) as source:
        _check_version(source, broken)
        reader = _Reader(source, found)
        with target.transaction():
            _keep_id(source, target)
            _write(target, reader, found)
            refold(target)
    return found


def _copied(broken: Path, folder: Path) -> sqlite3.Connection:
    """A connection to a copy, with the write-ahead log that lies beside the file: nothing is written to either."""
    for suffix in ("", "-wal"):
        file = broken.with_name(broken.name + suffix)
        if file.is_file():
            shutil.copyfile(file, folder / f"broken.db{suffix}")
    if not (folder / "broken.db").exists():
        raise NotFoundError(f"{broken}: no such file")
    return sqlite3.connect(folder / "broken.db")


def _check_version(source: sqlite3.Connection, broken: Path) -> None:
    try:
        (version,) = source.execute("pragma user_version").fetchone()
        source.execute("select 1 from ledger limit 1").fetchone()
    except sqlite3.DatabaseError as error:
        raise NotADatabaseError(f"{broken}: nothing of it can be read ({error}); restore a copy of it") from error
    if version != SCHEMA_VERSION:
        raise DatabaseDamagedError(
            f"{broken}: it has schema {version}, and only schema {SCHEMA_VERSION} can be recovered: take the version "
            "of annotator that made it"
        )


def _keep_id(source: sqlite3.Connection, target: Store) -> None:
    """The new database goes on as the one that was damaged, where that is known."""
    try:
        row = source.execute("select value from meta where key = 'database_id'").fetchone()
    except sqlite3.DatabaseError:
        row = None
    if row is not None:
        target.connection.execute("update meta set value = ? where key = 'database_id'", (row[0],))


class _Reader:
    """Reads a damaged file: names and ids first, then whatever is asked for."""

    def __init__(self, source: sqlite3.Connection, found: Recovered) -> None:
        self._source, self._found = source, found
        self._names = {row[0]: str(row[1]) for row in self.rows("name", "key, text")}
        self.articles = {row[0]: row for row in self.rows("article", _ARTICLE)}
        self._entry_ids = {row[0]: unpacked_id(row[1]) for row in self.rows("ledger", "key, id")}

    def rows(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table by their numbers; one that cannot be read is told and passed over."""
        try:
            (last,) = self._source.execute(f"select max(rowid) from {table}").fetchone()
        except sqlite3.DatabaseError:
            last = None
        missed = 0
        number = 0
        while (last is not None and number < last) or (last is None and missed < _ENDS_AFTER):
            number += 1
            try:
                row = self._source.execute(f"select {columns} from {table} where rowid = ?", (number,)).fetchone()
            except sqlite3.DatabaseError as error:
                row = None
                if last is not None:
                    self._found.lost.append(f"{table} {number}: cannot be read ({error})")
            missed = 0 if row is not None else missed + 1
            if row is not None:
                yield row

    def entries(self) -> Iterator[tuple[Entry, bytes | None, bytes, bytes]]:
        """The entries whose digests and seals are right, in their order."""
        proved = []
        for row in self.rows("ledger", _ENTRY):
            name = f"ledger entry {self._entry_ids.get(row[0], row[0])}"
            salt, digest, seal = row[17:20]
            try:
                entry = self._entry(row)
                whole = salt is None or digests.payload_digest(entry.payload, salt) == digest
                if not whole or digests.seal(entry, digest) != seal:
                    raise ValueError("it is not what was written")
            except UNREADABLE as error:
                self._found.lost.append(f"{name}: {error}")
                continue
            proved.append((entry, salt, digest, seal))
        yield from sorted(proved, key=lambda each: each[0].order)

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        article = self.articles.get(row[9])
        joined = (
            row[1], self._names[row[2]], row[3], row[4], self._names[row[5]], row[6],
            None if row[7] is None else self._names[row[7]],
            None if row[8] is None else self._names[row[8]],
            None if row[9] is None else (article or self._missing(row[9]))[1],
            row[10], row[11], row[12],
            None if row[13] is None else self._names[row[13]],
            row[14], row[15],
            None if row[16] is None else packed_id(self._entry_ids[row[16]]),
        )  # fmt: skip
        return ledger.entry_of_row(joined)

    def _missing(self, ordinal: int) -> tuple[Any, ...]:
        raise ValueError(f"its article ({ordinal}) is not there any more")

    def suggester(self, key: int) -> str:
        """The name of a suggester; raises KeyError."""
        return self._names[key]


_ARTICLE = "ordinal, id, length, sentences, beginning, language, rights, origin, splitter, added_at, hidden, purged_at"


def _write(target: Store, reader: _Reader, found: Recovered) -> None:
    proved = list(reader.entries())
    imports: dict[str, Entry] = {}
    for entry, salt, _, _ in proved:
        if entry.action == "import" and entry.article_id is not None and salt is not None:
            imports.setdefault(entry.article_id, entry)
    texts = {row[0]: row[1] for row in reader.rows("article_text", "article, text")}
    ordinals: dict[int, str] = {}
    for ordinal, row in sorted(reader.articles.items()):
        if _write_article(target, row, texts.get(ordinal), imports, found):
            ordinals[ordinal] = row[1]
    for entry, salt, digest, seal in proved:
        try:
            ledger.write_sealed(target, entry, salt, digest, seal)
            found.entries += 1
        except UNREADABLE as error:
            found.lost.append(f"ledger entry {entry.id}: {error}")
    _write_suggestions(target, reader, ordinals, found)


def _write_article(
    target: Store, row: tuple[Any, ...], text: str | None, imports: dict[str, Entry], found: Recovered
) -> bool:
    article_id, purged_at = row[1], row[-1]
    name = f"article {str(article_id)[:12]}"
    if purged_at is not None:
        columns = _ARTICLE.removeprefix("ordinal, ")
        marks = ", ".join("?" * (len(row) - 1))
        target.connection.execute(f"insert into article ({columns}) values ({marks})", row[1:])
        return True
    if text is None or id_of_text(text) != article_id:
        found.lost.append(f"{name}: its text is not here, or not what it was; import it again")
        return False
    if article_id not in imports:
        found.lost.append(f"{name}: the entry of its import is gone; import it again")
        return False
    facts = imports[article_id].payload
    blocks = tuple(Block(Span(start, end), BlockKind(kind)) for start, end, kind in facts["blocks"])
    sentences = tuple(Sentence(Span(start, end), BlockKind.BODY) for start, end in facts["sentences"])
    article = Article(text, facts["origin"], Publication(**facts["publication"]), facts["language"], facts["rights"])
    articles.write_article(target, article_rows(article, Segmentation(blocks, sentences, facts["splitter"]), ()))
    found.texts += 1
    return True


def _write_suggestions(target: Store, reader: _Reader, ordinals: dict[int, str], found: Recovered) -> None:
    for _, article, suggester, current, superseded, digest in reader.rows(
        "suggestion", "key, article, suggester, current, superseded, digest"
    ):
        article_id = ordinals.get(article)
        if article_id is None:
            continue
        try:
            name = reader.suggester(suggester)
            whole = suggestion_digest(article_id, name, current, superseded) == digest
        except UNREADABLE:
            name, whole = "", False
        if not whole:
            found.lost.append(f"article {article_id[:12]}: what was suggested; `annotator suggest` asks again")
            continue
        key = key_of(target.connection, "suggester", name)
        row = target.connection.execute("select ordinal from article where id = ?", (article_id,)).fetchone()
        write_row(target, row[0], key, current, superseded, digest)
