"""Batches made by this process and another, handed over in their order."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar

from annotator.model.late import dataclass
from annotator.processes import WorkProcesses

Batch = TypeVar("Batch")
Made = TypeVar("Made")

_THERE = 2
"""So many batches are with the other process: while one is made, the next waits for it."""
_TURN = 0.0005
"""Seconds that a thread works at most while another of this process waits."""
_LONGEST = 6
"""So many batches at most are under way or wait for their turn: memory does not grow with what there is to make."""


@dataclass(frozen=True, slots=True)
class _Step(Generic[Batch, Made]):
    """A batch and what will have been made of it, here or elsewhere."""

    batch: Batch
    made: Future[Made]
    elsewhere: bool = False


def made_by_two(
    batches: Iterable[Batch], here: Callable[[Batch], Made], there: Callable[[Batch], Made]
) -> Generator[tuple[Batch, Made]]:
    """Each batch with what is made of it, in their order; `there` is called in another process.

    What fails there, whyever, is made here, and all that follows too: so what is raised is what `here` raises, and that
    not before what comes first has been handed over.
    """
    others, before = WorkProcesses(1), sys.getswitchinterval()
    try:
        # Whoever hands batches over there waits as long as this for its turn, and the other process for the batch.
        sys.setswitchinterval(_TURN)
        yield from made_with(others, batches, here, there)
    finally:
        sys.setswitchinterval(before)
        others.end()


def made_with(
    others: WorkProcesses,
    batches: Iterable[Batch],
    here: Callable[[Batch], Made],
    there: Callable[[Batch], Made],
    first: Future[Any] | None = None,
) -> Iterator[tuple[Batch, Made]]:
    """The same with a process that is there already, and is given nothing before `first` is done."""
    return _Line(batches, here, partial(others.submit, there), first).made()


class _Line(Generic[Batch, Made]):
    """The batches that are under way, in their order, here and `elsewhere`."""

    def __init__(
        self,
        batches: Iterable[Batch],
        here: Callable[[Batch], Made],
        elsewhere: Callable[[Batch], Future[Made]],
        first: Future[Any] | None,
    ) -> None:
        self._left = iter(batches)
        self._here, self._elsewhere, self._before = here, elsewhere, first
        self._steps: deque[_Step[Batch, Made]] = deque()
        self._together = True

    def made(self) -> Iterator[tuple[Batch, Made]]:
        """Each batch with what is made of it: while the first is waited for, others are made here."""
        while True:
            self._give_away()
            first_is_made = bool(self._steps) and self._steps[0].made.done()
            if not first_is_made and len(self._steps) < _LONGEST and (own := [*islice(self._left, 1)]):
                self._steps += [_Step(batch, _tried(self._here, batch)) for batch in own]
            elif self._steps:
                yield self._first()
            else:
                return

    def _give_away(self) -> None:
        """Give the other process what it has room for."""
        if self._together and (self._before is None or self._before.done()):
            wanted = _THERE - sum(not step.made.done() for step in self._steps)
            self._steps += [
                _Step(batch, self._elsewhere(batch), elsewhere=True) for batch in islice(self._left, wanted)
            ]

    def _first(self) -> tuple[Batch, Made]:
        """The first in line, waited for; made here where that failed elsewhere."""
        step = self._steps.popleft()
        if step.elsewhere and step.made.exception() is not None:
            self._together = False
            return step.batch, self._here(step.batch)
        return step.batch, step.made.result()


def _tried(here: Callable[[Batch], Made], batch: Batch) -> Future[Made]:
    """What is made of a batch before its turn; so is what is raised."""
    made: Future[Made] = Future()
    try:
        made.set_result(here(batch))
    except Exception as error:  # noqa: BLE001 - raised when it is its turn
        made.set_exception(error)
    return made
