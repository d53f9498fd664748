"""Frames: what a key changes is written at once and together, and shown as a screen that is painted anew shows it."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyte
import pytest
from textual import events
from textual._compositor import Compositor, CompositorUpdate
from textual.app import App

from annotator.tui import first_keys
from annotator.tui.keymap import REVIEW, Keymap
from annotator.tui.presenter import screen_view
from annotator.tui.state import ReviewState
from annotator.tui.views import ScreenView
from annotator.tui.watch import Watch
from annotator.tui.widgets.frame import Frame, Framed, Lines
from annotator.workflow.session import ReviewSession
from tests.tui.test_guidelines import PAGE, attach

Library = Callable[..., Path]


class Glass:
    """What a terminal shows, in which colours, of all that it was sent."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen: Any = pyte.Screen(columns, rows)
        self._stream: Any = pyte.Stream(self._screen)
        self.frames: list[CompositorUpdate] = []

    def feed(self, text: str) -> None:
        self._stream.feed(text)

    def display(self, app: App[Any], _screen: object, update: object) -> None:
        """In the place of Textual's own function, which sends nothing where no terminal is driven."""
        if isinstance(update, CompositorUpdate):
            self.frames.append(update)
            self.feed(update.render_segments(app.console))

    @property
    def cells(self) -> list[list[Any]]:
        screen = self._screen
        return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)


def painted_anew(app: App[Any], columns: int, rows: int) -> Glass:
    """What the terminal shows where Textual composes all of it."""
    glass = Glass(columns, rows)
    update: Any = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, CompositorUpdate)
    glass.feed(update.render_segments(app.console))
    return glass


