"""The log of long work: what failed and where, and no words of articles or notes unless somebody asks for them."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from annotator.cli import work_log
from annotator.cli.work_log import log_path

Command = Callable[..., Result]
SECRET = "Quillfeather"
GOLDEN = Path(__file__).parents[1] / "exporters" / "golden"


@pytest.fixture
def log() -> Path:
    return Path(os.environ["ANNOTATOR_LOG"])


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Rows whose every failure quotes their words, and one that goes in."""
    path = tmp_path / "rows.jsonl"
    lines = [
        json.dumps({"text": f"{SECRET} fell.", "title": SECRET, "author": {SECRET: SECRET}}),
        json.dumps({SECRET: f"{SECRET} fell."}),
        json.dumps(SECRET),
        f'{{"text": "{SECRET}',
        json.dumps({"text": f"{SECRET} rose.", "title": SECRET, "language": SECRET, SECRET: 1, "published_at": SECRET}),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_an_import_logs_each_failure_by_its_row_and_its_place_in_the_code(
    command: Command, log: Path, rows: Path
) -> None:
    assert SECRET in command("import", str(rows)).stderr
    lines = [line.partition("Z ")[2] for line in log.read_text(encoding="utf-8").splitlines()]
    assert re.fullmatch(r"import begins: annotator \S+, process \d+, database \S+", lines[0])
    assert [re.sub(r"\.py:\d+", ".py", line) for line in lines[1:5]] == [
        f"failed: {rows}, line 1 (at records.py, records.py)",
        f"failed: {rows}, line 2 (at json_lines.py, records.py)",
        f"failed: {rows}, line 3 (at json_lines.py, json_lines.py)",
        f"failed: {rows}, line 4 (at json_lines.py, json_lines.py)",
    ]
    assert lines[5].startswith("1 article added, 0 already there, 4 failed")
    assert re.fullmatch(r"import ends after \d+\.\d s", lines[-1])


@pytest.mark.parametrize("verbose", [True, False])
def test_no_word_of_an_article_is_in_the_log(command: Command, log: Path, rows: Path, verbose: bool) -> None:
    command("import", str(rows), *(["--verbose"] if verbose else []))
    command("suggest", *(["--verbose"] if verbose else []))
    command("doctor", "--verbose")
    said = log.read_text(encoding="utf-8")
    assert SECRET not in said
    assert f"added: {rows}:5" in said if verbose else "added: " not in said


def test_annotations_of_others_leave_no_word_in_the_log(command: Command, log: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (GOLDEN / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    for number, row in enumerate(rows):
        row |= {
            "note": SECRET,
            "restatement": SECRET,
            "verdict": SECRET,
            "worth": SECRET if number % 2 else row["worth"],
        }
        row["attributions"] = [{**made, "id": SECRET, "form": SECRET} for made in row["attributions"]]
    path = tmp_path / "theirs.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = command("import", "--verbose", "--annotations", "jsonl", str(path))
    assert SECRET in result.stderr
    assert "failed: " in log.read_text(encoding="utf-8")
    assert SECRET not in log.read_text(encoding="utf-8")


def test_the_log_quotes_where_that_is_asked_for(command: Command, log: Path, rows: Path) -> None:
    command("import", "--log-text", str(rows))
    assert f"failed: {rows}, line 3" in log.read_text(encoding="utf-8")
    assert SECRET in log.read_text(encoding="utf-8")


def test_what_stops_a_command_is_logged_without_what_it_says(
    command: Command, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(*_: object, **__: object) -> object:
        raise ZeroDivisionError(SECRET)

    (tmp_path / "a.txt").write_text("It rained.")
    monkeypatch.setattr("annotator.cli.import_articles.ingest", stops)
    assert isinstance(command("import", "a.txt").exception, ZeroDivisionError)
    said = log.read_text(encoding="utf-8")
    assert re.search(r"stopped by ZeroDivisionError at .*import_articles\.py:\d+, test_work_log\.py:\d+\n", said)
    assert SECRET not in said


def test_a_line_is_a_line_whatever_a_file_is_called(command: Command, log: Path, tmp_path: Path) -> None:
    (tmp_path / "a\nb\x1b[2J.txt").write_text("")
    command("import", str(tmp_path))
    assert "failed: " + str(tmp_path) + "/a b␛[2J.txt (at " in log.read_text(encoding="utf-8")


def test_verbose_says_where_the_log_is_and_only_its_owner_reads_it(command: Command, log: Path, rows: Path) -> None:
    assert f"log: {log}\n" in command("import", "--verbose", str(rows)).stderr
    assert "log: " not in command("import", str(rows)).stderr
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_log_is_rotated(command: Command, log: Path, rows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_log, "LARGEST", 300)
    for _ in range(8):
        command("import", str(rows))
    assert sorted(path.name for path in log.parent.iterdir()) == [
        log.name, f"{log.name}.1", f"{log.name}.2", f"{log.name}.3"
    ]  # fmt: skip
    assert all(path.stat().st_size <= 600 for path in log.parent.iterdir())


def test_without_a_place_for_the_log_the_work_is_done(
    command: Command, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("a file, and no folder")
    monkeypatch.setenv("ANNOTATOR_LOG", str(tmp_path / "taken" / "annotator.log"))
    result = command("import", "--verbose", str(rows))
    assert "annotator.log cannot be written, so there is none\n" in result.stderr
    assert "1 article added" in result.stderr


def test_the_platform_has_a_place_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANNOTATOR_LOG")
    assert log_path().name == "annotator.log"
    assert "annotator" in str(log_path().parent)
