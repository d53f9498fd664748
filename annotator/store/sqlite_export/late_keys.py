"""Primary keys of tables that are filled already.

SQLite makes the index of a key by sorting, in a fraction of the time that it takes to find the place of each row in it;
but it has no statement that gives a table its key once there are rows. So a table is made without, an index of the same
columns is made behind its rows, and the table of the schema is told that they are the key and its index (decision 29):
https://www.sqlite.org/fileformat2.html#storage_of_the_sql_database_schema
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from annotator.store.sqlite_export.tables import Table, statement

_IN_THE_MAKING = "made_late"


def can_be_late(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite lets one write to the table of the schema: some builds are for ever on the defensive."""
    connection.execute("pragma writable_schema = on")
    try:
        # Not every version says when asked for the pragma that the table is guarded; all refuse the statement, which
        # is told and not run.
        connection.execute("explain update sqlite_master set sql = sql")
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.execute("pragma writable_schema = off")
    return True


def add_keys(connection: sqlite3.Connection, tables: Sequence[Table]) -> None:
    """Give these tables, which were made without, their keys.

    Raises sqlite3.IntegrityError where two rows have one key.
    """
    for table in tables:
        columns = ", ".join(table.key)
        connection.execute(f"create unique index {table.name}_{_IN_THE_MAKING} on {table.name} ({columns})")
    connection.execute("pragma writable_schema = on")
    for table in tables:
        connection.execute(
            "update sqlite_master set sql = ? where type = 'table' and name = ?", (statement(table), table.name)
        )
        connection.execute(
            "update sqlite_master set name = ?, sql = null where name = ?",
            (f"sqlite_autoindex_{table.name}_1", f"{table.name}_{_IN_THE_MAKING}"),
        )
    # The next statement reads the schema again as it is told now, and says what is wrong with it.
    connection.execute("pragma writable_schema = reset")
