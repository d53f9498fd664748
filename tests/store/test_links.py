"""A database that is opened by a link: its log stands beside the file that the link points to, as SQLite has it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import DatabaseDamagedError, DatabaseGoneError, NotFoundError
from annotator.store import ledger, open_store
from annotator.store.connection import Store
from annotator.store.file.foreign import copy_foreign
from annotator.store.file.turns import turn_file
from annotator.store.file.wal_index import NOTHING, backfill
from annotator.store.recovering import recover


def decide(store: Store) -> None:
    with store.transaction():
        ledger.append(store, "event", "open", {}, reviewer="ana", session="s")


def entries(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute("select count(*) from ledger").fetchone()
    return int(count)


@pytest.fixture
def real(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk" / "work.db"


@pytest.fixture
def link(real: Path, tmp_path: Path) -> Path:
    made = tmp_path / "link.db"
    made.symlink_to(real)
    return made


def left_open(real: Path) -> bytes:
    """A database one of whose entries is only in its log, as kill -9 leaves it; that log."""
    left = real.with_name("left")
    with closing(open_store(real)) as store:
        store.rest()
        decide(store)
        log = real.with_name(f"{real.name}-wal").read_bytes()
        shutil.copyfile(real, left)
    left.replace(real)
    real.with_name(f"{real.name}-wal").write_bytes(log)
    return log


@pytest.mark.parametrize("emptied", [False, True])
def test_a_log_whose_database_is_gone_stays(real: Path, link: Path, *, emptied: bool) -> None:
    log = left_open(real)
    real.unlink()
    if emptied:
        real.touch()
    with pytest.raises(DatabaseDamagedError if emptied else NotFoundError, match="its write-ahead log is there"):
        open_store(link)
    assert real.with_name(f"{real.name}-wal").read_bytes() == log


def test_what_is_only_in_the_log_is_copied_too(real: Path, link: Path, tmp_path: Path) -> None:
    left_open(real)
    copy_foreign(link, tmp_path / "copy.db")
    assert entries(tmp_path / "copy.db") == 1


def test_what_is_only_in_the_log_is_recovered_too(real: Path, link: Path, tmp_path: Path) -> None:
    left_open(real)
    with closing(open_store(tmp_path / "new.db")) as store:
        assert recover(link, store).entries == 1


def test_all_names_of_a_file_have_one_line_of_who_waits_and_one_log(real: Path, link: Path) -> None:
    assert turn_file(link) == turn_file(real)
    with closing(open_store(real)) as store:
        store.rest()
        decide(store)
        assert backfill(link) == backfill(real) != NOTHING


def test_the_log_of_a_file_that_was_overwritten_is_taken_away(real: Path, link: Path) -> None:
    open_store(real).close()
    copy = real.with_name("copy.db")
    shutil.copyfile(real, copy)
    with closing(open_store(link)) as store:
        decide(store)
        store.rest()
        decide(store)
        shutil.copyfile(copy, real)
        with pytest.raises(DatabaseGoneError, match="overwritten"):
            decide(store)
        assert not real.with_name(f"{real.name}-wal").exists()
    assert entries(real) == 0


def test_the_log_stays_where_only_the_link_points_to_another_file(real: Path, link: Path) -> None:
    with closing(open_store(real)) as another, closing(open_store(link)) as store:
        decide(store)
        link.unlink()
        open_store(link).close()
        with pytest.raises(DatabaseGoneError, match="another file was put in its place"):
            decide(store)
        # Whoever has the file itself open goes on.
        decide(another)
        assert entries(real) == 2
    assert entries(real) == 2
    assert entries(link) == 0
