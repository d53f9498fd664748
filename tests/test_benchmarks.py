from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RATIO = re.compile(r"[\d.,]+ x \|")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    # A benchmark that nobody waits for any more must fail here and not hang.
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("start", ["python -c pass", "annotator --help", "annotator split", "one Static", "first claim on the screen"]),
        ("keys", ["one Static", "j: the next claim", "s: verdict", "e: into the span mode", "q: to the queue"]),
        ("importing", ["annotator import", "reading", "splitting", "suggesting", "storing"]),
        ("exporting", ["json.dumps", "jsonl", "csv"]),
        ("segmentation", ["our rules: sentences", "our rules: blocks and sentences"]),
    ],
)
def test_a_benchmark_prints_the_machine_and_a_table_with_ratios(name: str, rows: list[str]) -> None:
    if name in ("start", "keys"):
        if os.name != "posix":
            pytest.skip("needs a pty")
        pytest.importorskip("pyte")
    done = run(name, "--quick")
    assert not done.returncode, done.stderr
    assert re.search(r"\d+ cores, \w+ 3\.\d+", done.stdout)
    lines = [line for line in done.stdout.splitlines() if line.startswith("|")]
    for row in rows:
        assert any(row in line and RATIO.search(line) for line in lines), f"{row}:\n{done.stdout}"


def test_an_unknown_benchmark_is_refused_before_any_runs() -> None:
    done = run("--quick", "importing", "no-such")
    assert done.returncode == 2
    assert "no benchmark 'no-such'" in done.stderr
    assert not done.stdout


def test_help_names_every_benchmark() -> None:
    printed = run("--help").stdout
    assert all(name in printed for name in ("exporting", "importing", "keys", "segmentation", "start"))
