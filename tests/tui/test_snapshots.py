from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from annotator.store import open_store
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.workbench import Workbench
from annotator.tui.widgets.field import Field
from annotator.workflow import attributing, judging
from annotator.workflow.config import Config
from annotator.workflow.session import ReviewSession

Library = Callable[..., Path]
Look = Callable[..., None]

# What is on the screen, and the keys that lead there from the bridge's first claim.
LOOKS = {
    "queue": ["q", "j"],
    "review-to-do": ["home", "j", "j", "j"],
    "review-done": ["home", "j"],
    "review-attributed": ["home", "j", "j"],
    "spans": ["home", "j", "j", "j", "e"],
    "labels": ["home", "j", "j", "j", "e", ";"],
    "help": ["question_mark"],
    "evidence": ["home", "j", "v"],
    "evidence-read": ["home", "j", "v", *"five", "enter", *"or six", "ctrl+s", "v"],
    "guidelines": ["home", "j", "G"],
}
THEMES = {"dark": "textual-dark", "light": "textual-light"}


class FixedTime(datetime):
    """The clock that dates the evidence, stopped."""

    @classmethod
    def now(cls, tz: Any = None) -> FixedTime:
        return cls(2026, 3, 10, 9, 30, tzinfo=tz or UTC)


@pytest.fixture
def worked(library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ids: dict[str, str]) -> Path:
    """A database in which ana has decided of three claims, always at the same time and under the same name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("annotator.store.bookmarks.utc_now", lambda: "2026-03-10T09:30:00.000000+00:00")
    monkeypatch.setattr("annotator.tui.actions.writing.datetime", FixedTime)
    path = library().relative_to(tmp_path)
    with closing(open_store(path)) as store:
        session = ReviewSession(store, "ana")
        review, _ = session.open(ids["bridge"])
        claims = review.claims
        session.apply(attributing.accept, claims[1])
        session.apply(judging.verdict, claims[1], "supported")
        session.apply(judging.note, claims[1], "seen at the quay")
        session.apply(attributing.accept, claims[2])
        session.apply(judging.flag, claims[2])
        session.apply(judging.skip, claims[5])
    return path


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("look", LOOKS)
def test_the_screen_looks_as_it_did(
    look: str, theme: str, size: tuple[int, int], snap_compare: Any, worked: Path, ids: dict[str, str]
) -> None:
    config = Config(Path("config.toml"), theme=THEMES[theme])
    app = AnnotatorApp(worked, "ana", config, place=ids["bridge"])

    async def wait(pilot: Pilot[None]) -> None:
        for _ in range(3):
            await pilot.pause()
            desk = next(screen for screen in app.screen_stack if isinstance(screen, Workbench))
            await desk.until_idle()

    async def lead(pilot: Pilot[None]) -> None:
        await wait(pilot)
        for key in LOOKS[look]:
            await pilot.press(key)
            await wait(pilot)
        for field in app.screen.query(Field):
            field.cursor_blink = False
        await wait(pilot)

    run_before: Callable[[Pilot[None]], Awaitable[None]] = lead
    try:
        assert snap_compare(app, terminal_size=size, run_before=run_before)
    finally:
        app.worker.close()
