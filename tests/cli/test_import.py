from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from annotator.cli import import_articles
from annotator.errors import DiskFullError
from annotator.workflow.ingest import Outcome

Command = Callable[..., Result]


def closing_line(result: Result) -> str:
    return result.stderr.splitlines()[-1]


def test_a_folder_goes_in_and_the_last_line_counts(command: Command, files: Path, database: Path) -> None:
    result = command("import", str(files))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert (
        result.stderr
        == f"database: {database}\n2 articles added, 0 already there, 0 failed, 9 sentences; 2 in en (guessed)\n"
    )


def test_the_same_text_again_is_already_there(command: Command, imported: Path, files: Path) -> None:
    result = command("import", str(files))
    assert result.exit_code == 0
    assert closing_line(result) == "0 articles added, 2 already there, 0 failed, 0 sentences; 2 in en (guessed)"


def test_the_same_text_from_another_outlet_is_a_new_publication(command: Command, tmp_path: Path) -> None:
    rows = [{"text": "The bridge is shut.", "publisher": name} for name in ("Wire", "Gazette", "Gazette")]
    (tmp_path / "wire.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = command("import", "wire.jsonl")
    assert (
        closing_line(result)
        == "1 article added, 2 already there (1 new publication), 0 failed, 1 sentence; 3 in en (guessed)"
    )


def test_what_fails_is_named_and_the_rest_goes_in(command: Command, files: Path) -> None:
    (files / "broken.jsonl").write_text('{"text": "It rained."}\n{"text": \n{"text": "It poured."}\n')
    (files / "empty.txt").write_text("")
    result = command("import", str(files), "nowhere.txt")
    assert result.exit_code == 1
    assert closing_line(result) == "4 articles added, 0 already there, 3 failed, 11 sentences; 4 in en (guessed)"
    assert f"{files / 'broken.jsonl'}: line 2: " in result.stderr
    assert f"{files / 'empty.txt'}: empty" in result.stderr
    assert "nowhere.txt: no such file" in result.stderr
    assert len(result.stderr.splitlines()) == 5


def test_a_dry_run_writes_nothing_and_makes_no_database(command: Command, files: Path, database: Path) -> None:
    (files / "empty.txt").write_text("")
    before = sorted(files.parent.rglob("*"))
    result = command("import", "--dry-run", str(files))
    assert result.exit_code == 1
    assert (
        closing_line(result)
        == "nothing written: 2 articles added, 0 already there, 1 failed, 9 sentences; 2 in en (guessed)"
    )
    assert "database" not in result.stderr
    assert sorted(files.parent.rglob("*")) == before


def test_standard_input(command: Command) -> None:
    result = command("import", "-", input="The bridge is shut. Nobody was hurt.\n")
    assert closing_line(result) == "1 article added, 0 already there, 0 failed, 2 sentences; 1 in en (guessed)"


def test_fields_can_be_mapped(command: Command, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"body": "The bridge is shut.", "head": "Shut", "text": "no"}\n')
    assert command("import", "--field", "text=body", "--field", "title=head", "rows.jsonl").exit_code == 0
    assert command("articles").stdout.split(None, 2)[1:] == ["2", "Shut\n"]


def test_the_format_can_be_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / "rows.data").write_text('{"text": "The bridge is shut."}\n')
    assert command("import", "rows.data").exit_code == 1
    assert command("import", "--format", "jsonl", "rows.data").exit_code == 0


def test_wrapped_lines_can_be_joined(command: Command, tmp_path: Path) -> None:
    (tmp_path / "wrapped.txt").write_text("The bridge was\nshut at dawn.\n")
    assert closing_line(command("import", "--dry-run", "wrapped.txt")).endswith("2 sentences; 1 in en (guessed)")
    assert closing_line(command("import", "--dry-run", "--unwrap", "wrapped.txt")).endswith(
        "1 sentence; 1 in en (guessed)"
    )


@pytest.mark.parametrize("option", ["--max-size", "--max-bytes"])
def test_the_limit_of_an_article(option: str, command: Command, files: Path) -> None:
    result = command("import", option, "100", str(files))
    assert result.exit_code == 1
    assert "bridge.txt: larger than 100 bytes" in result.stderr
    assert closing_line(result).startswith("1 article added, 0 already there, 1 failed")


def test_a_private_address_is_refused(command: Command) -> None:
    result = command("import", "--dry-run", "--timeout", "1", "http://127.0.0.1:9/")
    assert result.exit_code == 1
    assert "http://127.0.0.1:9/: " in result.stderr
    assert "private" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--field", "body"], "'body' is not OUR=THEIRS"),
        (["--field", "body=text"], "'body' is not one of our fields (text, title, url,"),
        (["--format", "xlsx"], "'xlsx' is not one of"),
        (["--max-size", "0"], "'0' is not a whole number from 1 to 1000000000"),
        (["--timeout", "nan"], "'nan' is not a number of seconds"),
        (["--timeout", "-1"], "'-1' is not a number of seconds"),
        (["--timeout", "soon"], "'soon' is not a number of seconds"),
    ],
)
def test_options_that_are_wrong_are_usage_errors(
    arguments: list[str], said: str, command: Command, files: Path, database: Path
) -> None:
    result = command("import", *arguments, str(files))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not database.exists()


