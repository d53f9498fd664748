from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from annotator.errors import ImportFailure, UnforeseenFailure
from annotator.processes import ProcessBrokeDown, WorkProcess, WorkProcesses


def doubled(number: int) -> int:
    sys.stdout.write("what is printed is no answer")
    return 2 * number


def refuses() -> None:
    raise ImportFailure("a.txt", "it is empty", "line 2")


def stumbles() -> None:
    raise UnforeseenFailure("a.txt", ValueError("odd"))


class Unspeakable(Exception):
    def __init__(self, one: object, two: object) -> None:
        super().__init__(lambda: (one, two))


def says_nothing_that_can_be_sent() -> None:
    raise Unspeakable(1, 2)


def is_killed_once(marker: str) -> str:
    """Killed by itself the first time: what is called again finds the marker."""
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return "done"
    os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    return "never"


class Read:
    """Pickled, it is what it is read with."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return noted_and_doubled, ("read",)


READ: list[str] = []
PYTHONS_OWN = 700


def noted_and_doubled(note: str) -> str:
    READ.append(note)
    return 2 * note


def how_often_an_answer_was_read() -> int:
    return len(READ)


@pytest.fixture
def process() -> Iterator[WorkProcess]:
    made = WorkProcess()
    yield made
    made.end()


def test_a_function_is_called_over_there(process: WorkProcess) -> None:
    assert [process.call(doubled, number) for number in range(3)] == [0, 2, 4]
    assert process.call(os.getpid) != os.getpid()


def test_what_it_raises_is_raised_here_with_all_that_it_says(process: WorkProcess) -> None:
    with pytest.raises(ImportFailure) as found:
        process.call(refuses)
    assert (found.value.origin, found.value.reason, found.value.place) == ("a.txt", "it is empty", "line 2")
    with pytest.raises(UnforeseenFailure, match="did not foresee"):
        process.call(stumbles)
    with pytest.raises(RuntimeError, match="Unspeakable"):
        process.call(says_nothing_that_can_be_sent)
    assert process.usable


def test_what_it_gives_is_read_where_it_was_asked_for_alone(process: WorkProcess) -> None:
    assert process.call(Read) == "readread"  # type: ignore[comparison-overlap]
    assert process.call(how_often_an_answer_was_read) == 0


def test_the_garbage_collector_stops_it_less_often(process: WorkProcess) -> None:
    assert process.call(gc.get_threshold)[0] > PYTHONS_OWN


def test_what_is_late_is_ended(process: WorkProcess) -> None:
    with pytest.raises(TimeoutError):
        process.call(time.sleep, 600, seconds=0.01)
    assert not process.usable


def test_a_process_that_ends_without_an_answer_broke_down(process: WorkProcess) -> None:
    with pytest.raises(ProcessBrokeDown):
        process.call(os._exit, 1)
    assert not process.usable


def test_a_module_in_the_working_folder_is_none_of_ours(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    with open("json.py", "w", encoding="utf-8") as trap:  # noqa: PTH123 - the working folder is the point
        trap.write("raise SystemExit(9)\n")
    process = WorkProcess()
    assert process.call(doubled, 4) == 8
    process.end()


def test_several_share_the_calls_and_a_killed_one_loses_none(tmp_path: object) -> None:
    others = WorkProcesses(2)
    try:
        killed = others.submit(is_killed_once, f"{tmp_path}/marker")
        others_of_it = [others.submit(doubled, number) for number in range(20)]
        assert killed.result() == "done"
        assert [each.result() for each in others_of_it] == [2 * number for number in range(20)]
    finally:
        others.end()


def test_ending_them_waits_for_nothing() -> None:
    others = WorkProcesses(1)
    waiting = others.submit(time.sleep, 600)
    others.submit(time.sleep, 600)
    others.end()
    with pytest.raises(ProcessBrokeDown):
        waiting.result()


@pytest.mark.skipif(os.name != "posix", reason="kill -9 as POSIX has it")
def test_a_process_ends_when_its_owner_is_killed() -> None:
    code = (
        "import os, sys, time\n"
        "from annotator.processes import WorkProcess\n"
        "print(WorkProcess().call(os.getpid), flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        process = int(owner.stdout.readline())
        owner.kill()
    while alive(process):
        time.sleep(0.01)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # What has ended and was not waited for yet is no process any more.
    with open(f"/proc/{process}/stat", encoding="utf-8") as stat:  # noqa: PTH123 - not every system has it
        return stat.read().rpartition(")")[2].split()[0] != "Z"
