from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import (
    DatabaseBusyError,
    DatabaseDamagedError,
    NewerDatabaseError,
    NotADatabaseError,
    NotFoundError,
    OtherDatabaseError,
    ReadOnlyDatabaseError,
    StoreError,
)
from annotator.store import open_store, opening
from tests.left_log import leave_only_the_log


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
    store = open_store(path)
    store.connection.execute("insert into meta (key, value) values ('a', 'b')")
    leave_only_the_log(store, emptied=emptied)
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


@pytest.mark.parametrize("journal", ["delete", "wal"], ids=["in the file", "still in the write-ahead log"])
def test_a_newer_version_s_database_is_refused(path: Path, journal: str) -> None:
    open_store(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"pragma journal_mode = {journal}")
        newer.execute("pragma user_version = 99")
        refused(path, NewerDatabaseError, "schema 99.*upgrade annotator")


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
    open_store(path).close()

    def read_only(path: Path) -> sqlite3.Connection:
        # What SQLite does with a file that it may not write, and holds for the superuser too.
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)

    monkeypatch.setattr(opening, "connect", read_only)
    refused(path, ReadOnlyDatabaseError, "cannot be written; check the permissions")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everything")
def test_a_database_in_a_folder_without_permission_is_refused(path: Path) -> None:
    open_store(path).close()
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        refused(path, ReadOnlyDatabaseError, "cannot be written")
    finally:
        path.parent.chmod(0o700)


def test_a_damaged_database_is_refused(path: Path) -> None:
    open_store(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    damaged = path.read_bytes()
    with pytest.raises(DatabaseDamagedError, match=r"damaged.*restore a copy"):
        open_store(path)
    assert path.read_bytes() == damaged


def test_whose_it_is_can_be_read_while_a_checkpoint_writes_it(path: Path) -> None:
    open_store(path).close()
    whole = path.read_bytes()
    # Pages are written in their order: the header comes first, and the file grows with the last ones.
    path.write_bytes(whole[:-4096])
    assert opening.identify(path) == opening.SCHEMA_VERSION
    with pytest.raises(DatabaseDamagedError, match="damaged"):
        open_store(path)
    assert path.read_bytes() == whole[:-4096]


def test_a_database_without_its_id_is_refused(path: Path) -> None:
    open_store(path).close()
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("delete from meta")
    bare.execute("pragma journal_mode = delete")
    bare.close()
    with pytest.raises(DatabaseDamagedError, match="lost its id"):
        open_store(path)


def test_a_locked_database_is_said_to_be_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()
    monkeypatch.setattr(opening, "BUSY_TIMEOUT", 0.01)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(DatabaseBusyError, match="another program keeps"):
        open_store(path)
    other.close()


def test_a_python_with_an_sqlite_too_old_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(StoreError, match=r"needs SQLite 3\.37"):
        open_store(path)
    assert not path.exists()
