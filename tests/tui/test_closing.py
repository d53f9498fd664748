"""What is only read is closed by the key that has opened it; where one types that key is a letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.tui.widgets.field import Field

Library = Callable[..., Path]

READ = {
    "HelpScreen": (["question_mark"], "question_mark"),
    "HelpScreen by its other key": (["f1"], "question_mark"),
    "GuidelinesScreen": (["G"], "G"),
    "ListScreen": (["2", "h"], "h"),
    "EvidenceListScreen": (["v", "x", "ctrl+s", "v"], "v"),
    "EvidenceListScreen of the claim decided last": (["s", "V", "x", "ctrl+s", "V"], "V"),
    "BrowseScreen of sources": (["S"], "S"),
    "BrowseScreen of questions": (["q", "Q"], "Q"),
    "BrowseScreen of what was decided in two ways": (["Z"], "Z"),
    "DashboardScreen": (["q", "p"], "p"),
}
WRITTEN = {"o": "WriteScreen", "i": "WriteScreen", "Q": "WriteScreen", "v": "EvidenceScreen"}


@pytest.mark.parametrize("shown", READ)
async def test_the_key_that_opens_it_closes_what_is_read(shown: str, workbench: Any, library: Library) -> None:
    steps, key = READ[shown]
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", *steps)
        assert desk.form == shown.partition(" ")[0]
        await desk.press(key)
        assert not desk.form


async def test_a_key_that_a_user_has_chosen_closes_it_too(workbench: Any, library: Library) -> None:
    async with workbench(library(), keys={"help": "f6", "history": "x", "dashboard": "f7"}) as desk:
        for key, form, *before in (("f6", "HelpScreen"), ("x", "ListScreen"), ("f7", "DashboardScreen", "q")):
            await desk.press(*before)
            await desk.press(key)
            assert desk.form == form
            await desk.press(key)
            assert not desk.form


async def test_a_lists_own_key_does_what_it_says(workbench: Any, library: Library) -> None:
    async with workbench(library(), keys={"sources": "H"}) as desk:
        await desk.press("j", "j", "enter", "H", "H")
        assert desk.read(".form-title")[0].startswith("History of")


async def test_what_a_lists_own_key_has_opened_is_closed_by_it(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "enter", "S", "H")
        assert desk.read(".form-title")[0].startswith("History of")
        await desk.press("H")
        assert desk.read(".form-title")[0].startswith("1 source")


@pytest.mark.parametrize("key", WRITTEN)
async def test_where_one_types_it_is_a_letter(key: str, workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", key, "end", key)
        assert desk.form == WRITTEN[key]
        assert desk.app.screen.query_one(Field).value.endswith(key)
