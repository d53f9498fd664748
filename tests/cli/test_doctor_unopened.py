"""A database that cannot be opened is a finding of the doctor's too, in its own words; what is none of ours is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from annotator.store import open_store
from annotator.store.opening import SCHEMA_VERSION
from annotator.store.soundness import damage_mark

Command = Callable[..., Result]


def changed(path: Path, at: int, to: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + len(to)] = to
    path.write_bytes(data)


def of_header(at: int, to: bytes) -> Callable[[Path], None]:
    return lambda path: changed(path, at, to)


def of_schema(statement: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("pragma writable_schema = on")
            raw.execute(statement)
            raw.commit()

    return damage


UPDATE = "update sqlite_master set"
DAMAGES = {
    "its first bytes": (of_header(0, b"R"), "integrity: its first bytes are not those of an SQLite database"),
    "whose it is": (of_header(68, b"B"), "integrity: its header says that it is another program's, and its migrations"),
    "its version": (of_header(60, b"\1"), "integrity: its header says schema 16777225, its migrations and tables"),
    "its first page": (of_header(0, bytes(4096)), "integrity: its first bytes are not those of an SQLite database"),
    "the schema's SQL": (of_schema(f"{UPDATE} sql = 'x' where name = 'meta'"), "integrity: the database is damaged"),
    "its id": (of_schema("delete from meta where key = 'database_id'"), "integrity: the database has lost its id"),
    "a table's name": (
        of_schema(f"{UPDATE} name = 'nome', tbl_name = 'nome' where name = 'setting'"),
        "integrity: the database is damaged",
    ),
    "a column's name": (
        of_schema(f"{UPDATE} sql = replace(sql, 'justification', 'justificatioo') where name = 'verdict'"),
        "schema: the table verdict is not as annotator makes it",
    ),
    "a table": (of_schema("drop table refusal"), "schema: the table refusal is not there"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("quick", [True, False])
def test_it_is_a_finding_and_nothing_is_written_any_more(
    command: Command, reviewed: Path, tmp_path: Path, name: str, quick: bool
) -> None:
    damage, said = DAMAGES[name]
    damage(reviewed)
    result = command("doctor", *(["--quick"] if quick else []))
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith(said), result.stdout
    assert f"nothing is written to {reviewed} until this is mended: {damage_mark.WAYS_OUT}" in result.stderr
    assert damage_mark.mark_file(reviewed).exists()
    # Whoever would write says what was found, and not that it is another program's.
    (refused,) = [line for line in command("import", "more.txt").stderr.splitlines() if "found it damaged" in line]
    assert f"{reviewed}: `annotator doctor` found it damaged ({said[:40]}" in refused
    # All of it comes back.
    brought_back = command("recover", str(reviewed), "-o", str(tmp_path / "new.db"))
    if "page" not in name:
        assert (brought_back.stdout, brought_back.exit_code) == ("", 0)
    assert command("--db", str(tmp_path / "new.db"), "doctor").stdout.startswith("healthy: 2 articles, 2 reviewers, 8")


@pytest.mark.parametrize("quick", [True, False])
def test_of_a_file_that_was_cut_the_header_says_whose_it_is(command: Command, reviewed: Path, quick: bool) -> None:
    reviewed.write_bytes(reviewed.read_bytes()[:4096])
    result = command("doctor", *(["--quick"] if quick else []))
    assert result.exit_code == 1
    assert result.stdout == "integrity: the database is damaged (database disk image is malformed)\n"
    assert damage_mark.mark_file(reviewed).exists()


def test_a_later_version_s_of_which_only_the_header_is_left_is_not_said_to_be_an_earlier_one(
    command: Command, reviewed: Path
) -> None:
    whole = reviewed.read_bytes()
    reviewed.write_bytes(whole[:60] + (SCHEMA_VERSION + 1).to_bytes(4) + whole[64:100] + bytes(4096 - 100))
    assert command("doctor").stdout == "integrity: its header says a later schema, and what it is cannot be read\n"


def test_a_restored_copy_is_sound_and_the_mark_goes(command: Command, reviewed: Path) -> None:
    whole = reviewed.read_bytes()
    changed(reviewed, 0, b"R")
    assert command("doctor").exit_code == 1
    reviewed.write_bytes(whole)
    assert command("doctor").exit_code == 0
    assert not damage_mark.mark_file(reviewed).exists()


def test_what_is_no_database_of_ours_is_no_finding(command: Command, tmp_path: Path) -> None:
    words, another = tmp_path / "words.txt", tmp_path / "another.db"
    words.write_text("Rain fell. " * 900)
    with closing(sqlite3.connect(another)) as raw:
        raw.execute("create table article (id)")
    for file, said in ((words, "not an SQLite database"), (another, "another program")):
        result = command("--db", str(file), "doctor")
        assert (result.exit_code, result.stdout) == (1, "")
        assert said in result.stderr.splitlines()[-1]
        assert not damage_mark.mark_file(file).exists()


def test_a_later_version_s_database_is_no_finding(command: Command, reviewed: Path) -> None:
    with closing(sqlite3.connect(reviewed)) as raw:
        raw.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('annotator', 'm9_more', 'now')"
        )
        raw.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
        raw.commit()
    result = command("doctor")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "made by a newer version of annotator" in result.stderr
    assert not damage_mark.mark_file(reviewed).exists()


def test_one_whose_header_says_an_earlier_schema_is_not_brought_up_to_date_again(
    command: Command, reviewed: Path
) -> None:
    for version in (SCHEMA_VERSION - 1, 1, 0):
        with closing(sqlite3.connect(reviewed)) as raw:
            raw.execute(f"pragma user_version = {version}")
        assert command("doctor").stdout.startswith("healthy")
        with closing(open_store(reviewed)) as store:
            assert store.connection.execute("pragma user_version").fetchone() == (SCHEMA_VERSION,)
    assert list(reviewed.parent.glob("*.bak*")) == []
