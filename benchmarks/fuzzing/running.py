"""Inputs of one reader, drawn by Hypothesis: how many, what came of them, and the smallest that is a fault."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import HealthCheck, Phase, given, seed, settings

from benchmarks.fuzzing.mutations import drawn, mutated, steps_of
from benchmarks.fuzzing.readers import Fault
from benchmarks.fuzzing.targets import Target


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of the inputs; `fault` says what a reader did with the smallest of its kind, empty where nothing."""

    inputs: int = 0
    made: int = 0
    refused: int = 0
    fault: str = ""


def run(target: Target, count: int, of_seed: int) -> Ran:
    """So many inputs, the same ones for the same seed; a fault ends them, and is made small."""
    ran = Ran()

    @seed(of_seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(drawn())
    def each(choices: bytes) -> None:
        nonlocal ran
        which, steps = steps_of(choices)
        number = which % len(target.seeds)
        data = mutated(target.seeds[number], steps, target.shape)
        try:
            came = target.run(data)
        except Exception as error:
            raise Fault(f"{target.name}, file {number} after {steps}: {_said(error)}") from error
        ran = replace(ran, inputs=ran.inputs + 1, made=ran.made + came.made, refused=ran.refused + came.refused)

    try:
        each()
    except Fault as fault:
        return replace(ran, fault=str(fault))
    return ran


def _said(error: BaseException) -> str:
    inner = error.__cause__ if isinstance(error, Fault) and error.__cause__ is not None else error
    return (
        f"{type(inner).__name__}: {str(inner)[:200]} ({error})"
        if inner is not error
        else f"{type(error).__name__}: {error}"
    )
