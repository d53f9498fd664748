from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from annotator.errors import DatabaseDamagedError, DatabaseGoneError, ReadOnlyDatabaseError, StoreError
from annotator.store import Store, articles, doctor, ledger, open_store
from annotator.store.file import open_file
from annotator.store.file.open_file import content_of

AddArticle = Callable[..., str]


def decide(store: Store, count: int = 1) -> None:
    """One more entry in the ledger, or so many."""
    with store.transaction():
        for _ in range(count):
            ledger.append(store, "event", "open", {}, reviewer="ana", session="s")


def entries(path: Path) -> int:
    """How many entries whoever opens the file finds, which is whole."""
    with closing(open_store(path)) as store:
        assert list(doctor.examine(store)) == []
        (count,) = store.connection.execute("select count(*) from ledger").fetchone()
    return int(count)


@pytest.fixture
def copy(path: Path, store: Store, add: AddArticle) -> Path:
    """A copy of the database as it was after one article, of which the original knows more by now."""
    add(store, "Rain fell.")
    store.rest()
    kept = path.with_name("copy.db")
    shutil.copy(path, kept)
    decide(store)
    store.rest()
    decide(store)
    return kept


def other(path: Path, add: AddArticle) -> Path:
    """Another project's database."""
    made = path.with_name("other.db")
    with closing(open_store(made)) as store:
        add(store, "Snow fell.")
        decide(store)
    return made


def test_nothing_is_stored_in_a_file_that_was_deleted(path: Path, store: Store, copy: Path) -> None:
    path.unlink()
    with pytest.raises(DatabaseGoneError, match="was deleted or moved away"):
        decide(store)
    # Whoever puts a copy there finds the copy, without the log of the one that was deleted.
    shutil.copy(copy, path)
    assert entries(path) == entries(copy) == 1


def test_a_file_that_was_moved_takes_all_that_was_stored_along(path: Path, store: Store, copy: Path) -> None:
    elsewhere = path.with_name("elsewhere.db")
    path.rename(elsewhere)
    with pytest.raises(DatabaseGoneError):
        decide(store)
    assert entries(elsewhere) == 3
    elsewhere.rename(path)
    decide(store)
    assert entries(path) == 4
    assert entries(copy) == 1


def test_a_file_that_was_replaced_is_whole_and_nothing_is_stored_in_it(path: Path, store: Store, copy: Path) -> None:
    time.sleep(0.02)
    copy.replace(path)
    with pytest.raises(DatabaseGoneError, match="another file was put in its place"):
        decide(store)
    assert entries(path) == 1
    with pytest.raises(DatabaseGoneError):
        store.check()
    store.close()
    assert entries(path) == 1


def test_a_file_that_was_replaced_by_a_larger_one_is_read_whole_by_others_at_once(
    path: Path, store: Store, copy: Path, add: AddArticle
) -> None:
    made = other(path, add)
    with closing(open_store(made)) as another:
        add(another, "Hail fell. " * 20_000)
    time.sleep(0.02)
    made.replace(path)
    with pytest.raises(DatabaseGoneError):
        store.check()
    assert entries(path) == 3
    assert entries(copy) == 1


@pytest.mark.parametrize("what", ["older", "another", "none"])
def test_a_file_that_was_overwritten_is_whole_and_nothing_is_stored_in_it(
    what: str, path: Path, store: Store, copy: Path, add: AddArticle
) -> None:
    found = {"older": lambda: copy, "another": lambda: other(path, add), "none": lambda: Path(__file__)}[what]()
    shutil.copyfile(found, path)
    with pytest.raises((DatabaseGoneError, DatabaseDamagedError), match="overwritten"):
        decide(store)
    store.close()
    assert path.read_bytes() == found.read_bytes()
    if what != "none":
        assert entries(path) == entries(found)


def test_what_another_has_written_into_the_log_of_a_new_file_stays(path: Path, store: Store, copy: Path) -> None:
    store.rest()
    copy.replace(path)
    time.sleep(0.02)
    program = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "c.execute(\"insert into meta (key, value) values ('made', 'up')\"); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, path], check=True)
    with pytest.raises(DatabaseGoneError):
        decide(store)
    store.close()
    with closing(sqlite3.connect(path)) as after:
        assert after.execute("select value from meta where key = 'made'").fetchone() == ("up",)


def test_a_file_that_was_made_read_only_is_not_written(path: Path, store: Store) -> None:
    path.chmod(0o444)
    with pytest.raises(ReadOnlyDatabaseError, match="was made read-only while it was open"):
        decide(store)
    path.chmod(0o644)
    decide(store)


def test_a_file_that_was_truncated_is_not_written(path: Path, store: Store, copy: Path) -> None:
    size = copy.stat().st_size
    os.truncate(path, 4096)
    with pytest.raises(StoreError, match="overwritten"):
        decide(store)
    assert path.stat().st_size == 4096 < size


def test_what_other_processes_do_to_the_file_is_no_fault(path: Path, store: Store, add: AddArticle) -> None:
    article_id = add(store, "Rain fell. " * 4000)
    store.rest()
    with closing(open_store(path)) as another:
        decide(another)
        decide(store)
        another.rest()
        decide(store)
        # The file is smaller then.
        size = path.stat().st_size
        articles.purge_article(another, article_id, "ana")
        another.rest()
        assert path.stat().st_size < size
    decide(store)
    store.rest()
    decide(store)
    assert entries(path) == 7


