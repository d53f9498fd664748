from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from click.testing import Result

from annotator.store import open_store

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
