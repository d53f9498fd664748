"""Runs the benchmarks, all or those that are named, each as a process of its own: `python -m benchmarks [NAME...]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path


def known() -> list[str]:
    """The names of the benchmarks: the programs of this folder."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def main() -> int:
    """Run them one after another; the exit status is 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all unless named: {', '.join(known())}")
    parser.add_argument("--quick", action="store_true", help="show in seconds that they run; the figures mean nothing")
    options = parser.parse_args()
    unknown = sorted(set(options.names) - set(known()))
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r} (there are: {', '.join(known())})")
    started = time.perf_counter()
    failed = []
    for name in options.names or known():
        print(f"== {name}\n", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", *(["--quick"] if options.quick else [])]
        if subprocess.run(command, cwd=Path(__file__).parent.parent).returncode:
            failed.append(name)
    print(f"{time.perf_counter() - started:.0f} seconds", *(f"failed: {name}" for name in failed), sep="; ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
