"""The first frame: what it leaves for the second one, and what it does not load."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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
LATER = (
    "annotator.check_worthiness",
    "annotator.model.languages",
    "annotator.model.mention",
    "annotator.model.sought",
    "annotator.store.articles",
    "annotator.suggesters",
    "annotator.tui.modes",
    "annotator.tui.screens.dialogs",
    "annotator.tui.surroundings",
    "annotator.tui.widgets.line_input",
    "annotator.workflow.proposing",
    "annotator.workflow.sources",
)


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


def test_the_first_frame_loads_nothing_that_it_does_not_show(library: Library, tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTED, str(library()), str(tmp_path / "config.toml"), BRIDGE.id]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.split()
    assert "annotator.tui.screens.workbench" in loaded
    assert [module for module in LATER if module in loaded] == []
