"""How fast decided claims are exported, beside json.dumps of the same rows, and how much memory that takes.

Run it with `python -m benchmarks.exporting [--quick]`. Two reviewers decide made articles: their rows together are
the large export, the second reviewer's alone the small one. Speeds are those of the command, which shares a large
export with a second process where there is a core for it, and of one process alone. Memory is the peak of a process of
its own that exports to a file and does nothing else, as the system counts it, and that of the one it shares with.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from benchmarks.apparatus.table import best, print_table, ratio

FORMATS = ("jsonl", "csv")
ALONE = "{}, one process"
MANY, FEW = "ana", "ben"
SHARE = 10
"""The small export has one in so many rows of the large one."""
ROWS = 20_000
REPEAT = 2
PARAGRAPHS = 12


@dataclass(frozen=True, slots=True)
class Speed:
    """Rows, and seconds for json.dumps of them and for each format."""

    rows: int
    dumps: float
    formats: dict[str, float]


# This process stays small and its children do the work: a child's peak of memory is at least what the process that
# started it used at that moment. That is also why the imports of the package are where they are.


def make(path: Path, rows: int) -> None:
    """A database in which `rows` claims are decided, each by one entry: accepted as suggested, with a verdict."""
    from annotator.errors import DecisionRefused
    from annotator.model.article import Claim
    from annotator.model.review import ArticleReview
    from annotator.model.scheme import default_scheme
    from annotator.store import open_store
    from annotator.workflow import attributing, judging
    from annotator.workflow.ingest import ingest
    from annotator.workflow.plan import Plan
    from annotator.workflow.session import ReviewSession
    from benchmarks.apparatus.articles import made_article

    def settle(review: ArticleReview, claim: Claim, value: str) -> Plan:
        judged = judging.verdict(review, claim, value)
        try:
            accepted = attributing.accept(review, claim)
        except DecisionRefused:  # an attribution that was taken before covers it, and nothing else is suggested
            return judged
        return Plan("accept", claim, [*accepted.changes, *judged.changes], suggestions=accepted.suggestions)

    verdicts = [value.id for value in default_scheme().verdict if not value.reasons]

    left = {MANY: rows - rows // SHARE, FEW: rows // SHARE}
    number = 0
    with closing(open_store(path)) as store:
        # Nothing here has to outlive a power failure, and making the database is not what is measured.
        store.connection.execute("pragma synchronous = off")
        for reviewer, wanted in left.items():
            session = ReviewSession(store, reviewer)
            while wanted:
                article = made_article(number, PARAGRAPHS)
                number += 1
                list(ingest(store, [article]))
                review, _ = session.open(article.id)
                for index, claim in enumerate(review.claims[:wanted]):
                    session.apply(settle, claim, verdicts[index % len(verdicts)])
                    wanted -= 1


def write(path: Path, format_: str, target: Path, reviewers: tuple[str, ...] = (), *, alone: bool = False) -> int:
    """Export to a file as the command does, or in this process alone; how many rows that are."""
    from annotator.exporters import FORMATS as KNOWN
    from annotator.store import open_store
    from annotator.workflow.dataset import Choice, Tally, exported
    from annotator.workflow.exporting.publish import publish

    tally = Tally()
    with closing(open_store(path, create=False)) as store, nullcontext() if alone else store.snapshot():
        files = exported(store, KNOWN[format_], Choice(reviewers), tally)
        publish(chain.from_iterable(chunks for _, chunks in files), target)
    return tally.rows


def peak(path: Path, format_: str, target: Path, reviewers: tuple[str, ...]) -> tuple[int, float, float]:
    """The rows of one export, and the peaks of memory of this process and of the other in megabytes (10^6 bytes)."""
    import resource

    rows = write(path, format_, target, reviewers)
    unit = 1 if sys.platform == "darwin" else 1024
    mine, others = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return rows, mine * unit / 1e6, others * unit / 1e6


def speed(path: Path, target: Path, repeat: int) -> Speed:
    """The best of the repeats."""
    formats: dict[str, float] = {}
    for name in FORMATS:
        formats[name] = best(partial(write, path, name, target / name), repeat)
        formats[ALONE.format(name)] = best(partial(write, path, name, target / "alone", alone=True), repeat)
        assert (target / name).read_bytes() == (target / "alone").read_bytes()
    with (target / "jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return Speed(len(rows), best(lambda: [json.dumps(row, ensure_ascii=False) for row in rows], repeat), formats)


def child(*arguments: object) -> list[float]:
    """Run this program for one step and read the figures it prints."""
    command = [sys.executable, "-m", "benchmarks.exporting", "--step", *map(str, arguments)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [float(figure) for figure in printed.split()]


def step(name: str, *given: str) -> list[float]:
    """What a child does."""
    path = Path(given[0])
    if name == "make":
        make(path, int(given[1]))
        return []
    if name == "peak":
        return list(peak(path, given[1], Path(given[2]), given[3:]))
    found = speed(path, Path(given[1]), int(given[2]))
    return [found.rows, found.dumps, *found.formats.values()]


def main() -> None:
    """Print the speeds, then the peaks of memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="200 rows instead of 20,000, once")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(*step(*options.step))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.db"
        child("make", path, 200 if options.quick else ROWS)
        print_speeds(path, Path(folder), 1 if options.quick else REPEAT)
        print_peaks(path, Path(folder))


def print_speeds(path: Path, folder: Path, repeat: int) -> None:
    """One line a format."""
    rows, dumps, *seconds = child("speed", path, folder, repeat)
    names = [name for format_ in FORMATS for name in (format_, ALONE.format(format_))]
    figures = {"json.dumps of the same rows": dumps, **dict(zip(names, seconds, strict=True))}
    print_table(
        f"Export: {rows:,.0f} decided claims, best of {repeat}",
        ("", "rows/s", "time to json.dumps"),
        [(name, f"{rows / each:,.0f}", ratio(each, dumps)) for name, each in figures.items()],
    )


def print_peaks(path: Path, folder: Path) -> None:
    """One line a format: the peaks of the small and the large export, and their ratio."""
    lines = []
    for format_ in FORMATS:
        few, small, _ = child("peak", path, format_, folder / "few", FEW)
        many, large, other = child("peak", path, format_, folder / "many")
        figures = (f"{few:,.0f}", f"{small:.1f}", f"{many:,.0f}", f"{large:.1f}", ratio(large, small), f"{other:.1f}")
        lines.append((format_, *figures))
    heading = ("", "rows", "MB", "rows", "MB", "large to small", "MB of the other process")
    print_table("Export: peak of memory", heading, lines)


if __name__ == "__main__":
    main()
