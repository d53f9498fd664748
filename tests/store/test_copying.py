"""Somebody else's database is copied as of one moment, and nothing of it or beside it is changed."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import DatabaseBusyError, DatabaseDamagedError, NoRoomError, StoreError
from annotator.store import articles, open_store
from annotator.store.file import copying
from annotator.store.file.foreign import check_foreign, copy_foreign
from tests.store.test_read_only import article, as_somebody_else, files, folder, protect

__all__ = ["folder"]
pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
BRIDGE, FERRY = "The bridge closed.", "The ferry ran."


def texts(copy: Path) -> list[str]:
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        return [row[0] for row in connection.execute("select text from article_text order by article")]


def add_ferry(path: Path) -> None:
    with closing(open_store(path)) as store:
        articles.add_article(store, *article(FERRY), [], None)


def test_a_file_that_nobody_has_open_is_copied_and_gets_no_log(folder: Path, tmp_path: Path) -> None:
    before = files(folder)
    copy_foreign(folder / "work.db", tmp_path / "copy.db")
    assert files(folder) == before
    assert texts(tmp_path / "copy.db") == [BRIDGE]
    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]


@pytest.mark.parametrize("with_index", [True, False], ids=["log and index", "log alone"])
@pytest.mark.parametrize("is_protected", [True, False], ids=["protected", "as it was"])
def test_what_is_only_in_the_log_is_copied_too(folder: Path, with_index: bool, is_protected: bool) -> None:
    left, target = folder / "left", folder / "target"
    left.mkdir()
    target.mkdir()
    target.chmod(0o777)
    with closing(open_store(folder / "work.db")) as store:
        articles.add_article(store, *article(FERRY), [], None)
        for path in folder.glob("work.db*"):
            shutil.copyfile(path, left / path.name)
    if not with_index:
        (left / "work.db-shm").unlink()
    if is_protected:
        protect(left)
    before = files(left)
    try:
        if is_protected:
            as_somebody_else(lambda: copy_foreign(left / "work.db", target / "copy.db"))
        else:
            copy_foreign(left / "work.db", target / "copy.db")
        now = files(left)
        assert {name: held for name, held in now.items() if not name.endswith("-shm")} == {
            name: held for name, held in before.items() if not name.endswith("-shm")
        }
        assert now.keys() == before.keys()
    finally:
        left.chmod(0o755)
    assert [path.name for path in target.iterdir()] == ["copy.db"]
    assert texts(target / "copy.db") == [BRIDGE, FERRY]


def test_what_is_written_while_it_is_copied_is_copied_whole(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, backed_up = folder / "work.db", copying._backed_up
    ways: list[str] = []

    def meanwhile(source: Path, how: str, target: Path) -> bool:
        done = backed_up(source, how, target)
        ways.append(how)
        if len(ways) == 1:
            add_ferry(path)
        return done

    monkeypatch.setattr(copying, "_backed_up", meanwhile)
    copy_foreign(path, tmp_path / "copy.db")
    assert len(ways) == 2
    assert texts(tmp_path / "copy.db") == [BRIDGE, FERRY]


def test_a_file_that_is_written_all_the_time_is_given_up(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "BUSY_TIMEOUT", 0)
    monkeypatch.setattr(copying, "_copied_at_rest", lambda _path, _target: False)
    with pytest.raises(DatabaseBusyError, match="write into it all the time"):
        copy_foreign(folder / "work.db", tmp_path / "copy.db")


@pytest.mark.parametrize("name", ["work.db", "link/work.db"])
def test_a_file_that_is_open_is_copied_by_sqlite_however_much_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (folder / "link").mkdir()
    (folder / "link" / "work.db").symlink_to(folder / "work.db")
    monkeypatch.setattr(copying, "_copied_at_rest", lambda _path, _target: pytest.fail("it is never at rest"))
    with closing(open_store(folder / "work.db")) as store:
        articles.add_article(store, *article(FERRY), [], None)
        copy_foreign(folder / name, tmp_path / "copy.db")
    assert texts(tmp_path / "copy.db") == [BRIDGE, FERRY]


@pytest.mark.parametrize("seconds", [-60.0, 0.0, 60.0])
def test_what_was_changed_just_now_may_change_again_at_the_same_time_of_the_clock(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    path = folder / "work.db"
    changed = path.stat().st_mtime_ns / 1e9
    monkeypatch.setattr(time, "time", lambda: changed + seconds)
    assert copying._copied_at_rest(path, tmp_path / "copy.db") is (seconds != 0)


@pytest.fixture
def left(folder: Path) -> Path:
    """A database of which one article is only in its log, as a program that was killed leaves it."""
    left = folder / "left"
    left.mkdir()
    with closing(open_store(folder / "work.db")) as store:
        articles.add_article(store, *article(FERRY), [], None)
        for name in ("work.db", "work.db-wal"):
            shutil.copyfile(folder / name, left / name)
    return left / "work.db"


def test_a_log_that_goes_while_it_is_copied_has_it_copied_again(
    left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copyfile, tried = shutil.copyfile, []

    def gone_once(source: Path, target: Path) -> object:
        tried.append(source)
        if len(tried) == 1:
            raise FileNotFoundError(source)
        return copyfile(source, target)

    monkeypatch.setattr(shutil, "copyfile", gone_once)
    copy_foreign(left, tmp_path / "copy.db")
    assert len(tried) == 2
    assert texts(tmp_path / "copy.db") == [BRIDGE, FERRY]


def test_a_log_that_an_attempt_has_left_is_no_part_of_the_copy(left: Path, tmp_path: Path) -> None:
    shutil.copyfile(left.with_name("work.db-wal"), tmp_path / "copy.db-wal")
    left.with_name("work.db-wal").unlink()
    shutil.copyfile(left, tmp_path / "copy.db")
    copy_foreign(left, tmp_path / "copy.db")
    assert texts(tmp_path / "copy.db") == [BRIDGE]


@pytest.mark.parametrize(
    ("number", "error", "said"),
    [
        (errno.EIO, StoreError, "cannot be copied to {folder}: Input/output error"),
        (errno.ENOSPC, NoRoomError, "no room for temporary files"),
    ],
)
def test_what_keeps_it_from_being_copied_is_said(
    left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception], said: str
) -> None:
    def fails(_source: Path, _target: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(shutil, "copyfile", fails)
    with pytest.raises(error, match=said.format(folder=tmp_path)):
        copy_foreign(left, tmp_path / "copy.db")


def test_a_copy_that_is_damaged_is_refused(folder: Path, tmp_path: Path) -> None:
    copy_foreign(folder / "work.db", tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as raw:
        (size,) = raw.execute("pragma page_size").fetchone()
        (root,) = raw.execute("select rootpage from sqlite_master where name = 'article_text'").fetchone()
    held = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(held[: (root - 1) * size] + bytes(size) + held[root * size :])
    with pytest.raises(DatabaseDamagedError, match=r"work\.db: the database is damaged \("):
        check_foreign(tmp_path / "copy.db", folder / "work.db")


def test_who_has_it_open_keeps_the_locks_on_it(folder: Path, tmp_path: Path) -> None:
    path = folder / "work.db"
    with closing(open_store(path)) as store:
        store.rest()
        copy_foreign(path, tmp_path / "copy.db")
        # Another program that takes itself for the last one deletes the log when it ends.
        other = "import sqlite3, sys; it = sqlite3.connect(sys.argv[1]); it.execute('select * from meta'); it.close()"
        subprocess.run([sys.executable, "-c", other, str(path)], check=True)
        assert path.with_name("work.db-wal").exists()
        articles.add_article(store, *article(FERRY), [], None)
    assert texts(path) == [BRIDGE, FERRY]


def test_a_transaction_that_was_stopped_in_the_middle_is_taken_back_in_the_copy(folder: Path, tmp_path: Path) -> None:
    path = folder / "work.db"
    stop = (
        f"import os, sqlite3; other = sqlite3.connect({str(path)!r}); other.execute('pragma journal_mode = delete'); "
        "other.execute('pragma cache_size = 1'); other.execute('begin'); "
        "other.execute('pragma cache_spill = 1'); other.execute('drop trigger ledger_keeps_entries'); "
        "other.execute(\"update article_text set text = 'x'\"); "
        "other.execute('create table filling (x)'); "
        "other.execute('with recursive n (i) as (select 1 union all select i + 1 from n where i < 4000) "
        "insert into filling select randomblob(400) from n'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", stop], check=False)
    assert path.with_name("work.db-journal").stat().st_size > 0
    before = files(folder)
    copy_foreign(path, tmp_path / "copy.db")
    assert files(folder) == before
    assert texts(tmp_path / "copy.db") == [BRIDGE]


def test_where_there_is_no_room_for_the_copy_it_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        copy_foreign(folder / "work.db", tmp_path / "missing" / "copy.db")
