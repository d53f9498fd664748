"""Whether the indexes have exactly what they are made of: FTS5's own check, against the texts and the fact-checks.

An index keeps no text, so FTS5 cannot be asked of it what it has to be compared with. It is asked of a copy of the
index's own tables that takes its contents from what the index is made of.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeAlias

from annotator.model.check import Check
from annotator.store.connection import Store, is_of_an_index, own_function
from annotator.store.fact_checks.check_index import PRESENT, Words, check_from
from annotator.store.soundness.problem import Problem
from annotator.store.text_index import indexed

_TABLES = ("data", "idx", "config")
"""What FTS5 keeps an index without contents and sizes in: https://www.sqlite.org/fts5.html#fts5_data_structures"""
_SIZES = ("docsize",)
"""Where it keeps the sizes of rows, if it does."""


WordsOf: TypeAlias = Callable[[Check], Words]
"""How fact-checks are read: their words, as the index has them."""


def of_indexes(copy: Store, words_of: WordsOf | None) -> Iterator[Problem]:
    """What is wrong with both; without `words_of` the index of the fact-checks is left out. `copy` as below."""
    yield from of_texts(copy)
    if words_of is not None:
        yield from of_checks(copy, words_of)


def of_texts(copy: Store) -> Iterator[Problem]:
    """An index that lacks a run of a text, or has one too many; `copy` is what `rebuilding.one_moment` gave.

    All texts are folded for it. Where SQLite is built so that nobody writes the tables of an index, the index is not
    examined.
    """
    connection = copy.connection
    with own_function(connection, "indexed", indexed):
        connection.execute(
            "create temp view indexed_text as select article as rowid, indexed(text) as text from stored.article_text"
        )
        why = _what_differs(connection, "text_index", "indexed_text", _TABLES)
    if why:
        said = "the index of the texts is not what they make: `/` and `find` may miss words"
        yield Problem("index", f"{said}; `annotator doctor --renew-index` makes it anew ({why})")


def of_checks(copy: Store, words_of: WordsOf) -> Iterator[Problem]:
    """An index of the fact-checks, or counts of their words, that are not what `words_of` makes; the same copy.

    All fact-checks are read for it.
    """
    connection = copy.connection
    connection.execute("create temp table checked_words (rowid integer primary key, claim text, title text)")
    counts: Counter[str] = Counter()
    checks = total = 0
    for ordinal, *row in connection.execute(PRESENT.replace("fact_check", "stored.fact_check")):
        claim, title = words_of(check_from(row))
        connection.execute(
            "insert into temp.checked_words values (?, ?, ?)", (ordinal, " ".join(claim), " ".join(title))
        )
        counts.update({*claim, *title})
        checks, total = checks + 1, total + len(claim) + len(title)
    why = _what_differs(connection, "fact_check_words", "checked_words", _TABLES + _SIZES)
    stored = dict(connection.execute("select word, checks from stored.fact_check_word where checks > 0"))
    size = connection.execute("select checks, words from stored.fact_check_size").fetchone()
    if not why and (stored != counts or size != (checks, total)):
        why = "words are counted otherwise"
    if why:
        said = "the index of the fact-checks is not what they make: some may not be found"
        yield Problem("index", f"{said}; `annotator doctor --renew-index` makes it anew ({why})")


def _what_differs(connection: sqlite3.Connection, index: str, contents: str, tables: tuple[str, ...]) -> str:
    """Why an index is not what its contents make, in FTS5's words; empty where it is, or cannot be examined."""
    try:
        # The copy below knows from its making in which format it is.
        connection.execute(f"select 1 from stored.{index} where {index} match 'any'").fetchone()
    except sqlite3.DatabaseError as error:
        if is_of_an_index(error):
            return str(error)
        raise
    (made,) = connection.execute("select sql from stored.sqlite_master where name = ?", (index,)).fetchone()
    checked = f"checked_{index}"
    connection.execute(made.replace(index, f"temp.{checked}", 1).replace("content = ''", f"content = '{contents}'", 1))
    try:
        for table in tables:
            connection.execute(f"delete from temp.{checked}_{table}")
            connection.execute(f"insert into temp.{checked}_{table} select * from stored.{index}_{table}")
    except sqlite3.OperationalError as error:
        if "may not be modified" in str(error):
            return ""
        raise
    except sqlite3.IntegrityError:
        return "a row of it stands twice"
    try:
        connection.execute(f"insert into temp.{checked} ({checked}, rank) values ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        return str(error)
    # FTS5 looks for no page that nothing leads to, and finds nothing in it.
    return "a page is not listed" if _pages_with_terms(connection, index) - _pages_listed(connection, index) else ""


_LAST_RECORD = 10
"""Rows of the table data up to this number are no pages."""
_KIND_BIT, _SEGMENT_BIT = 31, 37
"""Where a row's number has, behind the page's, six bits that a page of terms has not, and the segment's."""


def _pages_with_terms(connection: sqlite3.Connection, index: str) -> set[tuple[int, int]]:
    """Segment and number of every page in which a term begins."""
    pages = set()
    for id_, list_at, length in connection.execute(
        f"select id, substr(block, 3, 2), length(block) from stored.{index}_data where id > {_LAST_RECORD}"
    ):
        page, kind = id_ & (1 << _KIND_BIT) - 1, id_ >> _KIND_BIT & (1 << _SEGMENT_BIT - _KIND_BIT) - 1
        # Behind the terms stands the list of where they begin; the page says where that is.
        if kind == 0 and int.from_bytes(list_at) < length:
            pages.add((id_ >> _SEGMENT_BIT, page))
    return pages


def _pages_listed(connection: sqlite3.Connection, index: str) -> set[tuple[int, int]]:
    """Segment and number of every page that is found by its first term."""
    rows = connection.execute(f"select segid, pgno >> 1 from stored.{index}_idx")
    return {(segment, page) for segment, page in rows}
