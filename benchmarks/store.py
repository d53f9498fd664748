"""What the database costs: a decision, an import and the queue, beside bare SQLite doing the least of it in one run.

Run it with `python -m benchmarks.store [--quick]`. A decision goes through the review session, as a key press does; the
bare commit writes one row with the same pragmas to a file in the same folder, and the two take turns. An import stores
articles that are split and suggested for already; the bare one writes the same rows with executemany.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from annotator.model.queue import QueueFilter, QueueSort
from annotator.store import Store, open_store
from annotator.store.articles import add_article
from annotator.store.connection import connect
from annotator.store.queue import queue_order, queue_rows
from annotator.workflow import judging
from annotator.workflow.importing.preparing import split_article, suggest_for
from annotator.workflow.session import ReviewSession
from benchmarks.apparatus.articles import made_article
from benchmarks.apparatus.table import percentile, print_table, ratio

PAGE = 50
TABLES = ("name", "article", "article_text", "ledger", "publication", "suggestion", "near_band")


def timed(work: Callable[[], object]) -> float:
    """How long one call takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def milliseconds(seconds: float) -> str:
    """Seconds as milliseconds with two decimals."""
    return f"{seconds * 1000:.2f}"


def filled(path: Path, numbers: Sequence[int], paragraphs: int) -> Store:
    """A store with these made articles in it; quickly, because nobody minds if this one is lost."""
    store = open_store(path)
    store.connection.execute("pragma synchronous = off")
    for number in numbers:
        article = made_article(number, paragraphs)
        add_article(store, article, split_article(article), [], None)
    store.connection.execute("pragma synchronous = full")
    return store


def bare(path: Path) -> sqlite3.Connection:
    """A file with one table of no constraints, and the pragmas that the store has."""
    connection = connect(path)
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table row (id integer primary key, payload text)")
    return connection


def measure_decisions(folder: Path, count: int) -> None:
    """Time decisions on one article beside bare commits of one row."""
    with closing(bare(folder / "bare.db")) as beside:
        store = filled(folder / "decisions.db", range(20), 12)
        session = ReviewSession(store, "ana")
        article_id = store.connection.execute("select id from article where ordinal = 7").fetchone()[0]
        review, _ = session.open(article_id)
        claims = review.claims

        def commit_a_row() -> None:
            beside.execute("begin immediate")
            beside.execute("insert into row (payload) values (?)", ("x" * 300,))
            beside.execute("commit")

        steps: list[Callable[[int], object]] = [
            lambda index: session.apply(judging.verdict, claims[index], "supported"),
            lambda index: session.apply(judging.worth, claims[index], "1"),
            lambda index: session.apply(judging.flag, claims[index]),
        ]
        decided: list[float] = []
        undone: list[float] = []
        rows: list[float] = []
        for number in range(count):
            rows.append(timed(commit_a_row))
            step, index = steps[number % len(steps)], number // len(steps) % len(claims)
            start = time.perf_counter()
            step(index)
            decided.append(time.perf_counter() - start)
            if number % 5 == 4:
                undone.append(timed(session.undo))
        store.close()
    lines = [
        [name, *(milliseconds(percentile(times, percent)) for percent in (50, 95))]
        + [ratio(percentile(times, percent), percentile(rows, percent)) for percent in (50, 95)]
        for name, times in (
            ("bare commit of one row", rows),
            ("decision through the review session", decided),
            ("undo, after as many decisions on the article", undone),
        )
    ]
    title = f"{count} decisions on an article of {len(claims)} claims, milliseconds"
    print_table(title, ("", "p50", "p95", "p50 ratio", "p95 ratio"), lines)


def measure_imports(folder: Path, count: int) -> None:
    """Time the storing of articles beside the same rows written by executemany."""
    items = []
    for number in range(count):
        article = made_article(number)
        made = split_article(article)
        items.append((article, made, suggest_for(article, made)[0]))
    with closing(open_store(folder / "imports.db")) as store:
        ours = timed(lambda: [add_article(store, *item, None) for item in items])
        rows = {table: store.connection.execute(f"select * from {table}").fetchall() for table in TABLES}
    with closing(open_store(folder / "bare-import.db")) as plain:

        def write_all() -> None:
            with plain.transaction():
                for table, values in rows.items():
                    marks = ", ".join("?" * len(values[0]))
                    plain.connection.executemany(f"insert into {table} values ({marks})", values)

        least = timed(write_all)
    lines = [
        ["executemany of the same rows, one transaction", f"{count / least:.0f}", ratio(least, least)],
        ["import, one transaction an article", f"{count / ours:.0f}", ratio(ours, least)],
    ]
    title = f"{count} articles, {sum(map(len, rows.values()))} rows, articles a second"
    print_table(title, ("", "articles/s", "time"), lines)


def measure_queue(folder: Path, count: int, repeat: int) -> None:
    """Time what the queue screen asks for: an order of all articles, and one page of rows."""
    store = filled(folder / "queue.db", range(count), 2)
    store.connection.execute("pragma synchronous = off")
    session = ReviewSession(store, "ana")
    for ordinal in range(1, count, 25):
        article_id = store.connection.execute("select id from article where ordinal = ?", (ordinal,)).fetchone()[0]
        review, _ = session.open(article_id)
        session.apply(judging.flag, review.claims[0])
    scan = percentile(
        [timed(store.connection.execute("select id, hidden from article").fetchall) for _ in range(repeat)], 50
    )
    lines = [["bare scan of the articles' ids", milliseconds(scan), ratio(scan, scan)]]

    def add(name: str, work: Callable[[], object]) -> None:
        taken = percentile([timed(work) for _ in range(repeat)], 50)
        lines.append([name, milliseconds(taken), ratio(taken, scan)])

    for sort in QueueSort:
        add(f"order by {sort}", lambda sort=sort: queue_order(store, "ana", "both", sort))  # type: ignore[misc]
    add("only flagged", lambda: queue_order(store, "ana", "both", filter_=QueueFilter.FLAGGED))
    add("find words", lambda: queue_order(store, "ana", "both", words="ferry"))
    ordinals = queue_order(store, "ana", "both", QueueSort.TITLE)
    add(f"a page of {PAGE}", lambda: queue_rows(store, "ana", "both", ordinals[:PAGE]))
    store.close()
    print_table(f"The queue over {count} articles, median milliseconds", ("", "ms", "ratio"), lines)


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few of everything")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        measure_decisions(Path(folder), 60 if quick else 1000)
        measure_imports(Path(folder), 10 if quick else 300)
        measure_queue(Path(folder), 200 if quick else 10_000, 3 if quick else 9)


if __name__ == "__main__":
    main()
