"""Names that a database had before invisible characters were refused: it opens, and they can be asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from annotator.workflow import annotations as taking_over

Command = Callable[..., Result]
OLD = "ana\u200b"
GOLDEN = Path(__file__).parents[1] / "exporters" / "golden"


@pytest.fixture
def old(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A database in which somebody has such a name."""
    rows = [json.loads(line) | {"reviewer": OLD} for line in (GOLDEN / "claims.jsonl").read_text().splitlines()[:2]]
    (tmp_path / "old.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with monkeypatch.context() as before:
        before.setattr(taking_over, "reviewer_handle", str)
        assert command("import", "--annotations", "jsonl", "old.jsonl").exit_code == 0


@pytest.mark.usefixtures("old")
def test_reports_and_exports_have_old_names_and_can_be_asked_for_one(command: Command) -> None:
    for arguments in (["report", "progress", "--format", "json"], ["export", "jsonl"]):
        everybody, one = command(*arguments), command(*arguments, "--reviewer", OLD)
        assert everybody.exit_code == one.exit_code == 0
        assert everybody.stdout == one.stdout
        assert json.dumps(OLD)[1:-1] in one.stdout or OLD in one.stdout
    assert command("doctor").exit_code == 0


@pytest.mark.usefixtures("old")
def test_nobody_gets_such_a_name_any_more(command: Command) -> None:
    refused = command("--reviewer", OLD, "report", "progress")
    assert refused.exit_code == 2
    assert "nobody sees: U+200B is its character 4" in refused.stderr
    again = command("import", "--annotations", "jsonl", "old.jsonl")
    assert again.exit_code == 1
    assert "nobody sees: U+200B is its character 4: name one with --reviewer" in again.stderr
