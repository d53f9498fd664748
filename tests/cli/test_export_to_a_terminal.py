"""What goes to a terminal: text in which nothing steers it, and no binary data at all."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.workflow.dataset import FORMATS
from tests.cli.conftest import read_to_the_end


def shown(*arguments: str) -> tuple[int, str, str]:
    """The exit status, what a terminal gets on standard output, and what is said on standard error."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "annotator", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        os.close(theirs)
        seen = read_to_the_end(ours)
        assert running.stderr is not None
        return running.wait(60), seen, running.stderr.read()


@pytest.mark.parametrize("name", [name for name, row in FORMATS.items() if row.binary])
def test_binary_data_does_not_go_to_a_terminal(reviewed: Path, name: str) -> None:
    status, seen, said = shown("--db", str(reviewed), "export", name)
    assert (status, seen) == (2, "")
    assert f"Error: {name} is not for a terminal: write it into a file with -o FILE" in said


def test_the_formats_that_are_binary_are_known() -> None:
    assert {name for name, row in FORMATS.items() if row.binary} == {"parquet", "sqlite"}


@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl"])
def test_text_that_goes_to_a_terminal_is_as_a_pipe_gets_it_but_for_what_steers(reviewed: Path, name: str) -> None:
    status, seen, _ = shown("--db", str(reviewed), "export", name)
    piped = subprocess.run(
        [sys.executable, "-m", "annotator", "--db", str(reviewed), "export", name], capture_output=True, check=True
    ).stdout.decode()
    assert status == 0
    assert "␍" not in seen
    assert seen.replace("\r\n", "\n") == piped.replace("\r\n", "\n").replace("\ufeff", "\u2060")
