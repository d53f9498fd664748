"""Batches made by this process and another, handed over in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from annotator.processes import WorkProcesses

Batch = TypeVar("Batch")
Made = TypeVar("Made")

_THERE = 2
"""So many batches are with the other process: while one is made, the next waits for it."""
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
) -> Iterator[tuple[Batch, Made]]:
    """Each batch with what is made of it, in their order; `there` is called in another process.

    What fails there, whyever, is made here, and all that follows too: so what is raised is what `here` raises, and that
    not before what comes first has been handed over.
    """
    left = iter(batches)
    line: deque[_Step[Batch, Made]] = deque()
    others = WorkProcesses(1)
    together = True
    try:
        while True:
            wanted = _THERE - sum(not step.made.done() for step in line) if together else 0
            line += [_Step(batch, others.submit(there, batch), elsewhere=True) for batch in islice(left, wanted)]
            must_wait = not line or not line[0].made.done()
            if must_wait and len(line) < _LONGEST and (batches_here := list(islice(left, 1))):
                line += [_Step(batch, _tried(here, batch)) for batch in batches_here]
                continue
            if not line:
                return
            step = line.popleft()
            try:
                made = step.made.result()
            except Exception:
                if not step.elsewhere:
                    raise
                together, made = False, here(step.batch)
            yield step.batch, made
    finally:
        others.end()


def _tried(here: Callable[[Batch], Made], batch: Batch) -> Future[Made]:
    """What is made of a batch before its turn; so is what is raised."""
    made: Future[Made] = Future()
    try:
        made.set_result(here(batch))
    except Exception as error:  # noqa: BLE001 - raised when it is its turn
        made.set_exception(error)
    return made
