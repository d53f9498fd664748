"""How long a key takes until the screen is settled, beside the least that Textual can do, in the same run.

Run it with `python -m benchmarks.keys [--quick]` (it needs pyte: `pip install -e '.[test,bench]'`). The workbench
runs in a terminal of 120x40 with a database of made articles. Each key is pressed when the screen is still, and its
time ends with the last change it makes on the screen; a key that decides includes the commit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from annotator.model.article import Article
from annotator.store import open_store
from annotator.workflow.ingest import ingest
from benchmarks.apparatus import one_static
from benchmarks.apparatus.articles import made_article
from benchmarks.apparatus.table import percentile, print_table, ratio
from benchmarks.apparatus.terminal import Terminal, environment

PARAGRAPHS = 60
"""Of the article that is reviewed; the others in the queue are short."""
QUEUE = 300
COUNT = 60
FIRST_CLAIM = "Claim 1 of"
UNIT = "Textual, one Static: a key"
UNTIMED = 3
"""Of each key, the first presses: what is laid out or cached for the first time is not what a reviewer feels."""

ROUNDS: Sequence[Sequence[tuple[str, str]]] = (
    (("j", "j: the next claim"),),
    (("k", "k: the claim before"),),
    (("2", "2: check-worthy"), ("a", "a: author's voice"), ("s", "s: verdict, and on to the next claim")),
    (("D", "D: the next-best content"), ("\x1b[D", "left: back to what is suggested")),
    (("e", "e: into the span mode"), ("q", "q: out of the span mode")),
    (("q", "q: to the queue"), ("\r", "enter: open the article")),
    (("q", ""),),
    (("j", "j: the next article of the queue"),),
    (("k", "k: the article before in the queue"),),
)
"""Keys that are pressed in turns, with the names of their rows (none: pressed once, untimed)."""


def fill(path: Path, articles: Sequence[Article]) -> None:
    """Make the database."""
    with closing(open_store(path)) as store:
        for outcome in ingest(store, articles):
            assert outcome.result == "added", outcome


def timed(terminal: Terminal, keys: Sequence[tuple[str, str]], count: int) -> dict[str, list[float]]:
    """Seconds of each key's presses, the keys pressed in turns; what has no name is pressed once."""
    found: dict[str, list[float]] = {name: [] for _, name in keys if name}
    untimed = min(UNTIMED, count)
    for turn in range(untimed + count if found else 1):
        for key, name in keys:
            seconds = terminal.press(key.encode())
            if name and turn >= untimed:
                found[name].append(seconds)
    return found


def main() -> None:
    """Print one line a key."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one press a key instead of sixty, and a short queue")
    quick = parser.parse_args().quick
    count, queue = (1, 10) if quick else (COUNT, QUEUE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.db"
        long = made_article(0, PARAGRAPHS)
        fill(path, [long, *(made_article(number, 3) for number in range(1, queue))])
        variables = environment(ANNOTATOR_CONFIG=f"{folder}/config.toml", ANNOTATOR_REVIEWER="bench")
        with Terminal([sys.executable, one_static.__file__], variables) as terminal:
            terminal.until("0 keys")
            terminal.settle()
            times = timed(terminal, [("j", UNIT)], count)
        command = [sys.executable, "-m", "annotator", "--db", str(path), "review", long.id]
        with Terminal(command, variables) as terminal:
            terminal.until(FIRST_CLAIM)
            terminal.settle()
            for keys in ROUNDS:
                times |= timed(terminal, keys, count)
    p50, p95 = percentile(times[UNIT], 50), percentile(times[UNIT], 95)
    print_table(
        f"Key to settled screen: {count} presses each, {queue} articles in the queue",
        ("", "p50 ms", "p95 ms", "p50 ratio", "p95 ratio"),
        [
            (
                name,
                f"{percentile(values, 50) * 1000:.1f}",
                f"{percentile(values, 95) * 1000:.1f}",
                ratio(percentile(values, 50), p50),
                ratio(percentile(values, 95), p95),
            )
            for name, values in times.items()
        ],
    )


if __name__ == "__main__":
    main()
