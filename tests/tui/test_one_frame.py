"""Forms, lists and pages open in one frame: laid out once and painted once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor, LayoutUpdate
from textual.app import App
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import OptionList

from annotator.tui.screens.workbench import Workbench
from tests.tui.conftest import Driver

Library = Callable[..., Path]

LONG = "a long answer that has to be wrapped, " * 20
LEADS = {
    "HelpScreen": ["question_mark"],
    "GuidelinesScreen": ["G"],
    "ListScreen": ["j", "2", "h"],
    "WriteScreen": ["j", "o"],
    "EvidenceScreen": ["j", "v"],
    "EvidenceListScreen": ["j", "v", LONG, "ctrl+s", "v"],
    "BrowseScreen": ["S"],
    "ChooseScreen": ["j", "j", "enter", "B"],
}
"""The keys that lead to each from the bridge's first claim, and what is pasted on the way."""
SIZES = [(80, 24), (120, 40), (80, 10)]


async def take(desk: Driver, steps: Sequence[str]) -> None:
    """Press the keys, and paste what is long."""
    for step in steps:
        await (desk.paste(step) if step is LONG else desk.press(step))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("form", LEADS)
async def test_a_form_is_laid_out_once_and_painted_once(
    form: str, size: tuple[int, int], workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[Widget] = []
    painted: list[str] = []
    genuine = Compositor.reflow

    def reflow(compositor: Compositor, parent: Widget, given: Size) -> Any:
        laid_out.append(parent)
        return genuine(compositor, parent, given)

    def display(_: App[Any], screen: object, update: object) -> None:
        if update is not None:
            painted.append(type(screen).__name__)

    async with workbench(library(), size=size) as desk:
        # The style sheet of all forms is read when the first opens.
        await desk.press("question_mark", "escape")
        *before, last = LEADS[form]
        await take(desk, before)
        # What lies below may have something of its own to paint, for a moment after something has moved there.
        monkeypatch.setattr(Workbench, "_compositor_refresh", lambda screen: None)
        monkeypatch.setattr(Compositor, "reflow", reflow)
        monkeypatch.setattr(App, "_display", display)
        await desk.press(last)
        assert desk.form == form
        # A list or a page for which there is no room gets a bar, which takes room from it.
        bars = [each for each in desk.app.screen.query() if each.show_vertical_scrollbar]
        more = [each for each in bars if each.styles.overflow_y != "scroll" and each.display]
        assert laid_out.count(desk.app.screen) == (2 if more else 1)
    assert painted.count(form) == 1


async def test_a_long_list_opens_at_the_line_that_is_lit(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[float] = []
    async with workbench(library(), advance=False, size=(80, 12)) as desk:
        await desk.press("j", *"0120120120120")
        genuine = App._display

        def display(app: App[Any], screen: Any, update: Any) -> None:
            if update is not None and desk.form:
                shown.append(app.screen.query_one(OptionList).scroll_offset.y)
            genuine(app, screen, update)

        monkeypatch.setattr(App, "_display", display)
        await desk.press("h")
        assert desk.form == "ListScreen"
        options = desk.app.screen.query_one(OptionList)
        assert options.highlighted == len(options.options) - 1
        assert shown == [options.max_scroll_y]
        assert options.max_scroll_y > 0


@pytest.mark.parametrize(
    ("words", "form"), [("claim's history", "ListScreen"), ("what the values mean", "GuidelinesScreen")]
)
async def test_what_is_chosen_in_the_palette_is_painted_over_all_of_it(
    words: str, form: str, workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: list[str] = []

    def display(app: App[Any], screen: object, update: object) -> None:
        # Textual shows nothing for a moment when the palette goes.
        if isinstance(update, LayoutUpdate) and not app._batch_count:
            whole.append(type(screen).__name__)

    async with workbench(library()) as desk:
        await desk.press("2", "ctrl+p")
        await desk.type(words)
        options = desk.app.screen.query_one(OptionList)
        await desk.until(lambda: options.option_count == 1)
        monkeypatch.setattr(App, "_display", display)
        await desk.press("enter")
        await desk.until(lambda: desk.form == form and not desk.app._batch_count)
        await desk.until_idle()
    assert form in whole
