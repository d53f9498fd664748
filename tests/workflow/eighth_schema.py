"""A database with fact-checks as the eighth schema had it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.store import open_store
from annotator.store.fact_checks import checks
from annotator.store.fact_checks.check_index import FIELDS, Counted, check_from
from annotator.workflow.fact_checks.check_matching import words_of


def older(path: Path) -> None:
    """Make it that: fact-checks have no digests, and what was replaced is indexed and counted too."""
    with closing(open_store(path)) as store:
        index, counted = checks.index(store), Counted()
        index.empty()
        every = store.connection.execute(f"select ordinal, {', '.join(FIELDS)} from fact_check order by ordinal")
        for ordinal, *row in every.fetchall():
            index.insert_words(counted.more(words_of(check_from(row))), ordinal)
        index.count(counted)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("drop index fact_check_replaced")
        raw.execute("alter table fact_check drop column digest")
        raw.execute("delete from _sqlite_migrations where name >= 'm0009'")
        raw.execute("pragma user_version = 8")
