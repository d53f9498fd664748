"""How long `annotator` takes to start, beside an empty Python and the least that Textual can do, in the same run.

Run it with `python -m benchmarks.start [--quick]` (it needs pyte: `pip install -e '.[test,bench]'`). Commands are timed
from their start to their end; the two screens, in a terminal of 120x40, from their start until they can be read: the
workbench when it shows the first claim of an article; and from their start until a key is answered that was typed
before they were there, in the workbench one that decides.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.apparatus import one_static
from benchmarks.apparatus.table import print_table, ratio
from benchmarks.apparatus.terminal import Terminal, environment

SEEDS = Path(__file__).parent.parent / "seeds"
SEED = SEEDS / "01-harbour-cranes.txt"
FIRST_CLAIM = "Claim 1 of"
STORED = "u takes it back"
RUNS = 11
UNTIMED = 1
"""Turns before these: the first one compiles what is not compiled yet and fills the file cache."""


def ended(variables: Mapping[str, str], *arguments: str) -> float:
    """Seconds that a Python process with these arguments takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=variables, check=True, capture_output=True)
    return time.perf_counter() - started


def painted(variables: Mapping[str, str], wanted: str, *arguments: str, typed: bytes = b"") -> float:
    """Seconds until a Python process with these arguments shows `wanted` on its terminal; `typed` is typed at once."""
    with Terminal([sys.executable, *arguments], variables) as terminal:
        terminal.type_ahead(typed)
        return terminal.until(wanted)


def main() -> None:
    """Print one line a way to start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one start each instead of eleven")
    runs, untimed = (1, 0) if parser.parse_args().quick else (RUNS, UNTIMED)
    with tempfile.TemporaryDirectory() as folder:
        variables = environment(
            ANNOTATOR_DB=f"{folder}/annotations.db",
            ANNOTATOR_CONFIG=f"{folder}/config.toml",
            ANNOTATOR_REVIEWER="bench",
        )
        annotator = ("-m", "annotator")
        ended(variables, *annotator, "import", str(SEED))
        static, static_key = "Textual, one Static: first paint", "Textual, one Static: a key typed at once is answered"
        ways: dict[str, Callable[[], float]] = {
            "python -c pass": lambda: ended(variables, "-c", "pass"),
            "annotator --version": lambda: ended(variables, *annotator, "--version"),
            "annotator --help": lambda: ended(variables, *annotator, "--help"),
            f"annotator split {SEED.name}": lambda: ended(variables, *annotator, "split", str(SEED)),
            static: lambda: painted(variables, "0 keys", one_static.__file__),
            static_key: lambda: painted(variables, "1 keys", one_static.__file__, typed=b"j"),
            "annotator review: first claim on the screen": lambda: painted(
                variables, FIRST_CLAIM, *annotator, "review"
            ),
            "annotator review: a flag typed at once is stored": lambda: painted(
                variables, STORED, *annotator, "review", typed=b"f"
            ),
        }
        # In turns, so that what else the machine does meanwhile falls on all of them.
        turns = [{name: start() for name, start in ways.items()} for _ in range(untimed + runs)]
    medians = {name: statistics.median(turn[name] for turn in turns[untimed:]) for name in ways}
    least, screen = medians["python -c pass"], medians[static]
    print_table(
        f"Start: medians of {runs} runs",
        ("", "ms", "to python", "to one Static"),
        [
            (name, f"{seconds * 1000:.0f}", ratio(seconds, least), ratio(seconds, screen))
            for name, seconds in medians.items()
        ],
    )


if __name__ == "__main__":
    main()