def test_at_rest_the_file_is_whole_by_itself(path: Path, store: Store, add: AddArticle) -> None:
    add(store, "Rain fell.")
    store.rest()
    alone = path.with_name("alone.db")
    shutil.copy(path, alone)
    assert entries(alone) == 1


def test_who_rests_waits_for_nobody(path: Path, store: Store) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from ledger").fetchone()
        decide(store)
        store.rest()
    decide(store)


@pytest.mark.parametrize("way", ["replaced", "overwritten", "deleted"])
def test_what_was_begun_before_is_not_committed(way: str, path: Path, store: Store, copy: Path) -> None:
    def begin(then: Callable[[], None]) -> None:
        with store.transaction():
            ledger.append(store, "event", "open", {}, reviewer="ana", session="s")
            then()

    def exchange() -> None:
        if way != "overwritten":
            path.unlink()
        if way != "deleted":
            shutil.copyfile(copy, path)

    time.sleep(0.02)
    with pytest.raises(DatabaseGoneError):
        begin(exchange)
    store.close()
    if way == "deleted":
        shutil.copy(copy, path)
    assert entries(path) == 1


@pytest.mark.parametrize(("written", "whole"), [(100, True), (0, False)])
def test_a_long_checkpoint_of_another_process_is_no_damage(
    path: Path, store: Store, add: AddArticle, monkeypatch: pytest.MonkeyPatch, *, written: int, whole: bool
) -> None:
    add(store, "Rain fell.")
    read, looks = open_file.content_of, iter(range(1, 10_000))
    pages = iter(range(written))

    def torn(at: Path) -> open_file.Content | None:
        """Nothing fits for a hundred looks, between which the file is written `written` times."""
        return None if next(looks) <= 100 else read(at)

    def pause(_seconds: float) -> None:
        if next(pages, None) is not None:
            now = path.stat()
            os.utime(path, ns=(now.st_atime_ns, now.st_mtime_ns + 1000))

    monkeypatch.setattr(open_file, "content_of", torn)
    monkeypatch.setattr(time, "sleep", pause)
    with closing(sqlite3.connect(path)) as another:
        another.execute("pragma wal_checkpoint(truncate)")
    os.utime(path, ns=(1, 1))
    before = store.connection.execute("select count(*) from ledger").fetchone()[0]
    if whole:
        decide(store)
    else:
        with pytest.raises(DatabaseDamagedError, match="truncated or overwritten"):
            decide(store)
    assert store.connection.execute("select count(*) from ledger").fetchone()[0] == before + whole


@contextmanager
def half_a_checkpoint(path: Path, store: Store) -> Iterator[None]:
    """The file by itself is neither what it was nor what it is: somebody still reads what was in between."""
    decide(store, 3)
    store.rest()
    store.check()
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        decide(store, 40)
        reader.execute("begin")
        reader.execute("select count(*) from ledger").fetchone()
        decide(store, 40)
        with closing(sqlite3.connect(path)) as another:
            another.execute("pragma wal_checkpoint(passive)")
        assert open_file.content_of(path) is None
        yield


def test_a_checkpoint_that_somebody_s_reading_stops_is_no_damage(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is waited for.
    monkeypatch.delattr(time, "sleep")
    file = store.file
    assert file is not None
    with half_a_checkpoint(path, store):
        store.check()
        assert file.in_place()
        decide(store)
        between = [file.between]
    store.rest()
    decide(store)
    assert [*between, file.between] == [True, False]
    assert entries(path) == 85


@pytest.mark.parametrize("what", ["another", "older", "none"])
def test_what_is_written_over_half_a_checkpoint_is_noticed(
    what: str, path: Path, store: Store, add: AddArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    older = path.with_name("older.db")
    store.rest()
    shutil.copyfile(path, older)
    found = {"older": lambda: older, "another": lambda: other(path, add), "none": lambda: Path(__file__)}[what]()
    with half_a_checkpoint(path, store):
        store.check()
        shutil.copyfile(found, path)
        with pytest.raises((DatabaseGoneError, DatabaseDamagedError), match="overwritten"):
            decide(store)
        assert path.read_bytes() == found.read_bytes()


def test_a_file_that_became_smaller_and_has_a_longer_log_by_now_is_not_truncated(
    path: Path, store: Store, add: AddArticle
) -> None:
    article_id = add(store, "Rain fell. " * 4000)
    store.rest()
    store.check()
    with closing(open_store(path)) as another:
        articles.purge_article(another, article_id, "ana")
        another.rest()
        add(another, "Rain fell again. " * 4000)
        decide(store)
    assert entries(path) == 4


def test_what_has_the_wrong_pages_in_its_place_holds_nothing_that_can_be_told(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as raw:
        raw.executescript(
            "create table meta (key, value); insert into meta values ('database_id', 'one');"
            "create table ledger (lamport); insert into ledger values (x'01a2ff')"
        )
    assert content_of(tmp_path / "a.db") is None
