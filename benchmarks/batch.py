"""What `annotator batch` does on one worker and on two, beside one process that does the same without Ray.

Run it with `python -m benchmarks.batch [--quick]` (Ray: `pip install -e '.[batch]'`). Made articles are split and
suggested for; the time is that from the first chunk that is sent to the last row, without the seconds that Ray takes to
start. Tasks are what the command uses; Ray Data is there to be held against them. Where Ray is not installed only the
single process is measured.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from annotator.model.article import Article
from annotator.workflow.batch import CHUNK, rows_of
from benchmarks.apparatus.articles import made_article
from benchmarks.apparatus.table import print_table, ratio

ARTICLES = 1_200
WORKERS = (1, 2)


def chunks(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """The articles as they are sent."""
    for start in range(0, len(articles), CHUNK):
        yield list(articles[start : start + CHUNK])


def alone(articles: Sequence[Article]) -> float:
    """Seconds of one process without Ray."""
    started = time.perf_counter()
    for chunk in chunks(articles):
        rows_of(chunk)
    return time.perf_counter() - started


def by_tasks(ray: Any, articles: Sequence[Article]) -> float:
    """Seconds of Ray's plain tasks."""
    task = ray.remote(rows_of)
    started = time.perf_counter()
    made = sum(len(rows) for rows in ray.get([task.remote(chunk) for chunk in chunks(articles)]))
    assert made == len(articles)
    return time.perf_counter() - started


def by_data(ray: Any, articles: Sequence[Article]) -> float:
    """Seconds of Ray Data, an article a row, with the same chunks."""

    def made(batch: dict[str, Any]) -> dict[str, Any]:
        return {"row": [str(row) for row in rows_of(list(batch["item"]))]}

    started = time.perf_counter()
    rows = ray.data.from_items(list(articles)).map_batches(made, batch_size=CHUNK)
    assert rows.count() == len(articles)
    return time.perf_counter() - started


def main() -> None:
    """Print one line a way and a number of workers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a few articles: show that it runs")
    quick = parser.parse_args().quick
    articles = [made_article(number) for number in range(20 if quick else ARTICLES)]
    rows_of(articles[:2])
    seconds = {"one process, without Ray": (alone(articles), 1)}
    ray: Any = import_module("ray") if find_spec("ray") else None
    if ray is None:
        print("Ray: not installed (pip install -e '.[batch]')")
    elif not find_spec("pandas"):
        print("Ray Data is left out: it needs pandas (pip install 'ray[data]')")
    for workers in WORKERS if ray is not None else ():
        ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level="error")
        # The first task starts a worker, which loads the rules.
        by_tasks(ray, articles[: CHUNK * workers])
        seconds[f"Ray's tasks, {workers} at once"] = (by_tasks(ray, articles), workers)
        if not quick and find_spec("pandas"):
            import_module("ray.data")
            by_data(ray, articles[: CHUNK * workers])
            seconds[f"Ray Data, {workers} at once"] = (by_data(ray, articles), workers)
        ray.shutdown()
    (unit, _) = seconds["one process, without Ray"]
    print_table(
        f"Batch: {len(articles)} articles split and suggested for",
        ("", "articles/s", "by worker", "speed to one process"),
        [
            (name, f"{len(articles) / taken:,.0f}", f"{len(articles) / taken / workers:,.0f}", ratio(unit, taken))
            for name, (taken, workers) in seconds.items()
        ],
    )


if __name__ == "__main__":
    main()
