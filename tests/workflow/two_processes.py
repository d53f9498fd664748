"""Work that is shared with a second process however little it is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from types import ModuleType
from typing import Any

import pytest

from annotator.processes import WorkProcesses


def give_away(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, given: Callable[[Any, Future[Any]], None] = lambda *_: None
) -> list[Future[Any]]:
    """Two processes for one row already, where `module` says how many it takes; what the other one was given.

    `given` is told each function that the other is asked for, and its answer to come.
    """
    monkeypatch.setattr(module, "MANY", 1)
    monkeypatch.setattr(module, "BATCH", 1)
    monkeypatch.setattr(module, "cores", lambda: 2)
    found: list[Future[Any]] = []
    submit = WorkProcesses.submit

    def noted(processes: WorkProcesses, *call: Any) -> Future[Any]:
        found.append(submit(processes, *call))
        given(call[0], found[-1])
        return found[-1]

    monkeypatch.setattr(WorkProcesses, "submit", noted)
    return found
