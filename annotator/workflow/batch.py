"""A batch: articles prepared on many processes or machines with Ray (the extra `batch`), into rows of Parquet.

What is done to an article is the pure function that an import on this machine calls, so the rows are what that would
store. Chunks of articles go to the workers as Ray's plain tasks, and what comes back is written in the order of the
input: Ray does a chunk again where a worker is killed, and each answer is taken once. The file takes its name when it
is whole; one that was interrupted leaves none.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from annotator.errors import AnnotatorError, ImportFailure
from annotator.importers import PassedOver
from annotator.importers.parquet_rows import pyarrow_parquet
from annotator.model.article import Article
from annotator.model.late import dataclass
from annotator.model.prepared import written
from annotator.signals import handlers_kept
from annotator.workflow.importing.ahead import Item
from annotator.workflow.importing.preparing import Prepared, prepared

Row: TypeAlias = dict[str, Any]

CHUNK = 64
"""Articles of one task: half a second of work, beside which sending them costs little."""

_AHEAD = 3
_GROUP = 512
_LOCAL = "local"
_NEEDED = "`annotator batch` needs the extra 'batch': pip install 'annotator[batch]'"


@dataclass(frozen=True, slots=True)
class Done:
    """One article of the batch: how many of its sentences are suggested as worth checking, or why it has no row."""

    origin: str
    worth_checking: int = 0
    reason: str = ""


def row_of(article: Article) -> Row:
    """The row of an article: what is known of it, and what was made of it; with `reason` where nothing could be."""
    made = prepared(article)
    if not isinstance(made, Prepared):
        return {"origin": article.origin, "reason": made.reason}
    return {
        "text": article.text,
        **asdict(article.publication),
        "language": article.language,
        "rights": article.rights,
        "origin": article.origin,
        "worth_checking": made.worth_checking,
        "prepared": written(article, made.segmentation, made.suggestions),
    }


def rows_of(articles: Sequence[Article]) -> list[Row]:
    """The rows of several articles: what a worker does."""
    return [row_of(article) for article in articles]


def run_batch(items: Iterable[Item], target: Path, address: str, workers: int | None) -> Iterator[Done]:
    """Write the rows of all articles to a Parquet file, and say of each item what became of it, in order.

    `address` is that of a running Ray cluster, "auto" for the one of this machine, or empty for as many `workers` here
    as are wanted. Raises AnnotatorError without Ray or pyarrow, and where the cluster or the file cannot be had.
    """
    library = pyarrow_parquet("annotator batch")
    with _ray(address, workers) as (submit, result, count), _whole(target, library) as write:
        group: list[Row] = []
        for item, row in _in_order(items, submit, result, _AHEAD * count):
            if row is None:
                yield _not_read(item)
            elif "reason" in row:
                yield Done(row["origin"], reason=row["reason"])
            else:
                group.append(row)
                if len(group) == _GROUP:
                    write(group)
                    group = []
                yield Done(row["origin"], row["worth_checking"])
        write(group)


def _not_read(item: Item) -> Done:
    if isinstance(item, ImportFailure):
        return Done(item.origin, reason=f"{item.place}: {item.reason}" if item.place else item.reason)
    assert isinstance(item, PassedOver)
    return Done(item.origin, reason=item.reason)


Submit: TypeAlias = Callable[[list[Article]], Any]
Result: TypeAlias = Callable[[Any], list[Row]]


def _in_order(items: Iterable[Item], submit: Submit, result: Result, most: int) -> Iterator[tuple[Item, Row | None]]:
    """Each item with its row (None for what is no article), at most so many chunks ahead of what has been taken."""
    left = iter(items)
    waiting: deque[tuple[list[Item], Any]] = deque()
    while chunk := list(islice(left, CHUNK)):
        waiting.append((chunk, submit([item for item in chunk if isinstance(item, Article)])))
        if len(waiting) >= most:
            yield from _with_rows(*waiting.popleft(), result)
    while waiting:
        yield from _with_rows(*waiting.popleft(), result)


def _with_rows(chunk: list[Item], submitted: Any, result: Result) -> Iterator[tuple[Item, Row | None]]:
    rows = iter(result(submitted))
    for item in chunk:
        yield item, next(rows) if isinstance(item, Article) else None


@contextmanager
def _ray(address: str, workers: int | None) -> Iterator[tuple[Submit, Result, int]]:
    """What gives a chunk to Ray, what waits for its rows, and how many workers there are."""
    try:
        ray = import_module("ray")
    except ImportError as error:
        raise AnnotatorError(_NEEDED) from error
    # Nothing is told to Ray's makers, and no page is served, unless whoever started the cluster wants it.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        with handlers_kept():
            if address:
                ray.init(address=address, log_to_driver=False, logging_level="error")
            else:
                ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level="error")
    except SystemExit:
        # Ray ends the program when it hears SIGTERM while it starts.
        signal.raise_signal(signal.SIGTERM)
        raise
    except (ConnectionError, OSError, ValueError, RuntimeError) as error:
        raise AnnotatorError(f"no Ray cluster at {address or 'this machine'}: {str(error).splitlines()[0]}") from error
    try:
        # A chunk whose worker was killed is done again, however often.
        task = ray.remote(max_retries=-1)(rows_of)
        yield task.remote, ray.get, int(ray.cluster_resources().get("CPU", 1))
    finally:
        ray.shutdown()


@contextmanager
def _whole(target: Path, library: Any) -> Iterator[Callable[[list[Row]], None]]:
    """What writes rows to the file, which takes its name when all is well."""
    pyarrow = import_module("pyarrow")
    numbers = {"worth_checking": pyarrow.int32()}
    columns = (
        *("text", "title", "url", "archived_url", "publisher", "author", "published_at", "language", "rights"),
        *("origin", "worth_checking", "prepared"),
    )
    schema = pyarrow.schema([(name, numbers.get(name, pyarrow.string())) for name in columns])
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with library.ParquetWriter(beside, schema, compression="zstd") as writer:
            yield lambda rows: writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema)) if rows else None
        beside.replace(target)
    except OSError as error:
        raise AnnotatorError(
            f"{target}: cannot be written ({error.strerror or error}): choose another place"
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink()
