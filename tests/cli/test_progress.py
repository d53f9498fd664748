"""How far long work is: a bar with the time left where somebody looks, plain lines where nobody does."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from annotator.cli import export, import_articles, suggest
from annotator.cli.progress import Progress, in_words, progress
from annotator.store import Store, open_store
from annotator.store.articles import shown_ids
from annotator.workflow.ingest import Outcome

Command = Callable[..., Result]


class Clock:
    """A time that the test sets, in seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (59, "59 s"), (61, "1 min"), (179, "3 min"), (3600, "1 h"), (7500, "2 h 5 min")],
)
def test_the_time_left_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_lines_come_every_ten_seconds_and_later_every_minute(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    shown = Progress("importing", 1000, clock=clock)
    for second in range(0, 200, 5):
        clock.now = second
        shown.reached(second * 5, f"{second} articles")
    assert capsys.readouterr().err.splitlines() == [
        f"importing: {done}, {seconds} articles, about {left} left"
        for done, seconds, left in [
            ("5 %", 10, "3 min"),
            ("10 %", 20, "3 min"),
            ("15 %", 30, "3 min"),
            ("20 %", 40, "3 min"),
            ("25 %", 50, "2 min"),
            ("30 %", 60, "2 min"),
            ("60 %", 120, "1 min"),
            ("90 %", 180, "20 s"),
        ]
    ]


def test_what_has_no_known_total_says_what_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    shown = Progress("importing", 0, clock=clock)
    clock.now = 11
    shown.reached(3, "3 articles")
    assert capsys.readouterr().err == "importing: 3 articles\n"


def test_quiet_says_only_what_is_to_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with progress("importing", 10, quiet=True) as shown:
        shown.clock = clock
        clock.now = 1e6
        shown.reached(5, "5 articles")
        shown.say("a.txt: empty\x1b[2J")
    assert capsys.readouterr().err == "a.txt: empty␛[2J\n"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """One file of a megabyte and more, nearly all of it in fields that nothing is made of; its second row is broken."""
    rows = [json.dumps({"text": f"It rained for {n} days.", "x": "y" * 60_000}) for n in range(20)]
    rows.insert(1, '{"text": "It \x1b[2J')
    path = tmp_path / "large.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_one_large_file_has_a_bar_and_what_is_said_stands_above_it(
    on_a_terminal: Callable[..., str], large: Path
) -> None:
    said = on_a_terminal("import", str(large))
    drawn = [line for line in re.split(r"[\r\n]", said) if "importing" in line]
    assert len(drawn) > 1
    assert drawn[-1].endswith("100%  21 articles\x1b[?25h")
    assert all(len(re.sub(r"\x1b\[[?0-9]*[a-zA-Z]", "", line)) <= 80 for line in drawn)
    assert f"\r\x1b[2K{large}: line 2: broken JSON" in said
    assert said.index("line 2: broken JSON") < said.rindex("importing")


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, None], ids=["dumb", "quiet"])
def test_no_bar_on_a_dumb_terminal_and_none_where_quiet_is_asked_for(
    on_a_terminal: Callable[..., str], large: Path, environment: dict[str, str] | None
) -> None:
    said = on_a_terminal("import", str(large), *([] if environment else ["--quiet"]), environment=environment)
    assert "importing" not in said
    assert "20 articles added" in said


def test_an_export_to_a_file_has_a_bar_and_one_to_the_screen_has_none(
    on_a_terminal: Callable[..., str], reviewed: Path, tmp_path: Path
) -> None:
    said = on_a_terminal("--db", str(reviewed), "export", "jsonl", "-o", str(tmp_path / "out.jsonl"))
    assert "exporting" in said
    assert "100%" in said


def test_the_doctor_has_a_bar_and_its_findings_stand_by_themselves(
    on_a_terminal: Callable[..., str], reviewed: Path
) -> None:
    said = on_a_terminal("--db", str(reviewed), "doctor")
    assert "examining" in said
    assert re.search(r"100%  (\d+)/\1", said)


def interrupted(_store: object, items: Iterator[object], _reviewer: object, **_: object) -> Iterator[Outcome]:
    next(items)
    yield Outcome("added", "a.txt", sentences=3)
    raise KeyboardInterrupt


def test_an_interrupted_import_says_what_stays(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    monkeypatch.setattr(import_articles, "ingest", interrupted)
    result = command("import", "a.txt")
    assert result.exit_code == 130
    assert [line for line in result.stderr.splitlines() if line][-3:] == [
        f"interrupted: {import_articles.WHAT_STAYS}",
        "1 article added, 0 already there, 0 failed, 3 sentences",
        "annotator: interrupted",
    ]


def stopped_files(*_: object, **__: object) -> Iterator[tuple[str, list[bytes]]]:
    yield "", [b"{}\n"]
    raise KeyboardInterrupt


def test_an_interrupted_export_leaves_its_target_as_it_was(
    command: Command, reviewed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("before")
    monkeypatch.setattr(export, "exported", stopped_files)
    result = command("--db", str(reviewed), "export", "jsonl", "-o", str(target))
    assert result.exit_code == 130
    assert f"interrupted: {target} is as it was" in result.stderr
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_what_an_interrupted_export_wrote_to_a_pipe_is_no_whole_dataset(
    command: Command, reviewed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "exported", stopped_files)
    result = command("--db", str(reviewed), "export", "jsonl")
    assert result.exit_code == 130
    assert "interrupted: the rows so far are no whole dataset" in result.stderr


def test_interrupted_suggestions_say_how_many_are_new(
    command: Command, reviewed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.workflow.suggesting import suggest_again as again

    def stops(store: Store, article_ids: list[str]) -> Iterator[object]:
        yield from again(store, article_ids[:1])
        raise KeyboardInterrupt

    monkeypatch.setattr(suggest, "suggest_again", stops)
    result = command("--db", str(reviewed), "suggest")
    assert result.exit_code == 130
    assert "interrupted: the articles that are counted below" in result.stderr
    assert "\n1 article, " in result.stderr


def test_ctrl_c_keeps_what_is_complete_and_the_same_import_goes_on(tmp_path: Path, database: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"text": f"It rained for {n} days."}) + "\n" for n in range(3000)))
    running = subprocess.Popen(
        [sys.executable, "-m", "annotator", "import", "--verbose", str(rows)], stderr=subprocess.PIPE, text=True
    )
    log = Path(os.environ["ANNOTATOR_LOG"])
    while not (log.exists() and "added: " in log.read_text(encoding="utf-8")):
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    counted = re.search(r"^(\d+) articles? added", said, re.MULTILINE)
    assert counted is not None
    with closing(open_store(database)) as store:
        stored = len(shown_ids(store))
    assert 0 < stored < 3000
    assert stored - int(counted[1]) in (0, 1), "the last one may be stored and not yet counted"
    assert "interrupted: every article that is counted below is stored whole" in said
