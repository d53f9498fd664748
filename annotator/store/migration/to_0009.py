"""The ninth schema: published fact-checks get their digests, and what was replaced goes out of their index.

This module is frozen with its migration: it may use nothing that could come to mean something else.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import groupby
from typing import Any

from annotator.store.digests import row_digest
from annotator.store.migration.updating import CHECK, Pace

_FIELDS = "collection, id, claim, title, speaker, date, verdict, value, publisher, url, language, modified, withdrawn"
_INDEXED = (
    "select word.doc, word.col, word.term from temp.indexed as word "
    "join fact_check on fact_check.ordinal = word.doc and fact_check.replaced_by is not null "
    "order by word.doc, word.col, word.offset"
)


def digest_fact_checks(connection: sqlite3.Connection, pace: Pace) -> None:
    """A digest for each: those that are there are taken as what was imported."""
    rows = connection.cursor().execute(f"select ordinal, {_FIELDS} from fact_check")
    for ordinal, *values in pace.over(rows, CHECK):
        digest = row_digest("fact_check", *values)
        connection.execute("update fact_check set digest = ? where ordinal = ?", [digest, ordinal])


def forget_words_of_replaced(connection: sqlite3.Connection) -> None:
    """Take what was replaced out of the index of words, and out of the counts.

    The index keeps no text, but FTS5 says which words stand in it where: so nobody here needs to read texts for them.
    """
    if not connection.execute("select 1 from fact_check where replaced_by is not null limit 1").fetchone():
        return
    connection.execute("create virtual table temp.indexed using fts5vocab (main, fact_check_words, instance)")
    replaced = [(ordinal, list(words)) for ordinal, words in groupby(connection.execute(_INDEXED), lambda row: row[0])]
    connection.execute("drop table temp.indexed")
    for ordinal, words in replaced:
        _forget(connection, ordinal, words)


def _forget(connection: sqlite3.Connection, ordinal: int, words: list[tuple[Any, ...]]) -> None:
    columns = [" ".join(term for _, column, term in words if column == name) for name in ("claim", "title")]
    connection.execute(
        "insert into fact_check_words (fact_check_words, rowid, claim, title) values ('delete', ?, ?, ?)",
        (ordinal, *columns),
    )
    for term in Counter(term for _, _, term in words):
        connection.execute("update fact_check_word set checks = max(checks - 1, 0) where word = ?", (term,))
    connection.execute(
        "update fact_check_size set checks = max(checks - 1, 0), words = max(words - ?, 0), changes = changes + 1",
        (len(words),),
    )
