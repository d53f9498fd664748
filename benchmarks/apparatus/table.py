"""From times to a table: the best of several, percentiles, ratios, and the machine they were measured on."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version


def machine() -> str:
    """Cores that this process may use, Python, the system, and Textual's version."""
    available = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()} {platform.machine()}"
    return f"{len(available)} cores, {python}, Textual {version('textual')}, {system}"


def ratio(figure: float, unit: float) -> str:
    """How many times the unit a figure is, with three significant digits where it is small."""
    times = figure / unit
    return f"{times:.0f} x" if times >= 100 else f"{times:.1f} x" if times >= 10 else f"{times:.2f} x"


def percentile(values: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile: the smallest value that `percent` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def best(step: Callable[[], object], repeat: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds of the fastest of the repeats, by this clock."""
    times = []
    for _ in range(repeat):
        started = clock()
        step()
        times.append(clock() - started)
    return min(times)


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print the machine, the title, and a Markdown table: the first column to the left, figures to the right."""
    widths = [max(len(line[column]) for line in (head, *rows)) for column in range(len(head))]
    print(f"{title}\n({machine()})\n")
    for line in (head, ["-" * width for width in widths], *rows):
        cells = [
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print(f"| {' | '.join(cells)} |")
    print(flush=True)
