"""The doctor at work: what there is much of is examined by two processes, and what they find is what one finds."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future

from annotator.processes import WorkProcesses, cores
from annotator.store import doctor
from annotator.store.connection import Store
from annotator.store.doctor import Reached
from annotator.store.soundness import second_doctor
from annotator.store.soundness.following import Examined
from annotator.store.soundness.index_check import WordsOf
from annotator.store.soundness.problem import Problem
from annotator.workflow.two_at_work import made_with

MANY = 50_000
"""From so many sentences and entries on, starting a process costs less than it saves."""
BATCH = 50
"""So many articles are examined at a time: calls are few, and both processes are busy to the end."""


def examine(store: Store, reached: Reached, words_of: WordsOf | None) -> Generator[Problem]:
    """What `doctor.examine` finds, in its order; to be closed by whoever does not read it to the end."""
    before = gc.get_threshold()
    gc.set_threshold(second_doctor.MOST_NEW)
    # What is no file, or may be read only as it is, a second process sees otherwise.
    alone = store.file is None or cores() < 2 or doctor.size(store) < MANY
    others = None if alone else WorkProcesses(1)
    try:
        yield from doctor.examine(store, reached, words_of, _Second(others) if others is not None else None)
    finally:
        if others is not None:
            others.end()
        gc.set_threshold(*before)


class _Second:
    """The second process; where it fails, it is given nothing any more."""

    def __init__(self, others: WorkProcesses) -> None:
        self._others = others
        self._sees = True
        self._first: Future[list[Problem]] | None = None

    def begin(self, store: Store) -> None:
        if self._sees:
            begun = self._others.submit(second_doctor.begin, store.path, store.scheme)
            self._sees = begun.exception() is None

    def of_indexes(self, words_of: WordsOf | None) -> Callable[[], Sequence[Problem] | None]:
        if not self._sees:
            return lambda: None
        made = self._first = self._others.submit(second_doctor.of_indexes, words_of)
        return lambda: made.result() if made.exception() is None else None

    def of_articles(self, ordinals: Sequence[int], here: Callable[[int], Examined]) -> Iterator[Examined]:
        batches = [ordinals[at : at + BATCH] for at in range(0, len(ordinals), BATCH)]
        there = second_doctor.of_articles
        made = made_with(self._others, batches, lambda batch: [*map(here, batch)], there, self._first)
        while self._sees:
            try:
                _, examined = next(made)
            except StopIteration:
                return
            except Exception:  # noqa: BLE001 - what cannot be examined here is raised where it is its turn
                return
            yield from examined
