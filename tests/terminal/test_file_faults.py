"""The database is taken away, replaced, cut, protected or locked while the workbench is open."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from annotator.store import ledger, open_store

Start = Callable[..., Any]
Run = Callable[..., str]
STORY = "The bridge is shut. It was late. Nobody was hurt. It rained at night.\n"


@pytest.fixture(autouse=True)
def path(tmp_path: Path, terminal: Start, run: Run) -> Path:
    """The database, with one article and two decisions on it."""
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    run("import", str(story))
    return tmp_path / "annotations.db"


def decided(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    with closing(open_store(path)) as store:
        return sum(entry.kind == "decision" for entry in ledger.entries(store))


def opened(terminal: Start, **options: Any) -> Any:
    """The workbench with one decision taken."""
    screen = terminal("review", **options)
    screen.wait_for("Claim 1 of 4")
    screen.type("f")
    screen.wait_for("flagged +· +u takes it back")
    return screen


def delete(path: Path) -> None:
    path.unlink()


def move_away(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def move_another_there(path: Path) -> None:
    path.with_name("other.db").rename(path)


def overwrite(path: Path) -> None:
    # At rest the file has all decisions; a copy that is older than that is noticed.
    deadline = time.monotonic() + 20
    while path.with_name("annotations.db-wal").stat().st_size and time.monotonic() < deadline:
        time.sleep(0.1)
    shutil.copyfile(path.with_name("other.db"), path)


def truncate(path: Path) -> None:
    os.truncate(path, 8192)


def protect(path: Path) -> None:
    path.chmod(0o444)


FAULTS = {
    "deleted": (delete, "was deleted or moved away"),
    "moved": (move_away, "was deleted or moved away"),
    "replaced": (move_another_there, "another file was put in its place"),
    "overwritten": (overwrite, "was overwritten while"),
    "truncated": (truncate, "was truncated"),
    "read-only": (protect, "was made read-only"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_happened_to_the_file_is_said_and_nothing_more_is_called_stored(
    fault: str, terminal: Start, run: Run, path: Path
) -> None:
    do, words = FAULTS[fault]
    with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(path.with_name("other.db"))) as copy:
        connection.backup(copy)
    screen = opened(terminal)
    do(path)
    # At once, and without a key.
    screen.wait_for(words)
    for key in "jfa0":
        screen.type(key)
    time.sleep(0.5)
    screen.wait_for(words)
    assert "takes it back" not in screen.text
    screen.type("oAsk the mayor")
    screen.wait_for("Ask the mayor")
    screen.wait_for(f"what you type is not in the database(?s:.*){words.split()[0]}")
    screen.type("\x13")
    screen.wait_for("what you entered waits")
    screen.type("\x11")
    screen.ended()
    if fault == "moved":
        assert decided(path.with_name("elsewhere.db")) == 1
    if fault in ("replaced", "overwritten"):
        assert decided(path) == 0
        run("doctor")
    if fault == "read-only":
        path.chmod(0o644)
        assert decided(path) == 1
        # The note and the place were kept beside the database until it can be written again.
        terminal("review").wait_for("Claim 2 of 4(?s:.*)Not kept +note: Ask the mayor")


def test_a_file_that_is_replaced_is_whole_for_others_while_the_workbench_is_still_open(
    terminal: Start, run: Run, path: Path
) -> None:
    other = path.with_name("other.db")
    shutil.copy(path, other)
    screen = opened(terminal)
    move_another_there(path)
    screen.wait_for("another file was put in its place")
    run("doctor")
    assert decided(path) == 0


def test_a_file_that_is_put_back_is_gone_on_with(terminal: Start, path: Path) -> None:
    screen = opened(terminal)
    move_away(path)
    screen.wait_for("was deleted or moved away")
    path.with_name("elsewhere.db").rename(path)
    time.sleep(1.5)
    screen.type("f")
    screen.wait_for("no longer flagged +· +u takes it back")
    screen.type("\x11")
    assert screen.ended() == 0
    assert decided(path) == 2


def test_a_disk_that_is_full_stores_nothing_and_says_so(terminal: Start, path: Path) -> None:
    def limit() -> None:
        size = path.stat().st_size + 40_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    screen = opened(terminal, before=limit)
    known = decided(path)
    for _ in range(200):
        screen.type("f")
        time.sleep(0.01)
    screen.wait_for("has room")
    assert "takes it back" not in screen.text
    screen.kill()
    assert decided(path) > known


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


def test_a_lock_is_said_at_once_and_what_waited_for_it_is_stored_when_it_goes(terminal: Start, path: Path) -> None:
    screen = opened(terminal)
    with locked(path):
        screen.type("j0")
        screen.wait_for("saving…")
        screen.wait_for("another program may have the database")
        assert "Claim 2 of 4" in screen.text
    screen.wait_for("u takes it back")
    assert decided(path) == 2


def test_ctrl_q_under_a_lock_ends_within_seconds_and_says_what_is_not_stored(terminal: Start, path: Path) -> None:
    screen = opened(terminal)
    with locked(path):
        screen.type("j0")
        screen.wait_for("saving…")
        before = time.monotonic()
        screen.type("\x11")
        assert screen.ended() == 1
        assert time.monotonic() - before < 6
        assert b"is not stored: another program kept the database locked" in screen.output
    assert decided(path) == 1
