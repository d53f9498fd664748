"""In terminals of few rows what is long gives way, and every form shows all of its keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Label, OptionList

from tests.tui.test_one_frame import LEADS, take

Library = Callable[..., Path]

MORE_LEADS = {**LEADS, "DashboardScreen": ["q", "p"], "Palette": ["ctrl+p"], "NameScreen": []}
SIZES = [(80, 10), (100, 12), (60, 20), (80, 24), (160, 45), (200, 60), (60, 10)]


@pytest.mark.parametrize("form", [*LEADS, "DashboardScreen", "NameScreen"])
async def test_all_keys_of_a_form_are_shown_in_every_size(form: str, workbench: Any, library: Library) -> None:
    async with workbench(library(), size=(80, 11), reviewer=None if form == "NameScreen" else "ana") as desk:
        await take(desk, MORE_LEADS[form])
        assert desk.form == form
        keys = desk.app.screen.query_one(".form-keys", Label)
        for size in SIZES:
            await desk.pilot.resize_terminal(*size)
            await desk.until(lambda size=size: desk.app.screen.size == size)
            await desk.until_idle()
            box = keys.parent
            assert box.content_region.contains_region(keys.region), size
            assert box.content_region.bottom == keys.region.bottom, size
            assert desk.app.screen.region.contains_region(box.region), size
            assert keys.size.height == keys.get_content_height(box.size, desk.app.screen.size, keys.size.width), size


async def test_a_long_text_gives_way_to_a_claim_and_to_the_keys(workbench: Any, library: Library) -> None:
    async with workbench(library(), size=(80, 10)) as desk:
        await desk.press("question_mark")
        box = desk.app.screen.query_one(".form")
        title, page, keys = (child.region for child in box.children)
        assert (page.y, keys.y) == (title.bottom, page.bottom)
        assert page.height == 6
        assert keys.bottom == box.content_region.bottom


@pytest.mark.parametrize("size", [(80, 10), (60, 10), (80, 15)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_list_in_a_low_terminal_shows_the_line_that_is_lit(
    size: tuple[int, int], workbench: Any, library: Library
) -> None:
    async with workbench(library(), size=size) as desk:
        await desk.press("j", "j", "enter", "j", "enter", "S")
        options = desk.app.screen.query_one(OptionList)
        for _ in options.options:
            region = options.scrollable_content_region
            line = options.highlighted - options.scroll_offset.y
            assert 0 <= line < region.height
            assert desk.app.screen.query_one(".form").content_region.contains_region(region)
            await desk.press("j")


@pytest.mark.parametrize("form", ["ListScreen", "ChooseScreen"])
async def test_a_list_has_its_frame_where_there_are_rows_for_it(form: str, workbench: Any, library: Library) -> None:
    async with workbench(library(), size=(80, 24)) as desk:
        await take(desk, LEADS[form])
        options = desk.app.screen.query_one(OptionList)
        for height, frame in ((24, 2), (10, 0), (24, 2)):
            await desk.pilot.resize_terminal(80, height)
            await desk.until(lambda height=height: desk.app.screen.size.height == height)
            await desk.until_idle()
            assert options.region.height == options.size.height + frame


@pytest.mark.parametrize("form", [*LEADS, "Palette", "DashboardScreen"])
async def test_no_form_ends_the_program_in_the_smallest_of_terminals(
    form: str, workbench: Any, library: Library
) -> None:
    async with workbench(library()) as desk:
        await take(desk, MORE_LEADS[form])
        assert desk.form == form
        for size in [(width, height) for width in (1, 3, 4, 5, 6, 8) for height in (1, 10)]:
            await desk.pilot.resize_terminal(*size)
            await desk.press("down")
            assert desk.app.return_code is None, size
        await desk.press("escape")
        assert not desk.form


@pytest.mark.parametrize("size", [(80, 24), (80, 3), (12, 4), (3, 3)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("opener", ["ctrl+p", "S"])
async def test_a_page_of_a_list_that_has_no_room_yet_ends_nothing(
    opener: str, size: tuple[int, int], workbench: Any, library: Library
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "enter")
        await desk.pilot.resize_terminal(*size)
        await desk.at_once(opener, "down", "pageup", "pagedown")
        await desk.press("pageup", "down", "pagedown")
        assert desk.form
        await desk.press("escape")
        assert not desk.form
        assert desk.app.return_code is None


async def test_who_says_it_is_shown_in_ten_rows_beside_what_was_judged(workbench: Any, library: Library) -> None:
    async with workbench(library(), advance=False, size=(80, 10)) as desk:
        await desk.press("j", "j")
        assert desk.panel.splitlines()[1:] == [
            " Says     ? Ines Duarte · told → the Sela Post",
            " Worth    ? 2 check-worthy  Verdict -  s r m n",
        ]
        await desk.press("enter", "s", "t")
        assert desk.panel.splitlines()[1:] == [
            " Says     Ines Duarte · told → the Sela Post",
            " Worth    2 check-worthy  Did say -  s r m n",
        ]
        await desk.resize(80, 12)
        assert [line.split()[0] for line in desk.panel.splitlines()[1:]] == ["Says", "Worth", "▸Did"]
