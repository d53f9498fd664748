from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from annotator.store import open_store
from annotator.store.doctor import UNSEEN_QUICKLY
from annotator.store.soundness import damage_mark
from tests.left_log import leave_only_the_log

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


def test_an_index_that_lost_a_fact_check_is_told_and_made_anew(
    command: Command, reviewed: Path, tmp_path: Path
) -> None:
    rows = tmp_path / "checks.jsonl"
    rows.write_text('{"claim": "The ferry sank at night.", "verdict": "False"}\n', encoding="utf-8")
    assert command("checks", "import", str(rows)).exit_code == 0
    assert command("doctor").exit_code == 0
    with closing(open_store(reviewed)) as store:
        store.connection.execute("insert into fact_check_words (fact_check_words) values ('delete-all')")
    result = command("doctor")
    assert result.exit_code == 1
    assert "the index of the fact-checks" in result.stdout
    result = command("doctor", "--renew-index")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1] == "the index of 1 fact-check was made anew"


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


def test_what_is_damaged_is_written_to_by_nobody_until_it_is_sound(
    command: Command, reviewed: Path, files: Path
) -> None:
    with closing(open_store(reviewed)) as store:
        store.connection.execute("update article_text set text = text || '.' where article = 1")
    result = command("doctor")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith(f"nothing is written to {reviewed} until this is mended: restore")
    more = files / "more.txt"
    more.write_text("Fog came.", encoding="utf-8")
    refused = command("import", str(more))
    assert refused.exit_code == 1
    (line,) = [line for line in refused.stderr.splitlines() if "found it damaged" in line]
    assert line.startswith(f"annotator: {reviewed}: `annotator doctor` found it damaged (article: ")
    assert "`annotator recover`" in line
    assert "until `annotator doctor` finds it sound" in line
    # What only reads goes on, and so does what brings back.
    assert command("articles").exit_code == 0
    brought_back = command("recover", str(reviewed), "-o", str(reviewed.with_name("new.db")))
    # But for the text that is another.
    assert (brought_back.exit_code, "its text is not here" in brought_back.stdout) == (1, True)
    assert command("--db", str(reviewed.with_name("new.db")), "import", str(more)).exit_code == 0
    assert command("import", str(more)).exit_code == 1
    # By hand, as nobody does, and so that the file looks as it did.
    before = reviewed.stat()
    with closing(sqlite3.connect(reviewed, isolation_level=None)) as raw:
        raw.execute("update article_text set text = substr(text, 1, length(text) - 1) where article = 1")
    os.utime(reviewed, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert command("doctor", "--quick").exit_code == 0
    assert command("import", str(more)).exit_code == 1
    assert command("doctor").exit_code == 0
    assert command("import", str(more)).exit_code == 0


def test_recovering_exits_with_0_where_all_came_back_and_with_1_where_not(
    command: Command, reviewed: Path, tmp_path: Path
) -> None:
    result = command("recover", str(reviewed), "-o", str(tmp_path / "whole.db"))
    assert (result.exit_code, result.stdout) == (0, "")
    with closing(open_store(reviewed)) as store:
        store.connection.execute("update place set at = at + 3")
    result = command("recover", str(reviewed), "-o", str(tmp_path / "part.db"))
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 2)
    assert "2 things could not be recovered" in result.stderr
    # What there is of it is here all the same.
    assert command("--db", str(tmp_path / "part.db"), "doctor").exit_code == 0
    assert "and with 1 where something was not" in " ".join(command("recover", "--help").stdout.split())


def test_recovering_into_the_place_of_what_is_lost_leaves_its_log(command: Command, reviewed: Path) -> None:
    store = open_store(reviewed)
    store.connection.execute("update place set at = at + 3")
    log = leave_only_the_log(store)
    kept = log.read_bytes()
    result = command("recover", str(reviewed), "-o", str(reviewed))
    assert result.exit_code == 1
    assert f"{log}: it is there already, and recovering replaces nothing; name another file with -o" in result.stderr
    assert log.read_bytes() == kept


def test_what_is_mended_by_the_program_itself_is_no_reason_to_write_nothing(command: Command, reviewed: Path) -> None:
    with closing(open_store(reviewed)) as store:
        store.connection.execute("update judgement set note = 'another' where note is not null")
        store.connection.execute("insert into text_index (text_index) values ('delete-all')")
    assert command("doctor").exit_code == 1
    assert command("project", "lead", "ana").exit_code == 0
    # Its index can be made anew also where it is marked.
    assert damage_mark.mark(reviewed, "made up")
    assert "was made anew" in command("doctor", "--renew-index").stderr
    assert not damage_mark.mark_file(reviewed).exists()


@pytest.mark.parametrize("arguments", [("import", "{files}"), ("suggest",), ("merge", "{other}")])
def test_what_writes_much_looks_first_whether_the_pages_are_sound(
    command: Command, reviewed: Path, files: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = reviewed.with_name("other.db")
    shutil.copyfile(reviewed, other)
    monkeypatch.setattr("annotator.store.soundness.page_check._wrong", lambda _connection: "row 1 missing from index x")
    refused = command(*(argument.format(files=files, other=other) for argument in arguments))
    assert refused.exit_code == 1
    assert f"annotator: {reviewed}: the database is damaged (row 1 missing from index x); restore a" in refused.stderr


INTERRUPTED = """
import os, signal
from annotator.cli import doctor
from annotator.cli.main import run
from annotator.processes import WorkProcess
from annotator.workflow import examining

start = WorkProcess.__init__

def started(process):
    start(process)
    print(process._process.pid, flush=True)

def ctrl_c(_shown, _done, _of):
    os.killpg(0, signal.SIGINT)

WorkProcess.__init__, doctor._reached = started, ctrl_c
examining.MANY, examining.cores = 1, lambda: 2
run()
"""


def test_ctrl_c_ends_both_processes_of_the_doctor(reviewed: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, "--db", str(reviewed), "doctor"],
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
        timeout=60,
    )
    assert ended.returncode == 130
    said = [line for line in ended.stderr.splitlines() if line]
    assert said[-2:] == ["interrupted: not everything was examined", "annotator: interrupted"]
    (other,) = map(int, ended.stdout.split())
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def test_a_mark_that_cannot_be_taken_away_is_said(
    command: Command, reviewed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert damage_mark.mark(reviewed, "made up")

    def refuse(_path: Path, *, missing_ok: bool) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", refuse)
        result = command("doctor")
    mark = damage_mark.mark_file(reviewed)
    assert f"{mark}: cannot be removed (Permission denied): remove it, {reviewed} is sound" in result.stderr
    assert mark.exists()
