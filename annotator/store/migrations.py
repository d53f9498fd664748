"""The migrations, in order; an old one is never edited. Importing this module imports sqlite-utils."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

migrations = Migrations("annotator")


@migrations()
def m0001_first_schema(db: Database) -> None:
    """Articles, suggestions, the ledger and the projection."""
    for statement in statements(Path(__file__).with_name("schema_0001.sql").read_text(encoding="utf-8")):
        db.execute(statement)


def statements(script: str) -> list[str]:
    """The statements of an SQL script; executescript() would commit the migration's transaction."""
    import sqlite3

    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
