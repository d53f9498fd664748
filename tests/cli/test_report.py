from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Command = Callable[..., Result]


def numbers(command: Command, *options: str) -> dict[str, Any]:
    result = command("report", "progress", "--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def test_what_is_done_and_left_for_each_reviewer(command: Command, reviewed: Path) -> None:
    found = numbers(command)
    assert [(each["reviewer"], each["claims"], each["done"], each["open"]) for each in found["reviewers"]] == [
        ("ana", 5, 1, 4),
        ("bob", 4, 0, 4),
    ]
    assert found["total"]["claims"] == 9


def test_a_pass_has_its_own_idea_of_done(command: Command, reviewed: Path) -> None:
    assert numbers(command, "--pass", "both")["total"]["done"] == 1
    assert numbers(command, "--pass", "triage")["total"]["done"] == 1
    assert numbers(command, "--pass", "verify")["total"]["done"] == 2
    assert command("report", "progress", "--pass", "later").exit_code == 2


def test_only_some_reviewers(command: Command, reviewed: Path) -> None:
    assert [each["reviewer"] for each in numbers(command, "--reviewer", "Bob")["reviewers"]] == ["bob"]
    result = command("report", "progress", "--reviewer", "eva")
    assert result.exit_code == 1
    assert "no reviewer 'eva'; here are: ana, bob" in result.stderr


def test_the_idle_limit_is_the_option_or_the_configuration_or_five_minutes(
    command: Command, reviewed: Path, tmp_path: Path
) -> None:
    assert numbers(command)["idle_limit_seconds"] == 300.0
    (tmp_path / "config.toml").write_text("idle_limit = 90\n")
    assert numbers(command)["idle_limit_seconds"] == 90.0
    assert numbers(command, "--idle", "12.5")["idle_limit_seconds"] == 12.5
    assert command("report", "progress", "--idle", "0").exit_code == 2


def test_the_layout_for_the_terminal_fits_it(command: Command, reviewed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    result = command("report", "progress")
    assert result.exit_code == 0
    assert "ana" in result.stdout
    assert "1 of 5 ▰" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 60
    assert result.stderr == f"database: {reviewed}\n"


@pytest.mark.parametrize(
    ("layout", "said"), [("markdown", "| Reviewer | Article |"), ("csv", "\ufefflevel,reviewer,article_id,title,")]
)
def test_the_other_layouts(layout: str, said: str, command: Command, reviewed: Path) -> None:
    assert command("report", "progress", "--format", layout).stdout.startswith(said)


def test_csv_keeps_its_line_ends(command: Command, reviewed: Path) -> None:
    assert command("report", "progress", "--format", "csv").stdout_bytes.count(b"\r\n") == 6


def test_nothing_reviewed_yet_is_no_error(command: Command, imported: Path) -> None:
    result = command("report", "progress")
    assert (result.exit_code, result.stdout) == (0, "Nothing has been reviewed yet.\n")


def test_agreement_is_printed_whole_and_in_brief(command: Command, reviewed: Path) -> None:
    whole = command("report", "agreement", "--pass", "triage", "--resamples", "0", "--format", "json")
    assert {row["facet"] for row in json.loads(whole.stdout)["rows"]} >= {"worth", "verdict", "spans"}
    brief = command("report", "agreement", "--brief", "--pass", "triage", "--resamples", "0", "--format", "json")
    assert {row["facet"] for row in json.loads(brief.stdout)["rows"]} == {"worth", "verdict"}
    summary = command("report", "agreement", "--summary", "--pass", "triage", "--resamples", "0", "--format", "csv")
    assert summary.stdout.splitlines()[1].startswith("worth,,interval,")
    paged = command("report", "agreement", "--summary", "--format", "html")
    assert (paged.exit_code, "--summary is written as terminal, markdown, json, csv" in paged.stderr) == (2, True)
    refused = command("report", "agreement", "--brief", "--facet", "form")
    assert (refused.exit_code, "leave the rest out" in refused.stderr) == (2, True)
