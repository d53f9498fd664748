from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from annotator.errors import (
    DatabaseBusyError,
    DatabaseDamagedError,
    DiskFullError,
    NewerDatabaseError,
    NotADatabaseError,
    NotFoundError,
    OtherDatabaseError,
    ReadOnlyDatabaseError,
    StoreError,
)
from annotator.store import Store, connection, doctor, open_store, opening
from annotator.store.migration import migrations
from tests.opening_cut_short import fill_disk

AddArticle = Callable[..., str]
Dumped = Callable[[sqlite3.Connection], list[str]]


def folder_bytes(folder: Path) -> dict[str, bytes]:
    """What is in the folder's files, but for SQLite's own index of the write-ahead log and a log that is empty."""
    found = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    return {name: held for name, held in found.items() if held and not name.endswith("-shm")}


def refused(path: Path, error: type[StoreError], says: str) -> None:
    """Opening fails with this error, one line that names the file, and nothing in its folder is changed."""
    before = folder_bytes(path.parent)
    with pytest.raises(error) as raised:
        open_store(path)
    message = str(raised.value)
    assert type(raised.value) is error
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert re.search(says, message)
    assert folder_bytes(path.parent) == before


def closed_database(path: Path) -> None:
    open_store(path).close()


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
    closed_database(path)
    assert path.read_bytes()[:15] == b"SQLite format 3"


def test_an_empty_file_is_said_to_be_one_where_a_database_is_wanted(path: Path) -> None:
    path.touch()
    with pytest.raises(
        NotFoundError, match="an empty file, with nothing in it yet; `annotator import` makes a database"
    ):
        open_store(path, create=False)
    assert [(file.name, file.read_bytes()) for file in path.parent.iterdir()] == [(path.name, b"")]


@pytest.mark.parametrize("emptied", [False, True])
@pytest.mark.parametrize("create", [False, True])
def test_a_log_without_its_database_stays(path: Path, *, create: bool, emptied: bool) -> None:
    # SQLite would delete it with the decisions in it, and say nothing.
    log = path.with_name(f"{path.name}-wal")
    store = open_store(path)
    store.connection.execute("insert into meta (key, value) values ('a', 'b')")
    kept = log.read_bytes()
    store.close()
    path.unlink()
    log.write_bytes(kept)
    if emptied:
        path.touch()
    before = folder_bytes(path.parent)
    said = "emptied by another program" if emptied else "no such database"
    with pytest.raises(
        DatabaseDamagedError if emptied else NotFoundError, match=f"{said}, but its write-ahead log is there"
    ):
        open_store(path, create=create)
    assert folder_bytes(path.parent) == before


def test_a_file_that_is_not_sqlite_is_refused(path: Path) -> None:
    path.write_bytes(b"Gates shut.\n" * 50)
    refused(path, NotADatabaseError, "not an SQLite database; use --db")


def test_another_program_s_database_is_refused(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("create table photograph (id integer primary key)")
    other.close()
    refused(path, OtherDatabaseError, "another program; use --db")


def test_a_newer_version_s_database_is_refused(path: Path) -> None:
    closed_database(path)
    newer = sqlite3.connect(path)
    newer.execute("pragma journal_mode = delete")
    newer.execute("pragma user_version = 99")
    newer.close()
    refused(path, NewerDatabaseError, "schema 99.*upgrade annotator")


def test_a_newer_version_that_is_still_in_the_write_ahead_log_is_refused(path: Path) -> None:
    closed_database(path)
    newer = sqlite3.connect(path)
    newer.execute("pragma user_version = 99")
    with pytest.raises(NewerDatabaseError):
        open_store(path)
    newer.close()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, NotADatabaseError, "a folder, not a database")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(ReadOnlyDatabaseError, match=r"Not a directory|cannot be made"):
        open_store(tmp_path / "file" / "work.db")


def test_no_database_is_made_where_none_is_wanted(path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such database"):
        open_store(path, create=False)
    assert not path.exists()


def test_a_read_only_database_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed_database(path)

    def read_only(path: Path) -> sqlite3.Connection:
        # What SQLite does with a file that it may not write, and holds for the superuser too.
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)

    monkeypatch.setattr(opening, "connect", read_only)
    refused(path, ReadOnlyDatabaseError, "cannot be written; check the permissions")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everything")
def test_a_database_in_a_folder_without_permission_is_refused(path: Path) -> None:
    closed_database(path)
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        refused(path, ReadOnlyDatabaseError, "cannot be written")
    finally:
        path.parent.chmod(0o700)


