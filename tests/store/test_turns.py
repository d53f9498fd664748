"""Who waits to write is not passed by those who come later, and nobody waits for one who is gone."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from annotator.errors import DatabaseBusyError
from annotator.model.ledger import utc_now
from annotator.store import Store, connection, open_store
from annotator.store.file import turns

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there nobody stands in a line")

WAITING = """
import sys
from pathlib import Path
from annotator.store.file.turns import turn
with turn(Path(sys.argv[1])):
    print(sys.argv[2], flush=True)
    sys.stdin.readline()
"""


@contextmanager
def waiting(path: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    """A process that stands in the line, says its name when it is its turn, and keeps that until it is told."""
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING, path, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def until_somebody_stands_behind(line: int, moment: int) -> None:
    """Wait until another process has taken a place at or behind this moment."""
    import fcntl

    while True:
        try:
            fcntl.lockf(line, fcntl.LOCK_EX | fcntl.LOCK_NB, 0, moment)
        except OSError:
            return
        fcntl.lockf(line, fcntl.LOCK_UN, 0, moment)


def decide(store: Store) -> None:
    with store.transaction():
        store.connection.execute("insert into meta (key, value) values ('test', ?)", (utc_now(),))
        store.connection.execute("delete from meta where key = 'test'")


def test_turns_are_taken_in_the_order_in_which_they_were_asked_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_IN_LINE", 60.0)
    open_store(path).close()
    line = os.open(turns.turn_file(path), os.O_RDWR | os.O_CREAT)
    names = [f"reviewer {number}" for number in range(4)]
    with turns.turn(path):
        waiters = []
        contexts = []
        for name in names:
            moment = time.monotonic_ns() // 1000
            contexts.append(waiting(path, name))
            waiters.append(contexts[-1].__enter__())
            until_somebody_stands_behind(line, moment)
    order = []
    for process in waiters:
        # Each keeps its turn until it is told: whoever speaks before is out of turn.
        order.append(said(process))
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        process.wait()
    for context in contexts:
        context.__exit__(None, None, None)
    os.close(line)
    assert order == names


def test_nobody_waits_for_a_writer_who_was_killed(path: Path) -> None:
    store = open_store(path)
    with waiting(path, "ana") as process:
        assert said(process) == "ana"
        process.kill()
        process.wait()
        decide(store)
    store.close()


def test_a_stopped_program_in_the_line_is_passed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_IN_LINE", 0.05)
    store = open_store(path)
    with waiting(path, "ana") as process:
        assert said(process) == "ana"
        process.send_signal(signal.SIGSTOP)
        decide(store)
    store.close()


def test_a_lock_of_another_program_is_waited_for_and_then_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(path)
    monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(DatabaseBusyError, match="another program keeps"):
            decide(store)
        other.execute("rollback")
        decide(store)
    store.close()


def test_a_folder_that_takes_no_file_costs_only_the_line(path: Path) -> None:
    store = open_store(path)
    # What stands in the file's place cannot be opened for writing.
    turns.turn_file(path).unlink()
    turns.turn_file(path).mkdir()
    decide(store)
    store.close()
    assert turns.turn_file(path).is_dir()


def test_whoever_may_write_the_database_may_stand_in_the_line(path: Path) -> None:
    open_store(path).close()
    path.chmod(0o660)
    before = os.umask(0o077)
    try:
        with turns.turn(path):
            assert turns.turn_file(path).stat().st_mode & 0o777 == 0o660
    finally:
        os.umask(before)


def test_a_link_in_the_place_of_the_line_is_not_followed(path: Path, tmp_path: Path) -> None:
    store = open_store(path)
    turns.turn_file(path).unlink()
    turns.turn_file(path).symlink_to(tmp_path / "elsewhere")
    decide(store)
    store.close()
    assert not (tmp_path / "elsewhere").exists()


def test_a_closed_database_leaves_no_line_behind(path: Path) -> None:
    store = open_store(path)
    decide(store)
    store.close()
    assert sorted(found.name for found in path.parent.iterdir()) == [path.name]


def test_after_the_asking_sqlite_waits_again_by_itself(path: Path, store: Store) -> None:
    """Reading a busy database goes on to wait: only whoever begins to write asks in short steps."""

    def patience(of: sqlite3.Connection) -> int:
        return int(of.execute("pragma busy_timeout").fetchone()[0])

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        turns.begin_writing(other, 7.5)
        assert (other.in_transaction, patience(other)) == (True, 7500)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            turns.begin_writing(store.connection, 0.03)
        assert patience(store.connection) == 30
        other.execute("rollback")
