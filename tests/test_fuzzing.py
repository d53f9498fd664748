"""A thousand mutations of valid invented files, the same ones every time: each is read, or refused in one line.

`ANNOTATOR_FUZZ_INPUTS` makes it more; `python -m benchmarks.fuzz` draws others, and a million of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from annotator.errors import ImportFailure, UnforeseenFailure
from benchmarks.fuzzing.mutations import Shape, mutated
from benchmarks.fuzzing.readers import Came, checked
from benchmarks.fuzzing.running import run
from benchmarks.fuzzing.targets import Target, targets

IN_CI = 1000
INPUTS = int(os.environ.get("ANNOTATOR_FUZZ_INPUTS", IN_CI))
TARGETS = targets()
SHARES = sum(target.share for target in TARGETS)


@pytest.mark.times(INPUTS / IN_CI)
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_what_is_not_meant_for_a_reader_is_read_or_refused(target: Target) -> None:
    if target.needs:
        pytest.importorskip(target.needs)
    ran = run(target, max(5, INPUTS * target.share // SHARES), of_seed=20261129)
    assert not ran.fault
    assert ran.inputs >= 5


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_what_the_mutations_begin_with_is_read_whole(target: Target) -> None:
    if target.needs:
        pytest.importorskip(target.needs)
    for seed in target.seeds:
        came = target.run(seed)
        assert came.made
        assert not came.refused


def reader(read: Callable[[bytes], Came]) -> Target:
    return Target("odd", [b'{"text": "words"}'], Shape("whole"), read)


def test_a_fault_is_found_and_made_small() -> None:
    def read(data: bytes) -> Came:
        if b"text" not in data:
            raise KeyError("text")
        return Came(1)

    ran = run(reader(read), 500, of_seed=1)
    assert "KeyError" in ran.fault
    steps = ran.fault.partition("after ")[2].partition(": ")[0]
    assert steps.count("(") == 1, "one step is enough to take a text away"


def test_a_failure_that_nobody_foresaw_is_a_fault_and_a_refusal_is_none() -> None:
    def read(data: bytes) -> Came:
        error = (
            UnforeseenFailure("a.json", ZeroDivisionError()) if b"text" not in data else ImportFailure("a", "broken")
        )
        return checked([error])

    assert "ZeroDivisionError" in run(reader(read), 500, of_seed=1).fault
    assert run(reader(lambda _: checked([ImportFailure("a", "broken")])), 50, of_seed=1).fault == ""


def test_the_same_steps_make_the_same_file() -> None:
    steps = [(11, 3, 7), (40_000, 2, 9)]
    data = b'{"text": "words", "n": 1}'
    assert mutated(data, steps, Shape("whole")) == mutated(data, steps, Shape("whole")) != data
