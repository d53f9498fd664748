"""Recovering: what a damaged database still says goes into a new one, row by row, and what it does not is told.

Only what is proved is taken: an entry of the ledger whose digest and seal are right, a text whose SHA-256 is its id, a
row whose digest is right (`recovering_own`). The present state is folded from the entries, so damage to it costs
nothing. Databases of earlier schemas are read in their own terms (`recovering_early`): the migrations take none that
is damaged.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.errors import DatabaseDamagedError, NotADatabaseError, NotFoundError
from annotator.model.article import Article, Publication, check_segmentation
from annotator.model.ledger import Entry
from annotator.model.text import article_id as id_of_text
from annotator.store import articles, digests, ledger, recovering_early
from annotator.store.article_rows import article_rows
from annotator.store.connection import Store
from annotator.store.damage import UNREADABLE
from annotator.store.names import key_of
from annotator.store.opening import SCHEMA_VERSION
from annotator.store.packing import packed_id, unpacked_id
from annotator.store.parts import segmentation_of
from annotator.store.rebuilding import refold
from annotator.store.recovered_rows import ARTICLE, Reader, Recovered, Sealed, Suggested, read_by_key, read_rows
from annotator.store.recovering_own import write_drafts, write_fact_checks, write_places
from annotator.store.suggestions import suggestion_digest, write_row

_ENTRY = (
    "key, id, database, lamport, kind, action, at, reviewer, session, article, claim, payload, payload_version, "
    "scheme, suggestions, others_visible, undoes, salt, digest, seal"
)


def recover(broken: Path, target: Store) -> Recovered:
    """Fill a new, empty store with what a damaged database file still says, in one transaction.

    Raises NotADatabaseError and DatabaseDamagedError where nothing of it can be read.
    """
    found = Recovered()
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder, closing(_copied(broken, Path(folder))) as source:
        reader = _reader(source, broken, found)
        with target.transaction():
            _keep_id(source, target)
            _write(target, reader, found)
            refold(target)
            write_places(target, reader, found)
            write_drafts(target, reader, found)
            write_fact_checks(source, target, found)
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


def _reader(source: sqlite3.Connection, broken: Path, found: Recovered) -> Reader:
    try:
        (version,) = source.execute("pragma user_version").fetchone()
        source.execute("select 1 from ledger limit 1").fetchone()
        is_early = recovering_early.is_early(source)
    except sqlite3.DatabaseError as error:
        raise NotADatabaseError(f"{broken}: nothing of it can be read ({error}); restore a copy of it") from error
    if version > SCHEMA_VERSION:
        raise DatabaseDamagedError(
            f"{broken}: it has schema {version}, and this version of annotator knows {SCHEMA_VERSION}: take the one "
            "that made it"
        )
    if not is_early:
        return _Reader(source, found)
    found.unproved = "entries had no digests in its schema: what could be read of them was taken as it is"
    return recovering_early.EarlyReader(source, found)


def _keep_id(source: sqlite3.Connection, target: Store) -> None:
    """The new database goes on as the one that was damaged, where that is known."""
    try:
        row = source.execute("select value from meta where key = 'database_id'").fetchone()
    except sqlite3.DatabaseError:
        row = None
    if row is not None:
        target.connection.execute("update meta set value = ? where key = 'database_id'", (row[0],))


class _Reader:
    """Reads a damaged file of the third schema or a later one: names and ids first, then whatever is asked for."""

    def __init__(self, source: sqlite3.Connection, found: Recovered) -> None:
        self._source, self._found = source, found
        self._names = {number: str(row[0]) for number, row in self._rows("name", "text")}
        self.articles = dict(self._rows("article", ARTICLE))
        self._entry_ids = {number: unpacked_id(row[0]) for number, row in self._rows("ledger", "id")}

    def _rows(self, table: str, columns: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
        return read_rows(self._source, self._found, table, columns)

    def texts(self) -> Iterator[tuple[int, str]]:
        """The numbers and texts of articles."""
        for number, row in self._rows("article_text", "text"):
            yield number, row[0]

    def entries(self) -> Iterator[Sealed]:
        """The entries whose digests and seals are right, in their order."""
        proved = []
        for _, row in self._rows("ledger", _ENTRY):
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
            None if row[9] is None else (article or self._missing(row[9]))[0],
            row[10], row[11], row[12],
            None if row[13] is None else self._names[row[13]],
            row[14], row[15],
            None if row[16] is None else packed_id(self._entry_ids[row[16]]),
        )  # fmt: skip
        return ledger.entry_of_row(joined)

    def _missing(self, ordinal: int) -> tuple[Any, ...]:
        raise ValueError(f"its article ({ordinal}) is not there any more")

    def owned(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Rows of the table place or draft, where their reviewer and article are known."""
        key = ("article", "reviewer") if table == "place" else ("article", "reviewer", "kind", "subject")
        for article, reviewer, *row in read_by_key(
            self._source, self._found, table, ("article", "reviewer", *columns, "digest"), key
        ):
            if reviewer in self._names and article in self.articles:
                yield (self._names[reviewer], str(self.articles[article][0]), *row)
            else:
                self._found.lost.append(f"{table}: one whose reviewer or article is not there any more")

    def suggested(self, articles: dict[int, str]) -> Iterator[tuple[str, Suggested]]:
        """What was proposed for these articles and is what was written."""
        for _, row in self._rows("suggestion", "article, suggester, current, superseded, digest"):
            article, suggester, current, superseded, digest = row
            article_id = articles.get(article)
            if article_id is None:
                continue
            try:
                name = self._names[suggester]
                whole = suggestion_digest(article_id, name, current, superseded) == digest
            except UNREADABLE:
                name, whole = "", False
            if whole:
                yield article_id, (name, current, superseded, digest)
            else:
                self._found.lose_suggestions(article_id)


