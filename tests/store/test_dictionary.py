from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from annotator.errors import StoreError
from annotator.store import Store, dictionary, open_store
from annotator.store.migration.migrations import migrations

FOLDER = Path(__file__).parents[2] / "db"
AGAIN = "run `python -m annotator.store.dictionary`"


@pytest.mark.parametrize("folder", [FOLDER, Path(dictionary.__file__).parent / "migration"], ids=["db", "package"])
def test_the_written_schema_is_what_the_migrations_make(folder: Path) -> None:
    assert (folder / "schema.sql").read_text(encoding="utf-8") == dictionary.schema_sql(), AGAIN


def test_the_data_dictionary_is_that_of_the_migrations() -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == dictionary.data_dictionary(), AGAIN


def objects(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return connection.execute(
        "select type, name, sql from sqlite_master where sql is not null and tbl_name not like '%sqlite%' order by 1, 2"
    ).fetchall()


def test_the_written_schema_makes_the_database_that_opening_makes(store: Store) -> None:
    made = sqlite3.connect(":memory:")
    made.executescript((FOLDER / "schema.sql").read_text(encoding="utf-8"))
    assert objects(made) == objects(store.connection)
    for pragma in ("application_id", "user_version"):
        wanted = store.connection.execute(f"pragma {pragma}").fetchone()
        assert made.execute(f"pragma {pragma}").fetchone() == wanted
    made.close()


def test_a_new_database_holds_what_one_that_was_migrated_from_nothing_holds(tmp_path: Path) -> None:
    unlike = ("_sqlite_migrations", "text_index", "text_terms", "fact_check_words")

    def contents(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        found = {name: list(connection.execute(f"select * from {name}")) for name in names if name not in unlike}
        return found | {"meta": [row for row in found["meta"] if row[0] not in ("database_id", "created_at")]}

    with closing(sqlite3.connect(tmp_path / "migrated.db", isolation_level=None)) as migrated:
        migrations.apply(Database(migrated))
        with closing(open_store(tmp_path / "new.db")) as store:
            assert objects(migrated) == objects(store.connection)
            assert contents(migrated) == contents(store.connection)
            applied = "select id, migration_set, name from _sqlite_migrations"
            assert migrated.execute(applied).fetchall() == store.connection.execute(applied).fetchall()


def test_both_files_are_written(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    dictionary.write(tmp_path, tmp_path / "package")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["README.md", "package", "schema.sql"]
    assert (tmp_path / "package" / "schema.sql").read_text(encoding="utf-8") == dictionary.schema_sql()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (("[table.place]", "[table.lace]"), "tables differ: lace, place"),
        (('subject = "', 'matter = "'), "draft has no column matter"),
        (('at = "when it was kept"', ""), "draft.at has no meaning"),
    ],
)
def test_a_column_without_a_meaning_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str], wrong: str
) -> None:
    source = Path(dictionary.__file__).with_name("dictionary.toml").read_text(encoding="utf-8")
    (tmp_path / "dictionary.toml").write_text(source.replace(*change), encoding="utf-8")
    monkeypatch.setattr(dictionary, "__file__", str(tmp_path / "dictionary.py"))
    with pytest.raises(StoreError, match=wrong):
        dictionary.data_dictionary()
