"""Readers survive what is not meant for them: a million mutations of valid invented files, each read or refused.

`python -m benchmarks.fuzz --inputs 1000000 --processes 2`; `--only NAME` for one reader, `--seed N` for other inputs.
A fault is printed with the steps that lead to it, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import TypeAlias

from benchmarks.apparatus.table import print_table
from benchmarks.fuzzing.running import Ran, run
from benchmarks.fuzzing.targets import Target, targets

Round: TypeAlias = tuple[str, int, int]
"""A reader's name, how many inputs, and their seed."""

ROUND = 1000
"""Inputs that a process draws at once: Hypothesis remembers each of a round, so that none comes again."""


def main() -> int:
    """Run rounds of all readers in turn until there were enough, or it is interrupted; print what came of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", metavar="NAME", default="", help="readers whose name begins so")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no round after so long")
    parser.add_argument("--quick", action="store_true", help="a thousand inputs")
    options = parser.parse_args()
    wanted = {name: row for name, row in known().items() if name.startswith(options.only)}
    began = time.perf_counter()
    inputs = 1000 if options.quick else options.inputs
    ran = dict.fromkeys(wanted, Ran())
    faults: dict[str, str] = {}
    for name, one in _all(list(_rounds(wanted, inputs, options.seed)), options.processes, began + options.seconds):
        ran[name] = _with(ran[name], one)
        if one.fault:
            faults.setdefault(one.fault.partition(": ")[2][:80], one.fault)
            print(one.fault, file=sys.stderr, flush=True)
    seconds = time.perf_counter() - began
    rows = [(name, *(f"{each:,}" for each in (one.inputs, one.made, one.refused))) for name, one in ran.items()]
    total = sum(one.inputs for one in ran.values())
    title = f"{total:,} inputs in {seconds:.0f} seconds, kinds of fault: {len(faults)}"
    print_table(title, ["reader", "inputs", "things made", "refused"], rows)
    return 1 if faults else 0


def _all(rounds: list[Round], processes: int, until: float) -> Iterator[tuple[str, Ran]]:
    """What came of each round, by its reader, until it is too late for another, or Ctrl-C."""
    some: list[Round] = []
    try:
        with ProcessPoolExecutor(processes) as pool:
            for at in range(0, len(rounds), 8 * processes):
                if time.perf_counter() > until:
                    return
                some = rounds[at : at + 8 * processes]
                yield from zip((name for name, *_ in some), pool.map(_run, some), strict=True)
    except KeyboardInterrupt:
        print("interrupted: what has run is counted", file=sys.stderr)
    except BrokenProcessPool:
        yield some[0][0], Ran(fault=f"a process died: in one of these rounds (reader, inputs, seed): {some}")


@cache
def known() -> dict[str, Target]:
    """The readers whose libraries are installed, by name."""
    return {row.name: row for row in targets() if not row.needs or find_spec(row.needs) is not None}


def _rounds(wanted: dict[str, Target], inputs: int, of_seed: int) -> Iterator[Round]:
    """Reader, how many inputs and the seed of each round; all readers have their share at any time."""
    shares = sum(row.share for row in wanted.values())
    left = {name: max(1, round(inputs * row.share / shares)) for name, row in wanted.items()}
    # A slow reader's rounds are small ones, so that all come to their ends together.
    size = {name: max(1, min(ROUND, count // max(1, inputs // (ROUND * 10)))) for name, count in left.items()}
    number = of_seed
    while left:
        for name in list(left):
            number += 1
            count = min(left[name], size[name])
            yield name, count, number
            left[name] -= count
            if not left[name]:
                del left[name]


def _run(work: Round) -> Ran:
    name, count, of_seed = work
    return run(known()[name], count, of_seed)


def _with(before: Ran, more: Ran) -> Ran:
    return replace(
        before,
        inputs=before.inputs + more.inputs,
        made=before.made + more.made,
        refused=before.refused + more.refused,
        fault=before.fault or more.fault,
    )


if __name__ == "__main__":
    sys.exit(main())