KEYS = (
    *("j", "2", "j", "0", "k", "a", "s", "u", "U", "j", "end", "home", "tab", "D", "left", "f", "!", "c"),
    *("e", "l", "w", "d", "q", "o", "x", "escape", "z", "z", "|", "escape", "/", "b", "escape"),
    *("q", "j", "k", "f", "enter", "?", "escape", "T", "j", "2", "s", "T", "v", "escape", "j"),
)
"""Of every mode some, with forms, lines to type in, the queue and another theme."""


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (80, 12)])
async def test_the_terminal_shows_after_each_key_what_a_screen_painted_anew_would(
    size: tuple[int, int], workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    glass = Glass(*size)
    monkeypatch.setattr(App, "_display", lambda *given: glass.display(*given))
    async with workbench(library(), size=size) as desk:
        for number, key in enumerate(KEYS):
            await desk.press(key)
            anew = painted_anew(desk.app, *size)
            assert glass.text == anew.text, (number, key)
            assert glass.cells == anew.cells, (number, key)
    assert any(isinstance(frame, Lines) for frame in glass.frames)
    assert not all(isinstance(frame, Lines) for frame in glass.frames)


async def test_the_terminal_shows_the_same_behind_another_size(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    glasses = [Glass(120, 40)]
    monkeypatch.setattr(App, "_display", lambda *given: glasses[-1].display(*given))
    async with workbench(library(), size=(120, 40)) as desk:
        await desk.press("j", "e")
        for size in ((80, 24), (130, 30)):
            glasses.append(Glass(*size))
            await desk.resize(*size)
            for key in ("l", "j"):
                await desk.press(key)
                assert glasses[-1].cells == painted_anew(desk.app, *size).cells, (size, key)


async def test_a_key_is_one_frame_of_which_textual_composes_nothing(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    glass = Glass(120, 40)
    composed: list[Compositor] = []
    genuine = Compositor._render_chops

    def noted(compositor: Compositor, *given: Any) -> Any:
        composed.append(compositor)
        return genuine(compositor, *given)

    monkeypatch.setattr(App, "_display", lambda *given: glass.display(*given))
    async with workbench(library(), size=(120, 40)) as desk:
        await desk.press("j", "k", "e", "q")
        monkeypatch.setattr(Compositor, "_render_chops", noted)
        for key in ("j", "2", "a", "s", "k", "e", "l", "q", "D", "left", "f", "u"):
            glass.frames.clear()
            await desk.press(key)
            frames = [type(frame) for frame in glass.frames]
            # A claim that is not done any more is shown so before that is stored, and is another frame.
            assert frames in ([Lines], [Lines, Lines]), (key, frames)
            assert len(frames) == 1 or key == "u"
        assert composed == []


async def test_what_is_shown_is_worked_out_once_for_an_article_that_is_opened(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[str] = []

    def noted(state: ReviewState, keymap: Keymap) -> ScreenView:
        worked_out.append(state.mode)
        return screen_view(state, keymap)

    async with workbench(library()) as desk:
        await desk.press("2", "s", "q")
        monkeypatch.setattr("annotator.tui.screens.workbench.screen_view", noted)
        await desk.press("enter")
        assert worked_out == [REVIEW]


@pytest.mark.parametrize("lacking", ["", "_display", "_batch_count", "_layout_required", "_compositor"])
def test_a_frame_is_opened_where_textual_has_what_it_takes(lacking: str) -> None:
    app: Any = SimpleNamespace(_display=print, _batch_count=0)
    screen: Any = SimpleNamespace(app=app, _layout_required=False, _compositor=Compositor())
    for each in (app, screen):
        vars(each).pop(lacking, None)
    frame, widget = Frame(screen, []), Framed()
    with frame.open():
        takes = frame.takes(widget, [])
        frame._changed.clear()
    assert takes is not bool(lacking)


async def test_a_version_of_textual_that_has_no_such_update_paints_everything_itself(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    glass = Glass(120, 40)
    monkeypatch.setattr(App, "_display", lambda *given: glass.display(*given))
    monkeypatch.setattr("annotator.tui.widgets.frame.CompositorUpdate", object)
    async with workbench(library(), size=(120, 40)) as desk:
        for key in ("j", "2", "e", "q"):
            await desk.press(key)
            assert glass.cells == painted_anew(desk.app, 120, 40).cells, key
            assert not desk.desk.frame.is_written
    assert not any(isinstance(frame, Lines) for frame in glass.frames)


async def test_what_is_taken_back_waits_for_no_frame_of_textuals(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench(library(), advance=False, size=(120, 40)) as desk:
        await desk.press("0")
        assert " 1 of 6 " in desk.shows("#top")
        # For a moment after something has moved Textual paints everything.
        await desk.until(lambda: not desk.desk.frame._moves)
        done: list[str] = []
        desk.app._show_withdrawn(frozenset([desk.desk.state.claim.id]), lambda: done.append(desk.shows("#top")))
        assert [" 0 of 6 " in top for top in done] == [True]


# What else would hold a key up


def test_garbage_is_looked_for_between_keys_once_all_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    before = gc.get_threshold()
    monkeypatch.setattr(gc, "collect", looked.append)
    try:
        gc.set_threshold(700)
        first_keys.look_for_garbage(everywhere=True)
        assert looked == []
        gc.set_threshold(first_keys.MOST_NEW)
        first_keys.look_for_garbage(everywhere=False)
        first_keys.look_for_garbage(everywhere=True)
    finally:
        gc.set_threshold(*before)
    assert looked == [0, 2]


def test_what_computes_in_the_background_gives_way_to_keys_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(first_keys, "Thread", lambda **given: SimpleNamespace(start=lambda: started.append(given)))
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        first_keys.make_ready(lambda: None)
        assert sys.getswitchinterval() == pytest.approx(0.0005)
    finally:
        sys.setswitchinterval(before)
    assert len(started) == 1


async def test_the_place_is_not_stored_while_a_key_waits_for_its_decision(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.tui.watch.PLACE_KEPT_AFTER", 0.0)
    kept: list[bool] = []
    genuine = Watch.keep_place

    def noted(watch: Watch, **given: Any) -> None:
        kept.append(watch._jobs.busy)
        genuine(watch, **given)

    monkeypatch.setattr(Watch, "keep_place", noted)
    async with workbench(library()) as desk:
        await desk.press("j")
        # The decision takes her on to the next claim, and is waited for meanwhile.
        release, apply = threading.Event(), ReviewSession.apply

        def slow(*given: Any) -> Any:
            release.wait(10)
            return apply(*given)

        monkeypatch.setattr(ReviewSession, "apply", slow)
        kept.clear()
        desk.app.post_message(events.Key("j", "j"))
        desk.app.post_message(events.Key("2", "2"))
        await desk.until(lambda: desk.desk._jobs.busy)
        for _ in range(5):
            await asyncio.sleep(0)
        assert kept == []
        release.set()
        await desk.until_idle()
        await desk.until(lambda: bool(kept))
    assert not any(kept)


@pytest.mark.parametrize(("size", "beside"), [((80, 24), 0), ((120, 40), 60)])
async def test_guidelines_stand_where_they_stay_from_the_first_frame_and_no_page_is_ever_empty(
    size: tuple[int, int], beside: int, workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    glass = Glass(*size)
    shown: list[str] = []

    def display(*given: Any) -> None:
        glass.display(*given)
        shown.append(glass.text)

    monkeypatch.setattr(App, "_display", display)
    path = library()
    attach(path, "rules.md", PAGE)
    async with workbench(path, size=size) as desk:
        for key in ("G", "right", "left"):
            shown.clear()
            await desk.press(key)
            assert shown
            for text in shown:
                corner = next(line for line in text.splitlines() if "╭" in line)
                assert corner.index("╭") == beside, key
                assert "Ask the desk first" in text or "Four verdicts" in text, key
