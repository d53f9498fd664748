"""The ninth migration that is ended in the middle, or has no room: the next start has all of it, and no half copy."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import DiskFullError
from annotator.model.check import Check
from annotator.store import doctor, open_store, opening
from annotator.store.fact_checks import checks
from annotator.workflow.fact_checks.check_matching import words_of
from tests.opening_cut_short import fill_disk, opened_until
from tests.workflow.eighth_schema import older

Dumped = Callable[[sqlite3.Connection], list[str]]

ANSWERS = ("False", "Half true", "True")
KILLS = int(os.environ.get("KILLS", "9"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of the eighth schema with 40 fact-checks, some of them corrected once or twice."""
    path = tmp_path / "work.db"
    with closing(open_store(path)) as store:
        for day, answer in enumerate(ANSWERS, 1):
            rows = [
                Check(f"c{number}", f"Boat {number} sank.", date=f"2026-01-0{day}", verdict=answer)
                for number in range(40 // day)
            ]
            checks.save(store, [(each, words_of(each)) for each in rows], "checks.jsonl", words_of)
    older(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("vacuum")
    return path


def contents(path: Path, dumped: Dumped) -> list[str]:
    with closing(open_store(path)) as store:
        assert list(doctor.examine(store, words_of=words_of)) == []
        return [row for row in dumped(store.connection) if not row.startswith(("_sqlite_migrations", "meta"))]


def copies(path: Path) -> list[str]:
    return [each.name for each in path.parent.glob("work.db.schema*")]


@pytest.mark.times(KILLS / 9)
def test_killed_anywhere_in_it_the_next_start_has_all(old: Path, tmp_path: Path, dumped: Dumped) -> None:
    before = old.read_bytes()
    whole = tmp_path / "whole.db"
    whole.write_bytes(before)
    statements = int(opened_until(whole, 0).stdout)
    assert statements > 100
    expected = contents(whole, dumped)
    for kill in range(KILLS):
        for file in old.parent.glob("work.db*"):
            file.unlink()
        old.write_bytes(before)
        ended = opened_until(old, 1 + kill * (statements - 1) // max(1, KILLS - 1))
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        assert contents(old, dumped) == expected, kill
        assert all(name.endswith(".bak") for name in copies(old))


def test_without_room_it_is_as_it_was_and_no_copy_is_left(
    old: Path, dumped: Dumped, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(old)) as raw:
        before = dumped(raw)
    fill_disk(monkeypatch, 1)
    for _ in range(2):
        with pytest.raises(DiskFullError, match=r"the disk is full.*nothing was changed"):
            open_store(old)
        assert copies(old) == []
    monkeypatch.undo()
    with closing(sqlite3.connect(old)) as raw:
        assert dumped(raw) == before
    open_store(old).close()
    assert len(copies(old)) == 1


def test_ended_once_all_is_stored_the_copy_stays(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Ended(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            done = super().execute(sql, parameters)
            if sql == "commit":
                raise KeyboardInterrupt
            return done

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Ended))
    with pytest.raises(KeyboardInterrupt):
        open_store(old)
    monkeypatch.undo()
    with closing(sqlite3.connect(old)) as raw:
        assert raw.execute("pragma user_version").fetchone() == (opening.SCHEMA_VERSION,)
    assert len(copies(old)) == 1


def test_half_copies_of_who_was_ended_go_with_the_next_start(old: Path) -> None:
    for name in ("work.db.schema8-20260101T000000.bak.part", "work.db.schema8-20260101T000000.bak.part-journal"):
        old.with_name(name).write_bytes(b"half")
    whole = old.with_name("work.db.schema7-20250101T000000.bak")
    whole.write_bytes(b"whole")
    open_store(old).close()
    assert len(copies(old)) == 2
    assert whole.name in copies(old)
    assert not [name for name in copies(old) if "part" in name]
