"""Whether the index of the texts has exactly their runs of three letters: FTS5's own check, against the texts.

The index keeps no text, so FTS5 cannot be asked of it what it has to be compared with. It is asked of a copy of the
index's own tables that takes its contents from the texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from annotator.store.connection import Store
from annotator.store.problem import Problem
from annotator.store.text_index import indexed

_TABLES = ("data", "idx", "config")
"""What FTS5 keeps an index without contents and sizes in: https://www.sqlite.org/fts5.html#fts5_data_structures"""


def of_texts(copy: Store) -> Iterator[Problem]:
    """An index that lacks a run of a text, or has one too many; `copy` is what `rebuilding.shared_copy` made.

    All texts are folded for it. Where SQLite is built so that nobody writes the tables of an index, the index is not
    examined.
    """
    connection = copy.connection
    connection.create_function("indexed", 1, indexed, deterministic=True)
    connection.execute(
        "create temp view indexed_text as select article as rowid, indexed(text) as text from stored.article_text"
    )
    (made,) = connection.execute("select sql from stored.sqlite_master where name = 'text_index'").fetchone()
    connection.execute(
        made.replace("text_index", "temp.checked_index", 1).replace("content = ''", "content = 'indexed_text'", 1)
    )
    try:
        for table in _TABLES:
            connection.execute(f"delete from temp.checked_index_{table}")
            connection.execute(f"insert into temp.checked_index_{table} select * from stored.text_index_{table}")
    except sqlite3.OperationalError as error:
        if "may not be modified" in str(error):
            return
        raise
    try:
        connection.execute("insert into temp.checked_index (checked_index, rank) values ('integrity-check', 1)")
        # FTS5 looks for no page that nothing leads to, and finds nothing in it.
        why = "a page is not listed" if _pages_with_terms(connection) - _pages_listed(connection) else ""
    except sqlite3.DatabaseError as error:
        why = str(error)
    if why:
        said = "the index of the texts is not what they make: `/` and `find` may miss words"
        yield Problem("index", f"{said}; `annotator doctor --renew-index` makes it anew ({why})")


_LAST_RECORD = 10
"""Rows of the table data up to this number are no pages."""
_KIND_BIT, _SEGMENT_BIT = 31, 37
"""Where a row's number has, behind the page's, six bits that a page of terms has not, and the segment's."""


def _pages_with_terms(connection: sqlite3.Connection) -> set[tuple[int, int]]:
    """Segment and number of every page in which a term begins."""
    pages = set()
    for id_, list_at, length in connection.execute(
        f"select id, substr(block, 3, 2), length(block) from stored.text_index_data where id > {_LAST_RECORD}"
    ):
        page, kind = id_ & (1 << _KIND_BIT) - 1, id_ >> _KIND_BIT & (1 << _SEGMENT_BIT - _KIND_BIT) - 1
        # Behind the terms stands the list of where they begin; the page says where that is.
        if kind == 0 and int.from_bytes(list_at) < length:
            pages.add((id_ >> _SEGMENT_BIT, page))
    return pages


def _pages_listed(connection: sqlite3.Connection) -> set[tuple[int, int]]:
    """Segment and number of every page that is found by its first term."""
    rows = connection.execute("select segid, pgno >> 1 from stored.text_index_idx")
    return {(segment, page) for segment, page in rows}
