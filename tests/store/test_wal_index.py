"""How far the log has been written into the file, and that asking for it costs SQLite no lock."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.store.file import wal_index
from annotator.store.file.wal_index import NOTHING, backfill


def logged(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table t (x)")
    return connection


def test_frames_are_counted_as_they_go_into_the_file(path: Path) -> None:
    assert backfill(path) == NOTHING
    assert NOTHING.is_whole
    with closing(logged(path)) as writer:
        before = backfill(path)
        assert (before.frames > 0, before.done, before.attempted, before.is_whole) == (True, 0, 0, True)
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("begin")
            reader.execute("select * from t").fetchall()
            writer.execute("insert into t values (1)")
            writer.execute("pragma wal_checkpoint(passive)")
            half = backfill(path)
            assert 0 < half.done < half.frames
            assert not half.is_whole
        writer.execute("pragma wal_checkpoint(passive)")
        done = backfill(path)
        assert (done.frames, done.is_whole) == (done.done, True)
        assert done.header == half.header != before.header


@pytest.mark.skipif(sys.platform == "win32", reason="locks go with the process there")
def test_the_locks_of_the_connection_stay(path: Path) -> None:
    asked = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('select * from t').fetchall())"
    with closing(logged(path)) as writer:
        for number in range(2):
            writer.execute("insert into t values (?)", (number,))
            assert backfill(path).frames
            # Did it take itself for the last one, it would delete the log.
            subprocess.run([sys.executable, "-c", asked, str(path)], check=True)
            assert path.with_name(f"{path.name}-wal").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing stays open there")
def test_what_is_gone_is_not_kept_open(tmp_path: Path) -> None:
    for number in range(5):
        path = tmp_path / f"{number}.db"
        logged(path).close()
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("insert into t values (1)")
            assert backfill(path).frames
    assert sum(os.fstat(descriptor).st_nlink == 0 for descriptor in wal_index._opened.values()) <= 1
