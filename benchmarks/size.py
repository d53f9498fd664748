"""How large the database is, and what its size costs, beside an earlier build in the same run.

Run it with `python -m benchmarks.size [--quick] [--articles N] [--decisions N]`. Each build imports the same made
articles with suggestions, and settles the same claims, a decision each; then it does what gets slower as a database
grows. A decision in a new article is measured without SQLite's statistics and with those of `analyze`. The earlier
build is the last with sentences, claims and suggestions in rows of their own (left out where git cannot give it).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.apparatus import working
from benchmarks.apparatus.earlier import ROOT, earlier_build
from benchmarks.apparatus.table import percentile, print_table, ratio

EARLIER = "4c24ddb"
"""The commit of the earlier build."""
ARTICLES, DECISIONS, PARAGRAPHS = 300, 3_000, 18
DEEP = 100
WORDS = "bolts had been replaced"


@dataclass(frozen=True, slots=True)
class Build:
    """A build, and the database that it works in."""

    folder: Path
    database: Path

    def step(self, name: str, *given: object) -> dict[str, Any]:
        """What a step of `apparatus.working` measures, in a process of its own."""
        command = [sys.executable, working.__file__, name, str(self.database), *map(str, given)]
        variables = os.environ | {"PYTHONPATH": str(self.folder)}
        printed = subprocess.run(command, env=variables, cwd=self.folder, check=True, stdout=subprocess.PIPE).stdout
        return dict(json.loads(printed))


def measured(build: Build, articles: int, decisions: int) -> dict[str, float]:
    """Everything that is measured of a build, by what it is."""
    filled = build.step("fill", 0, articles, PARAGRAPHS)
    found = {"file, unreviewed, to its text": filled["file"] / filled["text"]}
    fresh = percentile(build.step("deciding", "eva", 60)["took"], 50)
    found["bytes a decision"] = float(build.step("judged", decisions)["bytes"]) / decisions
    found["a decision on an empty database, ms"] = fresh * 1000
    for state in ("without statistics", "with statistics"):
        deciding = percentile(build.step("deciding", "ana", 60)["took"], 50)
        found[f"the same of who decided all, {state}, ms"] = deciding * 1000
        build.step("statistics")
    found[f"undo, {DEEP} deep, ms"] = percentile(build.step("undoing", "ana", DEEP)["took"], 50) * 1000
    for name, what, given in (
        ("history", "a claim's history, ms", ("ana",)),
        ("progress", "report on progress, ms", ()),
        ("listing", "listing the articles, ms", ()),
        ("finding", "finding words, ms", (WORDS,)),
        ("examining", "doctor, ms", ()),
        ("glancing", "doctor --quick, ms", ()),
    ):
        took = build.step(name, *given)["took"]
        if took:
            found[what] = percentile(took, 50) * 1000
    for format_ in ("jsonl", "csv"):
        made = build.step("exporting", format_)
        found[f"export {format_}, microseconds a row"] = made["took"][0] / made["rows"] * 1e6
        found[f"export {format_}, MB of memory"] = made["peak"]
    return found


def main() -> None:
    """Print one line for each thing that is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few of everything")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--decisions", type=int, default=DECISIONS)
    options = parser.parse_args()
    articles, decisions = (10, 100) if options.quick else (options.articles, options.decisions)
    with tempfile.TemporaryDirectory() as folder:
        earlier = earlier_build(EARLIER, Path(folder))
        present = measured(Build(ROOT, Path(folder) / "present.db"), articles, decisions)
        before = measured(Build(earlier, Path(folder) / "earlier.db"), articles, decisions) if earlier else {}
    if earlier is None:
        print(f"(git cannot give the build of {EARLIER}: it is left out)\n")
    lines = [
        (what, f"{value:,.1f}", *((f"{before[what]:,.1f}", ratio(value, before[what])) if what in before else ("", "")))
        for what, value in present.items()
    ]
    title = f"{articles:,} articles, {decisions:,} decisions"
    print_table(title, ("", "present build", f"as of {EARLIER}", "to that"), lines)


if __name__ == "__main__":
    main()
