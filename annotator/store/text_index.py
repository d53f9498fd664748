"""The index of the articles' texts: which articles may have words in them, by runs of three letters.

It holds texts as `model.language.folding` folds them, so what it finds is what `model.language.sought` may find; that
alone says what is found and where. The index keeps no text (FTS5 without contents), but its terms could be put together
again: a purge has it written anew without those of the purged text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.model.language.folding import fold, letters_written
from annotator.store.connection import Store, is_of_an_index

_RUN = 3
_END = "\x1f" * (_RUN - 1)
"""Behind a text, so that a run begins at its last letters too; a folded text has spaces for all white space."""
_MOST_TERMS = 400
"""What is shorter than a run is looked for as the beginning of so many runs at most, and in all texts otherwise."""


def indexed(text: str) -> str:
    """What the index is given for a text: folded as it is searched, line by line, with single spaces."""
    plain = text if text.isascii() else letters_written(text)
    folded = fold(plain) if plain.isascii() else "".join(map(fold, text.splitlines(keepends=True)))
    return " ".join(folded.replace("\0", " ").split()) + _END


def add(connection: sqlite3.Connection, rows: list[tuple[int, str]]) -> None:
    """Index articles by their ordinals and what `indexed` made of them; inside the caller's transaction."""
    connection.executemany("insert into text_index (rowid, text) values (?, ?)", rows)


def remove(connection: sqlite3.Connection, ordinal: int, text: str) -> None:
    """Take a text out of the index; inside the caller's transaction."""
    connection.execute(
        "insert into text_index (text_index, rowid, text) values ('delete', ?, ?)", (ordinal, indexed(text))
    )
    # Until the segments are merged, the terms of what was taken out stay readable in them.
    connection.execute("insert into text_index (text_index) values ('optimize')")


def empty(connection: sqlite3.Connection, index: str) -> None:
    """Empty an index of FTS5 that keeps no text; inside the caller's transaction."""
    try:
        connection.execute(f"insert into {index} ({index}) values ('delete-all')")
    except sqlite3.OperationalError as error:
        if not is_of_an_index(error):
            raise
        # It does not say in which format it is, and FTS5 does not even drop it: it is in that of a new one.
        connection.execute("create virtual table temp.new_index using fts5 (text)")
        connection.execute(f"insert or replace into {index}_config select * from temp.new_index_config")
        connection.execute("drop table temp.new_index")
        connection.execute(f"insert into {index} ({index}) values ('delete-all')")


def renew(store: Store) -> int:
    """Make the index anew of the texts that are here, in one transaction; of how many."""
    with store.transaction():
        connection = store.connection
        empty(connection, "text_index")
        count = 0
        for ordinal, text in connection.execute("select article, text from article_text order by article"):
            add(connection, [(ordinal, indexed(text))])
            count += 1
    return count


def texts_with(store: Store, words: str) -> Iterator[tuple[str, str]]:
    """The id and text of every shown article that may have the words in it, in the order they were added."""
    yield from _articles_with(
        store, words, "article.id, text", "article join article_text on article_text.article = article.ordinal"
    )


def articles_with(store: Store, words: str) -> list[str]:
    """The ids of the same articles: texts are many times as long."""
    return [row[0] for row in _articles_with(store, words, "id", "article")]


def _articles_with(store: Store, words: str, columns: str, tables: str) -> Iterable[Any]:
    query = _query(store.connection, words)
    if query == "":
        return ()
    found = "" if query is None else "and article.ordinal in (select rowid from text_index where text_index match ?) "
    return store.connection.execute(
        f"select {columns} from {tables} where hidden = 0 {found}order by article.ordinal",
        () if query is None else (query,),
    )


def _query(connection: sqlite3.Connection, words: str) -> str | None:
    """What must match for the words to be there; None where anything may, and "" where nothing can."""
    folded = " ".join(fold(words).replace("\0", " ").split())
    if len(folded) >= _RUN:
        runs = {folded[at : at + _RUN] for at in range(len(folded) - _RUN + 1)}
        return " AND ".join(map(_quoted, sorted(runs)))
    terms = _terms(connection, folded)
    if len(terms) > _MOST_TERMS:
        return None
    return " OR ".join(map(_quoted, terms))


def _terms(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """The runs in the index that begin so, one more than are wanted at most."""
    # No term is behind the greatest code point.
    rows = connection.execute(
        "select term from text_terms where term >= ? and term <= ? limit ?",
        (beginning, beginning + "\U0010ffff" * _RUN, _MOST_TERMS + 1),
    )
    return [row[0] for row in rows]


def _quoted(run: str) -> str:
    return '"' + run.replace('"', '""') + '"'
