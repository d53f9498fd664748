"""The schema that this version makes, as it is written in `schema.sql`, and whether a database has it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.store.connection import Store
from annotator.store.soundness.problem import Problem

_TABLE = re.compile(r"create (?:virtual )?table (\w+)", re.IGNORECASE)


def statements(script: str) -> list[str]:
    """The statements of an SQL script; executescript() would commit the migration's transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def own_statements() -> list[str]:
    """All statements that make a new database."""
    return statements(Path(__file__).with_name("schema.sql").read_text(encoding="utf-8"))


def own_tables() -> Mapping[str, str]:
    """By its name the SQL of each table, as SQLite keeps it; virtual ones too, without those that they make."""
    found = {}
    for statement in own_statements():
        if made := _TABLE.search(statement):
            found[made[1]] = statement[made.start() :].rstrip(";")
    return found


def of_tables(store: Store) -> Iterator[Problem]:
    """Tables that are not there, and those that are not what this program makes: what is read in them may not be so."""
    rows = store.connection.execute("select name, sql from sqlite_master where type = 'table'")
    there = {str(name): str(sql) for name, sql in rows}
    for name, sql in own_tables().items():
        if name not in there:
            yield Problem("schema", f"the table {name} is not there")
        elif there[name] != sql:
            yield Problem("schema", f"the table {name} is not as annotator makes it")
