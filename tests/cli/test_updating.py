"""The first start after an update: what is said while a database of an earlier version is brought up to date."""

from __future__ import annotations

import lzma
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from annotator.errors import DatabaseBusyError
from annotator.store import connection, open_store, opening
from annotator.store.file.turns import is_updating
from annotator.store.migration import updating

Command = Callable[..., Result]
Dumped = Callable[[sqlite3.Connection], list[str]]

KEPT = Path(__file__).parents[1] / "store" / "kept" / "schema-2.db.xz"

HOLDING = """
import sqlite3, sys
from pathlib import Path
from annotator.store.file.turns import updating

path = Path(sys.argv[1])
with updating(path):
    held = sqlite3.connect(path, isolation_level=None)
    held.execute("begin immediate")
    print("held", flush=True)
    sys.stdin.readline()
    held.execute("rollback")
    held.close()
"""
"""Holds a database as a program does that brings it up to date, until a line comes."""


@pytest.fixture
def old(database: Path) -> Path:
    """A database of the second schema."""
    database.write_bytes(lzma.decompress(KEPT.read_bytes()))
    return database


class Holder:
    """Another program that brings the database up to date."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-c", HOLDING, str(path)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "held\n"

    def end(self) -> None:
        """Have it end, and wait for that."""
        self.process.communicate("\n")


def test_plain_lines_say_that_it_is_done_and_where_the_old_one_is(old: Path, command: Command) -> None:
    said = command("articles").stderr
    (copy,) = old.parent.glob("*.bak")
    assert f"{old}: was made by an earlier version and is brought up to date, once; as it was it stays in " in said
    assert copy.name in said
    assert "it is up to date; freeing the space" in said
    assert "brought up to date" not in command("articles").stderr


def test_long_work_says_how_far_it_is(old: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.cli.progress.FIRST_LINES", 0.0)
    shares = [int(share) for share in re.findall(r"bringing it up to date: (\d+) %", command("articles").stderr)]
    assert shares == sorted(shares)
    assert len(set(shares)) > 20
    assert shares[-1] == 100


def test_a_terminal_has_a_bar(old: Path, on_a_terminal: Callable[..., str]) -> None:
    said = on_a_terminal("articles")
    assert old.name in said
    assert re.search(r"bringing it up to date  \[#+\]  100%", said)


def test_ctrl_c_leaves_it_as_it_was_and_says_so(
    old: Path, command: Command, dumped: Dumped, monkeypatch: pytest.MonkeyPatch
) -> None:
    def contents() -> list[str]:
        with closing(sqlite3.connect(old)) as read:
            return [*dumped(read), str(read.execute("pragma user_version").fetchone())]

    before, more = contents(), updating.Pace.more

    def pressed(pace: updating.Pace, units: int) -> None:
        if pace.done > pace.total // 2:
            raise KeyboardInterrupt
        more(pace, units)

    monkeypatch.setattr(updating.Pace, "more", pressed)
    stopped = command("articles")
    assert stopped.exit_code == 130
    assert "interrupted: the database is as it was" in stopped.stderr
    assert contents() == before
    monkeypatch.undo()
    assert command("--db", str(old), "doctor").exit_code == 0


def test_a_copy_that_is_not_whole_does_not_pass_for_one(
    old: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def pressed(_pace: updating.Pace, *_said: int) -> None:
        seen.extend(path.name for path in old.parent.glob("*.bak*"))
        raise KeyboardInterrupt

    monkeypatch.setattr(updating.Pace, "copied", pressed)
    assert command("articles").exit_code == 130
    assert [name[-5:] for name in seen] == [".part"]
    assert list(old.parent.glob("*.bak*")) == []


class Heard(updating.Nobody):
    """Ends the other program when it is waited for."""

    def __init__(self, other: Holder) -> None:
        self.other, self.waited = other, 0

    def waits(self, path: Path) -> None:
        """Counted."""
        assert is_updating(path)
        self.waited += 1
        self.other.end()


@pytest.mark.parametrize("version", [2, opening.SCHEMA_VERSION])
def test_who_opens_meanwhile_hears_what_it_waits_for(old: Path, version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if version > 2:
        open_store(old).close()
    # However long it takes.
    monkeypatch.setattr(opening, "BUSY_TIMEOUT", 0.01)
    monkeypatch.setattr(opening, "_BEFORE_ASKING", 0.01)
    heard = Heard(Holder(old))
    with closing(open_store(old, told=heard)) as store:
        assert store.connection.execute("pragma busy_timeout").fetchone() == (10,)
    assert heard.waited == 1
    assert not is_updating(old)


def test_the_command_says_it_in_one_line(old: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Holder(old)
    monkeypatch.setattr(opening, "_BEFORE_ASKING", 0.01)

    def asked(path: Path) -> bool:
        found = is_updating(path)
        other.end()
        return found

    monkeypatch.setattr(opening, "is_updating", asked)
    said = command("articles")
    assert said.exit_code == 0
    assert said.stderr.count(f"{old}: another program is bringing the database up to date; waiting until it is") == 1


def test_who_has_it_open_and_cannot_write_meanwhile_is_told_why(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_store(old)) as store:
        other = Holder(old)
        monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.01)
        said = "another program is bringing the database up to date; wait until"
        with pytest.raises(DatabaseBusyError, match=said), store.transaction():
            pass
        other.end()
        with store.transaction():
            pass


def test_a_killed_program_brings_nothing_up_to_date(old: Path) -> None:
    other = Holder(old)
    assert is_updating(old)
    other.process.kill()
    other.process.communicate()
    assert not is_updating(old)


def test_a_damaged_one_is_refused_and_left_as_it_is(old: Path, command: Command) -> None:
    with closing(sqlite3.connect(old)) as read:
        ((page,),) = read.execute("select rootpage from sqlite_master where name = 'ledger_order'").fetchall()
        ((size,),) = read.execute("pragma page_size").fetchall()
    damaged = bytearray(old.read_bytes())
    # The last byte of a page of an index is one of a row's number: nothing but SQLite's own check meets it.
    damaged[page * size - 1] ^= 1
    old.write_bytes(damaged)
    for arguments in (("articles",), ("project", "lead", "ana")):
        refused = command(*arguments)
        assert refused.exit_code == 1
        assert f"annotator: {old}: the database is damaged (" in refused.stderr
        assert "is not brought up to date, and nothing was changed; restore a copy of it" in refused.stderr
    assert old.read_bytes() == damaged
    assert list(old.parent.glob("*.bak*")) == []
