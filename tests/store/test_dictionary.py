from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.store import Store, dictionary

FOLDER = Path(__file__).parents[2] / "db"
AGAIN = "run `python -m annotator.store.dictionary`"


def test_the_written_schema_is_what_the_migrations_make() -> None:
    assert (FOLDER / "schema.sql").read_text(encoding="utf-8") == dictionary.schema_sql(), AGAIN


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


def test_both_files_are_written(tmp_path: Path) -> None:
    dictionary.write(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["README.md", "schema.sql"]


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