def test_no_source_is_a_usage_error(command: Command) -> None:
    assert command("import").exit_code == 2


def test_a_note_that_is_no_failure_can_be_silenced(command: Command, imported: Path, files: Path) -> None:
    short = command("articles").stdout.split()[0]
    command("remove", short)
    assert "it is hidden" in command("import", str(files)).stderr
    result = command("import", "--quiet", str(files), "nowhere.txt")
    assert "it is hidden" not in result.stderr
    assert "nowhere.txt: no such file" in result.stderr
    assert closing_line(result) == "0 articles added, 2 already there, 1 failed, 0 sentences; 2 in en (guessed)"


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (DiskFullError("the disk is full"), 1, "annotator: the disk is full"),
        (KeyboardInterrupt(), 130, "annotator: interrupted"),
    ],
)
def test_what_went_in_before_it_stopped_is_counted(
    error: BaseException,
    status: int,
    said: str,
    command: Command,
    files: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stops(_store: object, items: Iterator[object], _reviewer: object, **_: object) -> Iterator[Outcome]:
        next(items)
        yield Outcome("added", "a.txt", sentences=3)
        raise error

    monkeypatch.setattr(import_articles, "ingest", stops)
    result = command("import", str(files))
    assert result.exit_code == status
    counted, stopped = [line for line in result.stderr.splitlines() if line][-2:]
    assert counted == "1 article added, 0 already there, 0 failed, 3 sentences"
    assert stopped == said


def test_the_ledger_says_who_imported(command: Command, files: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('reviewer = "Ida"\n')
    assert command("import", str(files / "ferry.txt")).exit_code == 0
    assert command("import", "--reviewer", "Ana", str(files / "bridge.txt")).exit_code == 0
    from contextlib import closing

    from annotator.store import ledger, open_store

    with closing(open_store(tmp_path / "annotations.db")) as store:
        assert [entry.reviewer for entry in ledger.entries(store)] == ["ida", "ana"]


@pytest.fixture
def six(tmp_path: Path) -> Path:
    folder = tmp_path / "six"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"It rained for {number} days.\n")
    (folder / "empty.txt").write_text("")
    return folder


def test_more_than_a_handful_has_a_bar_on_a_terminal(on_a_terminal: Callable[..., str], six: Path) -> None:
    said = on_a_terminal("import", str(six))
    assert "importing" in said
    assert "6/6" in said
    after = said.replace("\r", "\n").rpartition("6/6")[2]
    assert f"{six / 'empty.txt'}: empty" in after
    assert "5 articles added, 0 already there, 1 failed, 5 sentences" in after


@pytest.mark.parametrize("quiet", [True, False])
def test_a_handful_or_quiet_has_none(on_a_terminal: Callable[..., str], quiet: bool, six: Path) -> None:
    said = on_a_terminal("import", *(["--quiet", str(six)] if quiet else [str(six / "1.txt")]))
    assert "importing" not in said
    assert "added" in said


def test_no_bar_where_nobody_looks(command: Command, six: Path) -> None:
    assert "importing" not in command("import", str(six)).stderr


def test_what_is_not_read_is_named_once_at_the_end(command: Command, files: Path) -> None:
    rows = [{"text": f"It rained {number} days.", "mood": "calm", "": 1, "day": number} for number in range(3)]
    (files / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (files / "notes.xyz").write_text("It poured.")
    result = command("import", str(files), "--field", "language=day")
    assert result.exit_code == 0
    *_, passed, unread = result.stderr.splitlines()
    assert passed == f"1 file passed over: {files / 'notes.xyz'}"
    assert unread == "not read: 'mood' (of a table, --field OUR=THEIRS reads one)"
    assert f"{files / 'notes.xyz'}: passed over: files ending in .xyz are not known" in result.stderr


def test_what_holds_for_all_rows_of_a_file_is_said_once(command: Command, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("text,published_at\nIt rained.,46095\nIt poured.,46096\n")
    result = command("import", "rows.csv")
    assert result.stderr.count("the date is read from a spreadsheet's day number") == 1
    assert closing_line(result).endswith("; 2 with a date read from a spreadsheet's day number")


def test_what_articles_come_without_can_be_said(command: Command, tmp_path: Path, database: Path) -> None:
    (tmp_path / "rows.csv").write_text("text,publisher\nIt rained.,\nIt poured.,Wire\n")
    given = ["--publisher", " Coast  Courier", "--author", "Ana", "--url", "courier.example/a", "--date", "14.3.2026"]
    assert command("import", "rows.csv", *given).exit_code == 0
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("select publisher, author, url, published_at from publication order by id").fetchall()
    assert rows == [
        ("Coast Courier", "Ana", "https://courier.example/a", "2026-03-14"),
        ("Wire", "Ana", "https://courier.example/a", "2026-03-14"),
    ]
    refused = command("import", "rows.csv", "--date", "3/4/2026")
    assert "is not a clear date: write it as YYYY-MM-DD" in refused.stderr