def _write(target: Store, reader: Reader, found: Recovered) -> None:
    proved = list(reader.entries())
    imports: dict[str, Entry] = {}
    for entry, salt, _, _ in proved:
        if entry.action == "import" and entry.article_id is not None and salt is not None:
            imports.setdefault(entry.article_id, entry)
    texts = dict(reader.texts())
    ordinals: dict[int, str] = {}
    for ordinal, row in sorted(reader.articles.items()):
        if _write_article(target, row, texts.get(ordinal), imports, found):
            ordinals[ordinal] = row[0]
    for entry, salt, digest, seal in proved:
        try:
            ledger.write_sealed(target, entry, salt, digest, seal)
            found.entries += 1
        except UNREADABLE as error:
            found.lost.append(f"ledger entry {entry.id}: {error}")
    for article_id, (suggester, current, superseded, digest) in reader.suggested(ordinals):
        (article,) = target.connection.execute("select ordinal from article where id = ?", (article_id,)).fetchone()
        write_row(target, article, key_of(target.connection, "suggester", suggester), current, superseded, digest)


def _write_article(
    target: Store, row: tuple[Any, ...], text: str | None, imports: dict[str, Entry], found: Recovered
) -> bool:
    article_id, purged_at = row[0], row[-1]
    name = f"article {str(article_id)[:12]}"
    if purged_at is not None:
        marks = ", ".join("?" * len(row))
        target.connection.execute(f"insert into article ({ARTICLE}) values ({marks})", row)
        return True
    if text is None or id_of_text(text) != article_id:
        found.lost.append(f"{name}: its text is not here, or not what it was; import it again")
        return False
    if article_id not in imports:
        found.lost.append(f"{name}: the entry of its import is gone; import it again")
        return False
    try:
        facts = imports[article_id].payload
        origin, language, rights = (facts[name] for name in ("origin", "language", "rights"))
        article = Article(text, origin, Publication(**facts["publication"]), language, rights)
        parts = segmentation_of(facts)
        check_segmentation(text, parts)
        rows = article_rows(article, parts, ())
    except UNREADABLE as error:
        found.lost.append(f"{name}: the entry of its import is not what was written ({error}); import it again")
        return False
    articles.write_article(target, rows)
    found.texts += 1
    return True
