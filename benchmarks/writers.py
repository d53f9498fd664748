"""Eight reviewers who decide on one database without a pause, each a process: how long a decision takes them.

Run it with `python -m benchmarks.writers [--quick]`. Beside the present build runs an earlier one, the last in which a
writer waited as SQLite makes it wait (left out where git cannot give it), and each build alone: what a decision takes
where nobody else writes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.apparatus import deciding
from benchmarks.apparatus.earlier import ROOT, earlier_build
from benchmarks.apparatus.table import percentile, print_table, ratio

WRITERS = 8
SECONDS = 20.0
EARLIER = "4c24ddb"
"""The commit of the earlier build."""

ARTICLE = ROOT / "seeds" / "01-harbour-cranes.txt"


@dataclass(frozen=True, slots=True)
class Round:
    """How long decisions took, in seconds, the errors, and how many entries the ledger has got."""

    took: Sequence[float]
    errors: Sequence[str]
    stored: int


def run(build: Path, path: Path, writers: int, seconds: float) -> Round:
    """Let so many reviewers decide for so long with a build, on a new database at `path`."""
    variables = os.environ | {"PYTHONPATH": str(build)}
    # Its own database: a build may not know the schema of another.
    filled = [sys.executable, "-m", "annotator", "--db", str(path), "import", str(ARTICLE)]
    subprocess.run(filled, env=variables, cwd=build, check=True, capture_output=True)
    command = [sys.executable, deciding.__file__, str(path)]
    processes = [
        subprocess.Popen(
            [*command, f"reviewer{number}", str(seconds)],
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(writers)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [json.loads(process.communicate()[0]) for process in processes]
    took = [second for each in said for second in each["took"]]
    return Round(took, [error for each in said for error in each["errors"]], sum(each["stored"] for each in said))


def main() -> None:
    """Print one line a build and number of writers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a second each")
    seconds = 1.0 if parser.parse_args().quick else SECONDS
    lines: list[tuple[str, ...]] = []
    alone: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        earlier = earlier_build(EARLIER, Path(folder))
        builds = {"present build": ROOT} | ({f"as of {EARLIER}": earlier} if earlier else {})
        for writers in (1, WRITERS):
            for name, build in builds.items():
                found = run(build, Path(folder) / f"{len(lines)}.db", writers, seconds)
                assert found.stored == len(found.took) - len(found.errors), "a decision was lost or doubled"
                shown = [f"{percentile(found.took, percent) * 1000:.1f}" for percent in (50, 95, 99, 100)]
                slow = percentile(found.took, 99)
                beside = ratio(slow, alone.setdefault(name, slow))
                rate = f"{found.stored / seconds:.0f}"
                lines.append((f"{name}, {writers} writing", *shown, beside, rate, str(len(found.errors))))
    if earlier is None:
        print(f"(git cannot give the build of {EARLIER}: it is left out)\n")
    print_table(
        f"Decisions by reviewers who never pause, {seconds:.0f} seconds, milliseconds",
        ("", "p50", "p95", "p99", "longest", "p99 to one writing", "a second", "errors"),
        lines,
    )


if __name__ == "__main__":
    main()
