from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from annotator.errors import ExportFailure
from annotator.store.records import claim_records

Command = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


def rows(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_row_a_claim_and_reviewer(command: Command, reviewed: Path) -> None:
    result = command("export", "jsonl")
    assert result.exit_code == 0
    assert [(row["reviewer"], row["ordinal"], row["worth"], row["note"]) for row in rows(result)] == [
        ("ana", 2, "2", "seen at the quay"),
        ("ana", 5, "0", None),
        ("bob", 2, "1", None),
    ]
    assert result.stderr == f"database: {reviewed}\n3 rows\n"


def test_csv_is_what_the_bytes_say(process: Process, reviewed: Path) -> None:
    done = process("export", "csv")
    assert done.returncode == 0
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    assert done.stdout.count(b"\r\n") == 4
    table = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    assert table[0]["text"] == "The bridge closed at dawn."


def test_the_same_database_gives_the_same_bytes(process: Process, reviewed: Path) -> None:
    assert process("export", "jsonl").stdout == process("export", "jsonl").stdout


def test_only_some_reviewers(command: Command, reviewed: Path) -> None:
    assert {row["reviewer"] for row in rows(command("export", "jsonl", "--reviewer", "BOB"))} == {"bob"}
    both = command("export", "jsonl", "--reviewer", "bob", "--reviewer", "ana")
    assert {row["reviewer"] for row in rows(both)} == {"ana", "bob"}


def test_a_reviewer_who_has_done_nothing_is_an_error(command: Command, reviewed: Path) -> None:
    result = command("export", "jsonl", "--reviewer", "eva")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"annotator: {reviewed}: no reviewer 'eva'; here are: ana, bob\n" in result.stderr


def test_only_some_articles(command: Command, reviewed: Path) -> None:
    ferry = command("articles").stdout.splitlines()[1].split()[0]
    assert {row["reviewer"] for row in rows(command("export", "jsonl", "--article", ferry))} == {"bob"}
    result = command("export", "jsonl", "--article", "nothing like it")
    assert result.exit_code == 1
    assert "no article 'nothing like it'" in result.stderr


def test_a_hidden_article_is_not_exported_and_asking_for_it_says_why(command: Command, reviewed: Path) -> None:
    ferry = command("articles").stdout.splitlines()[1].split()[0]
    command("remove", ferry)
    assert {row["reviewer"] for row in rows(command("export", "jsonl"))} == {"ana"}
    result = command("export", "jsonl", "--article", ferry)
    assert result.exit_code == 1
    assert f"article {ferry} is hidden; `annotator remove --undo {ferry}` shows it again" in result.stderr


def test_without_text_no_text_is_written(command: Command, reviewed: Path) -> None:
    result = command("export", "jsonl", "--no-text")
    assert "bridge closed at dawn" not in result.stdout
    assert {(row["start"], row["end"]) for row in rows(result) if row["reviewer"] == "bob"} == {(18, 52)}


def test_all_adds_what_nobody_has_decided(command: Command, reviewed: Path) -> None:
    result = command("export", "jsonl", "--all")
    assert [row["state"] for row in rows(result) if row["reviewer"] == "bob"] == [
        "to_do",
        "in_progress",
        "to_do",
        "to_do",
    ]
    assert result.stderr.splitlines()[-1] == "9 rows"


def test_a_file_is_written_and_named(command: Command, reviewed: Path, tmp_path: Path) -> None:
    result = command("export", "jsonl", "-o", "claims.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[-1] == "3 rows written to claims.jsonl"
    assert (tmp_path / "claims.jsonl").read_text(encoding="utf-8") == command("export", "jsonl").stdout
    assert command("export", "jsonl", "--output", "-").stdout.count("\n") == 3


def test_an_export_that_stops_leaves_the_file_as_it_was(
    command: Command, reviewed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "claims.jsonl"
    target.parent.mkdir()
    target.write_text("the last good one\n")

    def stops(*arguments: object, **settings: object) -> object:
        yield next(iter(claim_records(*arguments, **settings)))  # type: ignore[arg-type]
        raise ExportFailure("article 12: not what its id names")

    monkeypatch.setattr("annotator.store.records.claim_records", stops)
    result = command("export", "jsonl", "-o", str(target))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "annotator: article 12: not what its id names"
    assert target.read_text() == "the last good one\n"
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_said(command: Command, reviewed: Path) -> None:
    result = command("export", "csv", "-o", "nowhere/claims.csv")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "annotator: nowhere/claims.csv: its folder does not exist; make it first"


def test_an_unknown_format_names_the_known_ones(command: Command, reviewed: Path) -> None:
    result = command("export", "parquet")
    assert result.exit_code == 2
    assert "'jsonl', 'csv'" in result.stderr


def test_nothing_decided_is_no_rows(command: Command, imported: Path) -> None:
    result = command("export", "jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[-1] == "0 rows"
