from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli.main import annotator_command
from annotator.store import open_store
from annotator.store.articles import find_article
from annotator.workflow import judging
from annotator.workflow.session import ReviewSession

Command = Callable[..., Result]
OnATerminal = Callable[..., str]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]

HARBOUR = """Bridge at Porto Velho closed

The bridge closed at dawn. Nobody was hurt, said Ines Duarte, the harbour master.

“Two cables are slack,” she said. Traffic uses the old ramp.
"""
FERRY = "Ferry runs again\n\nThe ferry runs again since Monday. It was late. It was full.\n"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing outside the test's folder is read or written."""
    path = tmp_path / "annotations.db"
    monkeypatch.setenv("ANNOTATOR_DB", str(path))
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("ANNOTATOR_LOG", str(tmp_path_factory.mktemp("log") / "annotator.log"))
    for name in ("ANNOTATOR_REVIEWER", "TEXTUAL_DRIVER", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return path


@pytest.fixture
def command() -> Command:
    """The command line inside this process: `command("import", "a.txt", input=...)`."""

    def run(*arguments: str, input: bytes | str | None = None) -> Result:  # noqa: A002 - click's name for it
        return CliRunner().invoke(annotator_command, arguments, input=input)

    return run


@pytest.fixture
def process() -> Process:
    """The command line as a process of its own."""

    def run(
        *arguments: str, environment: Mapping[str, str] | None = None, **settings: object
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            [sys.executable, "-m", "annotator", *arguments],
            env={**os.environ, **(environment or {})},
            timeout=60,
            check=False,
            **{"stdin": subprocess.DEVNULL, "capture_output": True, **settings},
        )

    return run


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bridge.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    return folder


@pytest.fixture
def imported(database: Path, files: Path, command: Command) -> Path:
    """A database with both articles."""
    assert command("import", str(files)).exit_code == 0
    return database


@pytest.fixture
def reviewed(imported: Path) -> Path:
    """A database in which ana has judged two claims of the bridge, and bob one of the ferry."""
    with closing(open_store(imported)) as store:
        ids = {
            name: find_article(store, str(imported.parent / "articles" / name)) for name in ("bridge.txt", "ferry.txt")
        }
        ana = ReviewSession(store, "ana")
        review, _ = ana.open(ids["bridge.txt"])
        ana.apply(judging.worth, review.claims[1], "2")
        ana.apply(judging.note, review.claims[1], "seen at the quay")
        ana.apply(judging.worth, review.claims[4], "0")
        bob = ReviewSession(store, "bob")
        review, _ = bob.open(ids["ferry.txt"])
        bob.apply(judging.worth, review.claims[1], "1")
    return imported


def read_to_the_end(terminal: int) -> str:
    """What is written to a pseudo-terminal until nobody has its other side open; closes it."""
    said = b""
    try:
        while piece := os.read(terminal, 65_536):
            said += piece
    except OSError:  # Linux says EIO where others say end of file.
        pass
    finally:
        os.close(terminal)
    return said.decode()


@pytest.fixture
def on_a_terminal() -> OnATerminal:
    """What `annotator` writes to standard error where that is a terminal of 80 columns."""

    def run(*arguments: str, environment: Mapping[str, str] | None = None) -> str:
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "annotator", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80", **(environment or {})},
        ) as running:
            os.close(theirs)
            said = read_to_the_end(ours)
            running.wait(60)
        return said

    return run
