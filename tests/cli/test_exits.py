from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from annotator.cli.exits import status_of
from annotator.errors import ConfigError, ImportFailure, StoreError
from annotator.signals import handlers_kept

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


def stops_with(error: BaseException) -> Callable[[], object]:
    def command() -> object:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (StoreError("a.db: locked; try again"), 1, "annotator: a.db: locked; try again\n"),
        (ConfigError("config.toml: line 3: wrong"), 1, "annotator: config.toml: line 3: wrong\n"),
        (ImportFailure("a.csv", "no text", "line 7"), 1, "annotator: a.csv: line 7: no text\n"),
        (StoreError("two\nlines \x1b[31m"), 1, "annotator: two lines ␛[31m\n"),
        (click.UsageError("no such thing"), 2, "Error: no such thing\n"),
        (click.Abort(), 130, "annotator: interrupted\n"),
        (KeyboardInterrupt(), 130, "annotator: interrupted\n"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, ""),
        (PermissionError(errno.EACCES, "Permission denied", "a.db"), 1, "annotator: a.db: Permission denied\n"),
    ],
)
def test_every_stop_has_its_status_and_its_line(
    error: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(stops_with(error)) == status
    out, err = capsys.readouterr()
    assert (out, err) == ("", said)


def test_a_bug_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        status_of(stops_with(ZeroDivisionError()))


@pytest.mark.parametrize(("chosen", "status"), [(None, 0), (0, 0), (1, 1), (3, 3)])
def test_a_command_may_choose_its_status(chosen: int | None, status: int) -> None:
    assert status_of(lambda: chosen) == status


CLOSED_INPUT = "annotator: standard input: it is closed: name a file, or send something on with | or <"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("assign --reviewers ben", "annotator: nobody can be asked here: add --yes to hand it out, or --dry-run"),
        ("remove --purge bridge.txt", "annotator: nobody can be asked here: add --yes to erase the article for good"),
        ("review", "annotator: the workbench needs a terminal; `annotator --help` lists what works without one"),
        ("import -", "standard input: it is closed: name a file, or send something on with | or <"),
        ("split -", CLOSED_INPUT),
        ("worth -", CLOSED_INPUT),
        ("checks import -", CLOSED_INPUT),
        ("checks match -", CLOSED_INPUT),
    ],
)
def test_a_closed_standard_input_is_one_line(imported: Path, arguments: str, said: str, process: Process) -> None:
    given = arguments.replace("bridge.txt", str(imported.parent / "articles" / "bridge.txt")).split()
    # Python has no stream for what was closed before it started.
    done = process(*given, close_fds=True, preexec_fn=lambda: os.close(0), stdin=None)
    assert done.returncode == 1
    assert [line for line in done.stderr.decode().splitlines() if line.startswith(said)], done.stderr.decode()
    assert b"Traceback" not in done.stderr


HELD = """
from pathlib import Path
from time import sleep
from annotator.cli.exits import status_of
from annotator.temporary import temporary_folder
def command():
    with temporary_folder() as folder:
        Path(folder, "text").write_text("an article's")
        print(folder, flush=True)
        sleep(60)
raise SystemExit(status_of(command))
"""


@pytest.mark.parametrize(("name", "status"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_from_outside_leaves_no_temporary_text(name: str, status: int) -> None:
    with subprocess.Popen([sys.executable, "-c", HELD], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        folder = Path(running.stdout.readline().decode().rstrip())
        assert (folder / "text").exists()
        running.send_signal(getattr(signal, name))
        _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (status, b"annotator: ended from outside\n")
    assert not folder.exists()


def test_a_command_is_ended_from_outside_with_a_status_of_its_own() -> None:
    command = [sys.executable, "-m", "annotator", "split", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin is not None
        # No pipe holds so much: once it is written, the command reads.
        running.stdin.write(b"The ferry sank. " * 100_000)
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=60)
    # click goes to a new line first, as behind a ^C.
    assert (running.returncode, said.decode().split("\n")) == (143, ["", "annotator: ended from outside", ""])


def test_a_signal_that_was_ignored_from_outside_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert status_of(lambda: os.kill(os.getpid(), signal.SIGHUP)) == 0
    finally:
        signal.signal(signal.SIGHUP, before)


def test_what_clears_up_is_not_ended_by_a_second_signal() -> None:
    heard = []

    def command() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            heard.append("cleared up")

    assert status_of(command) == 143
    assert heard == ["cleared up"]


def test_a_signal_from_outside_is_told_as_that_whatever_makes_another_exception_of_it() -> None:
    def command() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        except KeyboardInterrupt:
            # As Ray does.
            raise KeyboardInterrupt from None

    assert status_of(command) == 143


def test_a_library_that_handles_signals_itself_is_not_the_last_to_do_so() -> None:
    def command() -> None:
        with handlers_kept():
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(15))
        os.kill(os.getpid(), signal.SIGTERM)

    assert status_of(command) == 143