def test_a_damaged_database_is_refused(path: Path) -> None:
    closed_database(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    damaged = path.read_bytes()
    with pytest.raises(DatabaseDamagedError, match=r"damaged.*restore a copy"):
        open_store(path)
    assert path.read_bytes() == damaged


def test_whose_it_is_can_be_read_while_a_checkpoint_writes_it(path: Path) -> None:
    closed_database(path)
    whole = path.read_bytes()
    # Pages are written in their order: the header comes first, and the file grows with the last ones.
    path.write_bytes(whole[:-4096])
    assert opening.identify(path) == opening.SCHEMA_VERSION
    with pytest.raises(DatabaseDamagedError, match="damaged"):
        open_store(path)
    assert path.read_bytes() == whole[:-4096]


def test_a_database_without_its_id_is_refused(path: Path) -> None:
    closed_database(path)
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("delete from meta")
    bare.execute("pragma journal_mode = delete")
    bare.close()
    with pytest.raises(DatabaseDamagedError, match="lost its id"):
        open_store(path)


def test_a_locked_database_is_said_to_be_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed_database(path)
    monkeypatch.setattr(opening, "BUSY_TIMEOUT", 0.01)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(DatabaseBusyError, match="another program keeps"):
        open_store(path)
    other.close()


def test_a_full_disk_makes_no_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_disk(monkeypatch, 5)
    with pytest.raises(DiskFullError, match="the disk is full"):
        open_store(path)
    assert [(file.name, file.read_bytes()) for file in path.parent.iterdir()] == [(path.name, b"")]
    monkeypatch.undo()
    closed_database(path)


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


NEXT = opening.SCHEMA_VERSION + 1


def next_schema(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """This program as its next version might be: one more migration."""
    later = Migrations("annotator")
    for name, migration in sorted(vars(migrations).items()):
        if re.fullmatch(r"m\d{4}_.+", name):
            later()(migration)

    @later()
    def m9999_mood(db: Database) -> None:
        db.execute(statement)

    monkeypatch.setattr(migrations, "migrations", later)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", NEXT)


def test_a_python_with_an_sqlite_too_old_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(StoreError, match=r"needs SQLite 3\.37"):
        open_store(path)
    assert not path.exists()


def test_an_older_database_is_copied_beside_itself_and_migrated(
    path: Path, add: AddArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = open_store(path)
    article_id = add(old, "Rain fell.")
    old.close()
    next_schema(monkeypatch, "alter table article add column mood text")
    new = open_store(path)
    assert new.database_id == old.database_id
    assert new.connection.execute("select id, mood from article").fetchall() == [(article_id, None)]
    assert new.connection.execute("pragma user_version").fetchone()[0] == NEXT
    new.close()
    (backup,) = path.parent.glob("*.bak")
    assert re.fullmatch(rf"work\.db\.schema{NEXT - 1}-\d{{8}}T\d{{6}}\.bak", backup.name)
    monkeypatch.undo()
    kept = open_store(backup)
    assert list(doctor.examine(kept)) == []
    assert kept.connection.execute("select id from article").fetchall() == [(article_id,)]
    kept.close()


def test_a_migration_that_fails_leaves_the_old_database_as_it_was_and_no_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_database(path)
    next_schema(monkeypatch, "alter table nowhere add column mood text")
    with pytest.raises(StoreError, match="nowhere"):
        open_store(path)
    assert list(path.parent.glob("*.bak*")) == []
    monkeypatch.undo()
    reopened = open_store(path)
    assert list(doctor.examine(reopened)) == []
    reopened.close()


def test_a_copy_that_cannot_be_made_stops_the_migration_and_leaves_no_half(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_database(path)
    next_schema(monkeypatch, "alter table article add column mood text")
    genuine = sqlite3.connect

    class Full(sqlite3.Connection):
        def backup(self, target: sqlite3.Connection, **options: object) -> None:
            # Writing to the copy meets a full disk.
            target.execute("pragma max_page_count = 1")
            target.execute("create table t (x)")
            target.execute("insert into t values (zeroblob(100000))")

    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: genuine(*given, factory=Full, **named))
    with pytest.raises(DiskFullError):
        open_store(path)
    monkeypatch.undo()
    assert list(path.parent.glob("*.bak*")) == []
    reopened = open_store(path)
    assert reopened.connection.execute("pragma user_version").fetchone()[0] == NEXT - 1
    reopened.close()


def test_two_that_migrate_at_once_keep_a_copy_of_the_old_schema(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed_database(path)
    next_schema(monkeypatch, "alter table article add column mood text")
    genuine = connection.connect

    def overtaken(given: Path) -> sqlite3.Connection:
        opened = genuine(given)
        monkeypatch.setattr(opening, "connect", genuine)
        open_store(path).close()
        return opened

    monkeypatch.setattr(opening, "connect", overtaken)
    open_store(path).close()
    (backup,) = path.parent.glob("*.bak")
    copy = sqlite3.connect(backup)
    assert copy.execute("pragma user_version").fetchone()[0] == NEXT - 1
    copy.close()


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
