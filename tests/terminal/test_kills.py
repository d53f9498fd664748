"""What the screen calls done is in the database, wherever between key and picture the program is killed.

In CI a few kills. For many, after a change of the workbench or of the store:

    KILLS=500 python -m pytest -n 0 tests/terminal/test_kills.py
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.store import open_store, queue

IN_CI = 4
KILLS = int(os.environ.get("KILLS", IN_CI))
CLAIMS = 40
DECIDING = ["s", "s", "r", "0", "a", "p", "f"]
TAKING_BACK = ["u", "u", "U", "s", "p", "+"]
"""Undo, redo, and keys that clear what they set, or join what was two."""


FORKING = """
import os, signal, sys
import annotator.tui.app
import annotator.cli.review
from annotator.cli.main import annotator_command
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    terminal = os.open(line.strip(), os.O_RDWR | os.O_NOCTTY)
    child = os.fork()
    if child:
        os.close(terminal)
        print(child, flush=True)
        continue
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    for descriptor in (0, 1, 2):
        os.dup2(terminal, descriptor)
    annotator_command(["review"], prog_name="annotator")
"""


class Forks:
    """Starts the workbench in a fork of a process that has imported it: most of a start is that."""

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-c", FORKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, terminal: str) -> Fork:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(f"{terminal}\n")
        self._parent.stdin.flush()
        return Fork(int(self._parent.stdout.readline()))

    def close(self) -> None:
        self._parent.communicate()


class Fork:
    """A process that is not ours to wait for."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def send_signal(self, number: int) -> None:
        os.kill(self._pid, number)

    def wait(self, timeout: float | None = None) -> int:
        end = time.monotonic() + (timeout or 60)
        while self.poll() is None:
            assert time.monotonic() < end
            time.sleep(0.001)
        return 0

    def poll(self) -> int | None:
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return 0
        return None


def stored_done(path: Path) -> int:
    """How many claims the database has as settled, from the count that it keeps."""
    with closing(open_store(path)) as store:
        (row,) = queue.queue_rows(store, "ana", "both", [1])
    return row.progress.done + row.progress.skipped


@pytest.mark.times(KILLS / IN_CI)
def test_what_the_screen_calls_done_is_stored_at_every_kill(
    terminal: Callable[..., Any], run: Callable[..., str], tmp_path: Path
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(" ".join(f"Quay {number} is shut." for number in range(CLAIMS)) + "\n", encoding="utf-8")
    run("import", str(story))
    path = tmp_path / "annotations.db"
    forks = Forks()
    chosen = random.Random(os.environ.get("KILLS_SEED", "quay"))
    for _ in range(KILLS):
        screen = terminal(started_by=forks.start)
        screen.wait_for(r"Claim \d+ of \d+")
        keys = ["j"] * chosen.randrange(8) + chosen.choices(DECIDING, k=4)
        keys += chosen.choices(TAKING_BACK, k=chosen.randrange(1, 7))
        # At once, as over a slow line, or as she types: the kill comes behind the last key, or long after it.
        for key in keys:
            screen.type(key)
            time.sleep(chosen.choice([0.0, 0.0, 0.02]))
        time.sleep(chosen.uniform(0.0, 0.25))
        screen.kill()
        screen.drain()
        shown = re.search(r"(\d+) of \d+ [▰▱]", screen.text)
        assert shown is not None, screen.text
        assert int(shown[1]) <= stored_done(path), f"after {keys}:\n{screen.text}"
        screen.close()
    forks.close()
    run("doctor")
