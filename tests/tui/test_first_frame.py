"""The first frame: what it leaves for the second one, and what it does not load."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.tui import first_keys
from tests.tui.conftest import BRIDGE

Library = Callable[..., Path]

STARTED = """
import sys
from pathlib import Path
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens import workbench
from annotator.workflow.config import Config

def shown(said):
    print(*sorted(sys.modules))
    app.exit()

workbench.make_ready = shown
app = AnnotatorApp(Path(sys.argv[1]), "ana", Config(Path(sys.argv[2])), place=sys.argv[3])
app.run(headless=True)
app.worker.close()
app.lookups.close()
"""
MADE_READY = """
import sys
from annotator.tui import first_keys

first_keys._load(lambda: None)
print(*sorted(sys.modules))
"""
LATER = (
    "annotator.check_worthiness",
    "annotator.model.check",
    "annotator.model.language.languages",
    "annotator.model.language.mention",
    "annotator.model.rule_record",
    "annotator.model.language.sought",
    "annotator.model.worth_order",
    "annotator.store.articles",
    "annotator.store.fact_checks.checks",
    "annotator.suggesters",
    "annotator.tui.modes",
    "annotator.tui.screens.asked_line",
    "annotator.tui.screens.dialogs",
    "annotator.tui.screens.palette",
    "annotator.tui.surroundings",
    "annotator.tui.widgets.line_input",
    "annotator.workflow.other_terminals",
    "annotator.workflow.plan",
    "annotator.workflow.naming.proposing",
    "annotator.workflow.sources",
    "annotator.workflow.undoing",
    "hashlib",
    "tomllib",
)

OF_KEYS = {
    "annotator.model.worth_order",
    "annotator.tui.modes",
    "annotator.tui.screens.asked_line",
    "annotator.tui.screens.dialogs",
    "annotator.workflow.fact_checks.seen_before",
    "annotator.workflow.sources",
    "annotator.workflow.undoing",
}


async def test_why_and_whose_words_are_said_once_what_knows_that_is_loaded(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[Callable[[], None]] = []
    monkeypatch.setattr("annotator.tui.screens.workbench.make_ready", ready.append)
    async with workbench(library(suggested=False), size=(120, 40)) as desk:
        await desk.press("j", "j")
        before = desk.panel
        ready[0]()
        await desk.until_idle()
        after = desk.panel
    assert all(words in before for words in ("Ines Duarte", "? 2 check-worthy"))
    assert all(
        words not in before and words in after for words in ("? Ines Duarte (person)", "reports what somebody said")
    )


def test_python_looks_for_garbage_again_also_where_something_cannot_be_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails() -> None:
        raise OSError("no such module")

    said: list[str] = []
    monkeypatch.setattr("annotator.workflow.reading.load_reasons", fails)
    gc.disable()
    try:
        with pytest.raises(OSError, match="no such module"):
            first_keys._load(lambda: said.append("all"))
        assert gc.isenabled()
    finally:
        gc.enable()
    assert said == ["all"]


async def test_what_goes_wrong_in_the_second_frame_ends_the_program_with_a_trace(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[Callable[[], None]] = []
    monkeypatch.setattr("annotator.tui.screens.workbench.make_ready", ready.append)

    def fails(_: object) -> None:
        raise LookupError("a fault of ours")

    with pytest.raises(LookupError, match="a fault of ours"):  # noqa: PT012 - it comes out where the program ends
        async with workbench(library(suggested=False), size=(120, 40)) as desk:
            monkeypatch.setattr("annotator.tui.screens.workbench.Workbench._say_all", fails)
            ready[0]()
            await desk.until(lambda: desk.app.return_code is not None)


def test_the_first_frame_loads_nothing_that_it_does_not_show(library: Library, tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTED, str(library()), str(tmp_path / "config.toml"), BRIDGE.id]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.split()
    assert "annotator.tui.screens.workbench" in loaded
    assert [module for module in LATER if module in loaded] == []


def test_the_first_keys_find_loaded_what_they_lead_to_and_no_reader_of_files() -> None:
    command = [sys.executable, "-c", MADE_READY]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.split()
    assert OF_KEYS - set(loaded) == set()
    assert [module for module in loaded if module.startswith("annotator.importers")] == []
