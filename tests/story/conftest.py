"""The story is played once for all tests that look at what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.story.story import Story, play


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The whole story, from thirty files to the adjudicated dataset."""
    folder = tmp_path_factory.mktemp("story")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNOTATOR_CONFIG", str(folder / "config.toml"))
        patch.setenv("ANNOTATOR_LOG", str(folder / "annotator.log"))
        for name in ("ANNOTATOR_DB", "ANNOTATOR_REVIEWER", "NO_COLOR", "TEXTUAL_THEME", "VISUAL", "EDITOR", "COLUMNS"):
            patch.delenv(name, raising=False)
        # As in the tests of the screens: pauses of 20 milliseconds would be most of the time.
        patch.setattr("textual._wait.SLEEP_GRANULARITY", 0.002)
        patch.setattr("annotator.tui.worker.SAVING_SHOWN_AFTER", 60.0)
        patch.setattr("annotator.tui.screens.workbench.make_ready", lambda said: said())
        yield asyncio.run(play(folder))
