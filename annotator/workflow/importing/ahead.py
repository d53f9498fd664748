"""Ahead: articles prepared in other processes while those before them are stored, and handed over in their order.

The first ones are prepared here, and handed over one by one: of few articles starting a process would cost more than it
saves, and while it starts this one goes on. Of many, those that are ready are handed over together. What is read ahead
is bounded, so memory does not grow with the import; what was read and not stored when an import is interrupted is read
again by the next one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from dataclasses import field
from functools import partial
from itertools import chain, islice
from typing import TypeAlias

from annotator.errors import ImportFailure
from annotator.importers import PassedOver
from annotator.model.article import Article
from annotator.model.late import dataclass
from annotator.processes import ProcessBrokeDown, WorkProcesses, cores
from annotator.workflow.importing.preparing import NotPrepared, Packed, Prepared

Item: TypeAlias = Article | ImportFailure | PassedOver
Made: TypeAlias = Callable[[], Prepared | Packed | NotPrepared]
MadeOfMany: TypeAlias = Callable[[list[Article]], list[Packed | NotPrepared]]
Together: TypeAlias = list[tuple[Item, Made, bool]]
"""Items with what prepares each, that can be stored together, and whether each was an article that `is_new`."""

FEW = 64
"""So many new articles are prepared here; when half of them are, the other processes are started."""

_CHUNK = 8
_MOST_TOGETHER = 2 * _CHUNK
_CHUNKS_AHEAD = 3
_MOST_PROCESSES = 4


def count_of(processes: int | None) -> int:
    """How many processes prepare articles: as many as told, or else one for each core; none where there is but one."""
    wanted = min(cores(), _MOST_PROCESSES) if processes is None else processes
    return wanted if wanted > 1 else 0


@dataclass(slots=True)
class _Chunk:
    """Articles that are prepared together, because each call to another process takes its time."""

    articles: list[Article] = field(default_factory=list)
    answer: Future[list[Packed | NotPrepared]] | None = None

    def send(self, processes: WorkProcesses, there: MadeOfMany) -> None:
        """Have another process prepare them."""
        self.answer = processes.submit(there, self.articles)

    def made(self, index: int, here: Callable[[Article], Prepared | NotPrepared]) -> Prepared | Packed | NotPrepared:
        """One of them, waited for; prepared here where the processes broke down."""
        assert self.answer is not None
        try:
            return self.answer.result()[index]
        except ProcessBrokeDown:
            return here(self.articles[index])


def prepared_ahead(
    items: Iterable[Item],
    is_new: Callable[[Article], bool],
    here: Callable[[Article], Prepared | NotPrepared],
    there: MadeOfMany,
    processes: int,
) -> Iterator[Together]:
    """The items in order, with what prepares each (it waits for another process, or prepares the article here).

    `here` is called where few articles are `is_new`, or no other process is there; `there` in the others, with several
    articles. Where many are new, several come together, sixteen at most.
    """
    left = iter(items)
    new = 0
    others: WorkProcesses | None = None
    try:
        for item in left:
            new += isinstance(item, Article) and (not processes or is_new(item))
            if processes and others is None and new > FEW // 2:
                others = _started(processes, there, item)
            if new > FEW:
                rest = chain([item], left)
                if others is not None:
                    yield from _elsewhere(rest, is_new, here, there, others, _CHUNK * _CHUNKS_AHEAD * processes)
                else:
                    yield from _here(rest, is_new, here)
                return
            yield [(*_prepared_here(item, here), False)]
    finally:
        if others is not None:
            others.end()


def _started(processes: int, there: MadeOfMany, item: Item) -> WorkProcesses:
    """The other processes, which read their word lists while this one goes on: each prepares an article in vain."""
    others = WorkProcesses(processes)
    for _ in range(processes):
        others.submit(there, [item] if isinstance(item, Article) else [])
    return others


def _here(
    items: Iterator[Item], is_new: Callable[[Article], bool], here: Callable[[Article], Prepared | NotPrepared]
) -> Iterator[Together]:
    while some := list(islice(items, _CHUNK)):
        yield [(*_prepared_here(item, here), isinstance(item, Article) and is_new(item)) for item in some]


def _prepared_here(item: Item, here: Callable[[Article], Prepared | NotPrepared]) -> tuple[Item, Made]:
    return item, partial(here, item) if isinstance(item, Article) else _nothing


def _nothing() -> Prepared | NotPrepared:
    raise AssertionError("only articles are prepared")


_Line = deque[tuple[Item, Made, _Chunk | None]]


def _elsewhere(
    items: Iterable[Item],
    is_new: Callable[[Article], bool],
    here: Callable[[Article], Prepared | NotPrepared],
    there: MadeOfMany,
    others: WorkProcesses,
    most: int,
) -> Iterator[Together]:
    waiting: _Line = deque()
    chunk = _Chunk()
    for item in items:
        if isinstance(item, Article) and is_new(item):
            waiting.append((item, partial(chunk.made, len(chunk.articles), here), chunk))
            chunk.articles.append(item)
        else:
            waiting.append((*_prepared_here(item, here), None))
        if len(chunk.articles) == _CHUNK:
            chunk.send(others, there)
            chunk = _Chunk()
        if len(waiting) > most and waiting[0][2] is chunk:
            chunk.send(others, there)
            chunk = _Chunk()
        yield from _first_of(waiting, most)
    if chunk.articles:
        chunk.send(others, there)
    yield from _first_of(waiting, 0)


def _first_of(waiting: _Line, most: int) -> Iterator[Together]:
    """What stands first and is ready, together; what is not is waited for where more than `most` are in the line."""
    while waiting:
        chunk = waiting[0][2]
        if chunk is not None and chunk.answer is not None and len(waiting) > most:
            wait([chunk.answer])
        together: Together = []
        while waiting and len(together) < _MOST_TOGETHER and _is_ready(waiting[0][2]):
            item, made, chunk = waiting.popleft()
            together.append((item, made, chunk is not None))
        if not together:
            return
        yield together


def _is_ready(chunk: _Chunk | None) -> bool:
    """Whether what stands first in line needs no waiting."""
    return chunk is None or (chunk.answer is not None and chunk.answer.done())
