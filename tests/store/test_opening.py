from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import (
    DiskFullError,
)
from annotator.store import Store, doctor, open_store, opening
from tests.opening_cut_short import fill_disk

AddArticle = Callable[..., str]
Dumped = Callable[[sqlite3.Connection], list[str]]


def test_a_new_database_is_made_with_its_folder_and_keeps_its_id(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "work.db"
    first = open_store(path)
    first.close()
    second = open_store(path)
    assert second.database_id == first.database_id
    assert list(doctor.examine(second)) == []
    second.close()


def test_every_connection_keeps_foreign_keys_and_every_commit(store: Store) -> None:
    settings = {
        name: store.connection.execute(f"pragma {name}").fetchone()[0]
        for name in ("foreign_keys", "journal_mode", "synchronous", "application_id", "user_version")
    }
    assert settings == {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "application_id": int.from_bytes(b"ANOT"),
        "user_version": opening.SCHEMA_VERSION,
    }


def test_every_table_of_ours_is_strict(store: Store) -> None:
    loose = store.connection.execute(
        "select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 "
        "and name not like 'sqlite%' and name <> '_sqlite_migrations'"
    )
    assert loose.fetchall() == []


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    open_store(path).close()
    assert path.read_bytes()[:15] == b"SQLite format 3"


def test_a_full_disk_makes_no_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_disk(monkeypatch, 5)
    with pytest.raises(DiskFullError, match="the disk is full"):
        open_store(path)
    assert [(file.name, file.read_bytes()) for file in path.parent.iterdir()] == [(path.name, b"")]
    monkeypatch.undo()
    open_store(path).close()


def test_a_full_disk_stores_nothing_and_loses_nothing(store: Store, add: AddArticle, dumped: Dumped) -> None:
    add(store, "Rain fell.")
    before = dumped(store.connection)
    pages = store.connection.execute("pragma page_count").fetchone()[0]
    store.connection.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(DiskFullError, match="nothing was changed"):
        add(store, "Rain fell and fell. " * 5000)
    assert dumped(store.connection) == before
    store.connection.execute("pragma max_page_count = 1000000")
    add(store, "Rain fell and fell. " * 5000)
    assert list(doctor.examine(store)) == []


def test_eight_that_start_at_once_make_one_database(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from annotator.store import open_store; sys.stdin.readline(); "
        "store = open_store(Path(sys.argv[1])); print(store.database_id); store.close()"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(8)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    ids = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0] * 8
    assert len(set(ids)) == 1


def test_who_opens_while_another_writes_waits_until_the_log_can_be_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as another:
        assert another.execute("pragma journal_mode = delete").fetchone() == ("delete",)
        # SQLite itself says at once that the database is locked.
        another.execute("begin immediate")
        monkeypatch.setattr(time, "sleep", lambda _seconds: another.execute("rollback"))
        with closing(open_store(path)) as store:
            assert store.connection.execute("pragma journal_mode").fetchone() == ("wal",)


def test_a_second_connection_leaves_the_locks_of_the_first_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    asked = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('select value from meta').fetchall())"

    def another_program() -> str:
        done = subprocess.run([sys.executable, "-c", asked, str(path)], check=True, capture_output=True, text=True)
        return done.stdout

    with closing(open_store(path)) as first, closing(open_store(path)):
        # Did it take itself for the last one that has the database open, it would delete the log.
        another_program()
        with first.transaction():
            first.connection.execute("insert into meta (key, value) values ('kept', 'what was stored then')")
        assert "what was stored then" in another_program()
