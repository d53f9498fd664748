from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest

from annotator.processes import WorkProcess, WorkProcesses
from annotator.workflow.two_at_work import made_by_two, made_with


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[WorkProcess]:
    """The processes that are started."""
    found: list[WorkProcess] = []
    begin = WorkProcess.__init__

    def noted(process: WorkProcess) -> None:
        begin(process)
        found.append(process)

    monkeypatch.setattr(WorkProcess, "__init__", noted)
    return found


def test_batches_come_in_their_order_whoever_made_them() -> None:
    made = list(made_by_two(range(40), lambda number: -math.sqrt(number), math.sqrt))
    assert [batch for batch, _ in made] == list(range(40))
    assert [abs(root) for _, root in made] == [math.sqrt(number) for number in range(40)]
    # The first two are always given away, and the third is made while they are waited for.
    assert made[1][1] > 0
    assert any(root < 0 for _, root in made)


def test_who_is_busy_is_given_nothing() -> None:
    others = WorkProcesses(1)
    try:
        busy: Future[None] = Future()
        made = made_with(others, range(40), lambda number: -math.sqrt(number), math.sqrt, busy)
        assert [next(made) for _ in range(5)] == [(number, -math.sqrt(number)) for number in range(5)]
        busy.set_result(None)
        rest = list(made)
        assert [batch for batch, _ in rest] == list(range(5, 40))
        assert any(root > 0 for _, root in rest)
    finally:
        others.end()


def test_no_more_is_taken_than_can_wait() -> None:
    taken: list[int] = []

    def batches() -> Iterator[int]:
        for number in range(40):
            taken.append(number)
            yield number

    for handed_over, _ in enumerate(made_by_two(batches(), math.sqrt, math.sqrt), 1):
        assert len(taken) - handed_over <= 7


def test_what_a_process_that_dies_was_given_is_made_here(started: list[WorkProcess]) -> None:
    assert list(made_by_two([3, 4, 5, 6, 7], str, os._exit)) == [(number, str(number)) for number in (3, 4, 5, 6, 7)]
    assert not any(process.usable for process in started)


@pytest.mark.parametrize(("numbers", "before"), [([4, 9, -1, -2], [4, 9]), ([-1, 4, -2, 9], [])])
def test_the_first_failure_in_order_is_raised_as_it_is_here_behind_what_comes_before_it(
    numbers: list[int], before: list[int]
) -> None:
    def here(number: int) -> float:
        if number < 0:
            raise ValueError(f"{number} here")
        return math.sqrt(number)

    made = made_by_two(numbers, here, math.sqrt)
    assert [next(made)[0] for _ in before] == before
    with pytest.raises(ValueError, match=r"^-1 here$"):
        next(made)


@pytest.mark.parametrize("leave", ["interrupted", "closed"])
def test_whoever_stops_leaves_no_process(leave: str, started: list[WorkProcess]) -> None:
    def interrupt(_: object) -> float:
        raise KeyboardInterrupt

    here: Callable[[int], float] = interrupt if leave == "interrupted" else math.sqrt
    made = made_by_two(range(40), here, math.sqrt)
    if leave == "interrupted":
        with pytest.raises(KeyboardInterrupt):
            list(made)
    else:
        next(made)
        made.close()
    assert started
    assert not any(process.usable for process in started)
