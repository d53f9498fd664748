"""The schema and its data dictionary as files: `python -m annotator.store.dictionary` writes them into `db/`.

The schema is written beside the migrations too: a new database is made of it.
"""

from __future__ import annotations

import sqlite3
import sys
import tomllib
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from annotator.errors import StoreError
from annotator.store.migration import FOLDER
from annotator.store.opening import APPLICATION_ID, SCHEMA_VERSION

_OURS = (
    "sql is not null and name not like 'sqlite%' and tbl_name <> '_sqlite_migrations' "
    # The tables that FTS5 makes for itself.
    "and tbl_name not glob 'text_index_*' and tbl_name not glob 'fact_check_words_*'"
)


def _migrated() -> sqlite3.Connection:
    """A database in memory that all migrations have made."""
    from sqlite_utils import Database

    from annotator.store.migration.migrations import migrations

    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.apply(Database(connection))
    return connection


def schema_sql() -> str:
    """The whole schema as SQL, in the order the migrations make it."""
    with closing(_migrated()) as connection:
        made = connection.execute(f"select sql, type, name from sqlite_master where {_OURS} order by rowid").fetchall()
        tables = [
            name for sql, type_, name in made if type_ == "table" and not sql.lower().startswith("create virtual")
        ]
        rows = [line for table in tables for line in _rows(connection, table)]
    statements = "\n\n".join([f"{sql};" for sql, _, _ in made] + rows)
    return (
        "-- Generated from the migrations by `python -m annotator.store.dictionary`; change those, not this.\n"
        "-- Beside these tables, `_sqlite_migrations` keeps which migrations have been applied.\n\n"
        f"pragma application_id = {APPLICATION_ID};\npragma user_version = {SCHEMA_VERSION};\n\n{statements}\n"
    )


def _rows(connection: sqlite3.Connection, table: str) -> list[str]:
    """What a table begins with, as statements."""
    columns = [name for (name,) in connection.execute(f"select name from pragma_table_info('{table}')")]
    quoted = ", ".join(f"quote({name})" for name in columns)
    found = connection.execute(f"select {quoted} from {table}").fetchall()
    return [f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(row)});" for row in found]


def data_dictionary() -> str:
    """The data dictionary in Markdown: every table and column with what it means.

    Raises StoreError where a table or column has no meaning in `dictionary.toml`, or a meaning has no column.
    """
    told = tomllib.loads(Path(__file__).with_name("dictionary.toml").read_text(encoding="utf-8"))
    everywhere = told["everywhere"]
    parts = [told["introduction"].strip()]
    with closing(_migrated()) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                f"select name from sqlite_master where type = 'table' and {_OURS} order by rowid"
            )
        ]
        if set(told["table"]) != set(tables):
            raise StoreError(f"dictionary.toml: tables differ: {', '.join(sorted(set(told['table']) ^ set(tables)))}")
        parts += [_table(connection, table, told["table"][table], everywhere) for table in tables]
    return "\n\n".join(parts) + "\n"


def _table(
    connection: sqlite3.Connection, table: str, meanings: Mapping[str, str], everywhere: Mapping[str, str]
) -> str:
    columns = connection.execute(f"select name, type, \"notnull\", pk from pragma_table_info('{table}')").fetchall()
    references = {
        row[3]: f"`{row[2]}`" for row in connection.execute(f"pragma foreign_key_list({table})") if row[4] is not None
    }
    unknown = set(meanings) - {name for name, *_ in columns} - {"is"}
    if unknown:
        raise StoreError(f"dictionary.toml: {table} has no column {', '.join(sorted(unknown))}")
    lines = [f"## {table}", "", meanings["is"], "", "| column | type | what it means |", "| --- | --- | --- |"]
    for name, type_, required, key in columns:
        meaning = meanings.get(name) or everywhere.get(name)
        if meaning is None:
            raise StoreError(f"dictionary.toml: {table}.{name} has no meaning")
        kind = type_.lower() + (", key" if key else "" if required else ", may be null")
        about = f" (in {references[name]})" if name in references else ""
        lines.append(f"| `{name}` | {kind} | {meaning}{about} |")
    return "\n".join(lines)


def write(folder: Path, package: Path = FOLDER) -> None:
    """Write `schema.sql` and `README.md` into the folder, and `schema.sql` into that of the package."""
    for place in (folder, package):
        (place / "schema.sql").write_text(schema_sql(), encoding="utf-8")
    (folder / "README.md").write_text(data_dictionary(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "db"))
