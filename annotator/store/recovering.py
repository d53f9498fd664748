"""Recovering: what a damaged database still says goes into a new one, row by row, and what it does not is told.

Only what is proved is taken: an entry of the ledger whose digest and seal are right, a text whose SHA-256 is its id, a
row whose digest is right (`recovering_own`). The present state is folded from the entries, so damage to it costs
nothing. Databases of earlier schemas are read in their own terms (`recovering_early`): the migrations take none that
is damaged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

from annotator.errors import DatabaseDamagedError, NotADatabaseError
from annotator.model.article import Article, Publication, check_segmentation
from annotator.model.ledger import Entry
from annotator.model.text import article_id as id_of_text
from annotator.store import articles, ledger, text_index
from annotator.store.article_rows import ArticleRows, article_rows
from annotator.store.connection import Store
from annotator.store.held import PURGE
from annotator.store.names import NONE, article_key, key_of
from annotator.store.opening import SCHEMA_VERSION
from annotator.store.packing import packed_time
from annotator.store.parts import segmentation_of
from annotator.store.rebuilding import refold
from annotator.store.recovery import early_schemas
from annotator.store.recovery.broken_copy import COPY, copied, cut_off
from annotator.store.recovery.own_rows import write_drafts, write_fact_checks, write_places
from annotator.store.recovery.proved_entries import ProvedReader
from annotator.store.recovery.recovered_rows import ARTICLE, Reader, Recovered, is_text
from annotator.store.recovery.schema_version import told_schema
from annotator.store.soundness.damage import UNREADABLE
from annotator.store.suggestions import write_row
from annotator.temporary import temporary_folder

Prepare: TypeAlias = Callable[[Article], ArticleRows | None]
"""Splits a text that is to be imported anew; None where that cannot be."""


def recover(broken: Path, target: Store, prepare: Prepare = lambda _: None) -> Recovered:
    """Fill a new, empty store with what a damaged database file still says, in one transaction.

    A text that is here, and of whose import nothing is, is imported anew, as far as it can be prepared.
    Raises NotADatabaseError and DatabaseDamagedError where nothing of it can be read, and NoRoomError.
    """
    found = Recovered()
    with (
        temporary_folder() as folder,
        closing(copied(broken, folder)) as source,
    ):
        reader = _reader(source, broken, folder / COPY, found)
        with target.transaction():
            _keep_id(source, target)
            _write(target, reader, prepare, found)
            _check(source, broken, reader, found)
            refold(target)
            write_places(target, reader, found)
            write_drafts(target, reader, found)
            write_fact_checks(source, target, reader, found)
    if found.lost and (cut := cut_off(broken)):
        found.lost.insert(0, cut)
    return found


def _reader(source: sqlite3.Connection, broken: Path, copy: Path, found: Recovered) -> Reader:
    version = told_schema(source)
    if version is not None and version > SCHEMA_VERSION:
        raise DatabaseDamagedError(
            f"{broken}: it has schema {version}, and this version of annotator knows {SCHEMA_VERSION}: take the one "
            "that made it"
        )
    try:
        is_early = early_schemas.is_early(source)
    except sqlite3.DatabaseError:
        is_early = False
    if not is_early:
        return ProvedReader(source, copy, found)
    found.unproved = "entries had no digests in its schema: what could be read of them was taken as it is"
    return early_schemas.EarlyReader(source, found)


def _check(source: sqlite3.Connection, broken: Path, reader: Reader, found: Recovered) -> None:
    """Raise NotADatabaseError where nothing came back of what is no database, and no article is known to be lost."""
    if found.entries or found.texts or any(True for _ in reader.articles()):
        return
    try:
        source.execute("select 1 from ledger limit 1").fetchone()
    except sqlite3.DatabaseError as error:
        raise NotADatabaseError(f"{broken}: nothing of it can be read ({error}); restore a copy of it") from error


def _keep_id(source: sqlite3.Connection, target: Store) -> None:
    """The new database goes on as the one that was damaged, where that is known."""
    try:
        row = source.execute("select value from meta where key = 'database_id'").fetchone()
    except sqlite3.DatabaseError:
        row = None
    if row is not None:
        target.connection.execute("update meta set value = ? where key = 'database_id'", (row[0],))
        if target.file is not None:
            target.file.forget()


def _write(target: Store, reader: Reader, prepare: Prepare, found: Recovered) -> None:
    proved = list(reader.entries())
    of_articles = [(entry.article_id, entry, salt) for entry, salt, _, _ in reversed(proved) if entry.article_id]
    imports = {id_: entry for id_, entry, salt in of_articles if entry.action == "import" and salt is not None}
    purges = {id_: entry for id_, entry, _ in of_articles if entry.action == PURGE}
    _write_articles(target, reader, imports, purges, prepare, found)
    for entry, salt, digest, seal in proved:
        try:
            ledger.write_sealed(target, entry, salt, digest, seal)
            found.entries += 1
        except UNREADABLE as error:
            found.lost.append(f"ledger entry {entry.id}: {error}")
    for article_id, (suggester, current, superseded, digest) in reader.suggested():
        article = article_key(target.connection, article_id)
        if article != NONE and article_id in imports:
            write_row(target, article, key_of(target.connection, "suggester", suggester), current, superseded, digest)


def _write_articles(
    target: Store,
    reader: Reader,
    imports: Mapping[str, Entry],
    purges: Mapping[str, Entry],
    prepare: Prepare,
    found: Recovered,
) -> None:
    """Write texts, with the entries of their imports, and the tombstones of what was purged."""
    texts = {id_of_text(text): text for text in reader.texts()}
    rows: dict[str, tuple[Any, ...]] = {}
    unsplit: list[tuple[str, tuple[Any, ...]]] = []
    for row in reader.articles():
        rows.setdefault(row[0], row)
    for article_id, row in rows.items():
        purge, is_imported = purges.get(article_id), article_id in imports
        # One bit makes an article purged that is not: then the payload of its import is here.
        if purge is not None or (row[-1] is not None and not is_imported):
            _write_purged(target, _tombstone(row, purge), found)
        elif is_imported or article_id not in texts:
            _write_article(target, article_id, texts, imports, found)
        else:
            unsplit.append((texts[article_id], row))
    if unsplit:
        _import_anew(target, reader, unsplit, prepare, found)


def _tombstone(row: tuple[Any, ...], purge: Entry | None) -> tuple[Any, ...]:
    """The row of an article that was purged, with when."""
    return (*row[:-1], row[-1] if purge is None or row[-1] is not None else packed_time(purge.at))


def _import_anew(
    target: Store, reader: Reader, unsplit: list[tuple[str, tuple[Any, ...]]], prepare: Prepare, found: Recovered
) -> None:
    """Write texts of whose import nothing is here, each with the row of its article, as if they were imported now."""
    stood: dict[str, Publication] = {}
    for article_id, publication in reader.publications():
        stood.setdefault(article_id, publication)
    new: list[tuple[int, str]] = []
    for text, (article_id, *row) in unsplit:
        language, rights, origin = (each if isinstance(each, str) and is_text(each) else "" for each in row[3:6])
        article = Article(text, origin, stood.get(article_id, Publication()), language, rights)
        name, rows = f"article {article_id[:12]}: the entry of its import is gone", prepare(article)
        if rows is None:
            found.lost.append(f"{name}; import it again")
            continue
        found.texts += articles.add_new(target, rows, None, new) == "added"
        found.lost.append(f"{name}; its text was imported anew, and nothing proves its title, address and language")
    text_index.add(target.connection, new)


def _write_purged(target: Store, row: tuple[Any, ...], found: Recovered) -> None:
    """Write the tombstone of an article."""
    try:
        target.connection.execute(f"insert into article ({ARTICLE}) values ({', '.join('?' * len(row))})", row)
    except sqlite3.IntegrityError as error:
        found.lost.append(f"article {str(row[0])[:12]}: that it was purged ({error})")


def _write_article(
    target: Store, article_id: str, texts: Mapping[str, str], imports: Mapping[str, Entry], found: Recovered
) -> None:
    name = f"article {str(article_id)[:12]}"
    text = texts.get(article_id)
    if text is None:
        found.lost.append(f"{name}: its text is not here, or not what it was; import it again")
        return
    try:
        facts = imports[article_id].payload
        origin, language, rights = (facts[name] for name in ("origin", "language", "rights"))
        article = Article(text, origin, Publication(**facts["publication"]), language, rights)
        parts = segmentation_of(facts)
        check_segmentation(text, parts)
        rows = article_rows(article, parts, ())
    except UNREADABLE as error:
        found.lost.append(f"{name}: the entry of its import is not what was written ({error}); import it again")
        return
    text_index.add(target.connection, [(articles.write_article(target, rows), rows.index)])
    found.texts += 1
