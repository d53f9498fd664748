"""Opening a database that does not come to its end: the process is killed, or the disk is full."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.store import connection, opening

_OPENED_UNTIL = """
import os, signal, sys
from pathlib import Path
from annotator.cli.updating import Narration
from annotator.store import open_store, opening

path, last = Path(sys.argv[1]), int(sys.argv[2])
genuine, seen = opening.connect, 0

def counted(given):
    opened = genuine(given)
    def one_more(_statement):
        global seen
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
    opened.set_trace_callback(one_more)
    return opened

opening.connect = counted
open_store(path, told=Narration()).close()
print(seen)
"""


def opened_until(path: Path, statement: int) -> subprocess.CompletedProcess[str]:
    """Open the database in a process that is killed before that statement of SQL; it says how many where it is not."""
    command = [sys.executable, "-c", _OPENED_UNTIL, str(path), str(statement)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def fill_disk(monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    """Have databases that are opened hold no more than so many pages, or than they have."""
    genuine = connection.connect

    def small(path: Path) -> sqlite3.Connection:
        opened = genuine(path)
        opened.execute(f"pragma max_page_count = {pages}")
        return opened

    monkeypatch.setattr(opening, "connect", small)
