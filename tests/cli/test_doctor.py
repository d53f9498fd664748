from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from click.testing import Result

from annotator.store import open_store
from annotator.store.doctor import UNSEEN_QUICKLY

Command = Callable[..., Result]


def test_a_healthy_database_says_so_with_its_counts(command: Command, reviewed: Path) -> None:
    result = command("doctor")
    assert result.exit_code == 0
    assert result.stdout == "healthy: 2 articles, 2 reviewers, 8 ledger entries\n"
    assert result.stderr == f"database: {reviewed}\n"


def test_each_finding_is_a_line_and_the_exit_is_not_zero(command: Command, reviewed: Path) -> None:
    with closing(open_store(reviewed)) as store:
        store.connection.execute("update judgement set note = 'somebody else''s \x1b[31m' where note is not null")
    result = command("doctor")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("projection: judgement: ") for line in lines)
    assert "\x1b" not in result.stdout
    assert "healthy" not in result.stdout


def test_a_quick_look_says_in_one_line_what_it_left_out(command: Command, reviewed: Path) -> None:
    result = command("doctor", "--quick")
    assert result.exit_code == 0
    assert result.stdout == "healthy as far as was looked: 2 articles, 2 reviewers, 8 ledger entries\n"
    assert result.stderr.splitlines() == [f"database: {reviewed}", f"not looked at: {UNSEEN_QUICKLY}"]


def test_a_quick_look_says_it_beside_its_findings_too(command: Command, reviewed: Path) -> None:
    with closing(open_store(reviewed)) as store:
        store.connection.execute("update place set claim = zeroblob(16)")
        store.connection.execute("update judgement set note = 'another' where note is not null")
    result = command("doctor", "--quick")
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == ["place", "place"]
    assert f"not looked at: {UNSEEN_QUICKLY}\n" in result.stderr


def test_an_index_that_lost_a_text_is_told_with_what_to_do_and_that_mends_it(command: Command, reviewed: Path) -> None:
    with closing(open_store(reviewed)) as store:
        store.connection.execute("insert into text_index (text_index) values ('delete-all')")
    assert command("find", "ferry").stdout == ""
    result = command("doctor")
    assert result.exit_code == 1
    assert "`annotator doctor --renew-index`" in result.stdout
    result = command("doctor", "--renew-index")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1] == "the index of 2 texts was made anew"
    assert result.stdout.startswith("healthy: ")
    assert "ferry" in command("find", "ferry").stdout
