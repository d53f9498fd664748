"""The sixth migration: how far each article is worth checking, from the suggestions and decisions that are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from annotator.store.connection import Store, stored_scheme
from annotator.store.damage import UNREADABLE
from annotator.store.suggestions import write_worth
from annotator.store.worths_anew import renew, unknown, wanted


def migrate(connection: sqlite3.Connection, statements: Iterable[str]) -> None:
    """Make the tables and fill them; what is damaged has no number, and comes behind in the queue."""
    for statement in statements:
        connection.execute(statement)
    path = Path("the database")
    store = Store(connection, path, "", stored_scheme(connection, path))
    for article_id in unknown(store):
        with suppress(*UNREADABLE):
            write_worth(store, article_id)
    for pair in wanted(store):
        with suppress(*UNREADABLE):
            renew(store, [pair])
