"""Asking the lead at the screen, and answering there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path

from annotator.store import open_store
from annotator.workflow import leading
from tests.tui.conftest import Driver

Workbench = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_a_question_is_asked_answered_and_shown_with_its_claim(
    workbench: Workbench, library: Callable[..., Path]
) -> None:
    path = library()
    async with workbench(path, size=(120, 40)) as desk:
        await desk.press("Q")
        await desk.type("is this one claim")
        await desk.press("ctrl+s")
        assert "the lead is asked" in desk.message
        assert "Asked    is this one claim" in desk.panel
    async with workbench(path, reviewer="lea", place="", size=(120, 40)) as desk:
        await desk.press("Q")
        assert desk.form == "BrowseScreen"
        await desk.press("enter")
        await desk.type("yes it is")
        await desk.press("enter")
        assert desk.form == "BrowseScreen"
        await desk.press("g")
        assert any("added to the guidelines" in text for text in desk.read("Label"))
        await desk.press("escape")
        await desk.press("G")
        assert desk.form == "GuidelinesScreen"
    async with workbench(path, size=(120, 40)) as desk:
        assert "Answer   yes it is" in desk.panel


async def test_the_queue_names_the_key_where_a_question_or_an_answer_waits(
    workbench: Workbench, library: Callable[..., Path]
) -> None:
    path = library()
    with closing(open_store(path)) as store:
        leading.set_lead(store, "lea", "lea")
    async with workbench(path) as desk:
        await desk.press("Q")
        await desk.type("is this one claim")
        await desk.press("ctrl+s", "q")
        assert "Q questions" not in desk.shows("#keys")
    async with workbench(path, reviewer="lea", place="") as desk:
        footer = desk.shows("#keys")
        assert "Q questions" in footer
        assert footer.endswith("? help")
        assert max(map(len, footer.splitlines())) <= 80
        await desk.press("Q", "enter")
        await desk.type("yes it is")
        await desk.press("enter", "escape")
        assert "Q questions" not in desk.shows("#keys")
    async with workbench(path, place="") as desk:
        assert "Q questions" in desk.shows("#keys")
        await desk.press("enter", "q")
        assert "Q questions" not in desk.shows("#keys")


async def test_the_list_of_questions_offers_only_what_can_be_done(
    workbench: Workbench, library: Callable[..., Path]
) -> None:
    path = library()
    with closing(open_store(path)) as store:
        leading.set_lead(store, "lea", "lea")
    async with workbench(path, place="", size=(120, 40)) as desk:
        await desk.press("Q")
        assert desk.read("Label")[-1] == "esc closes"
        await desk.press("escape", "enter", "Q")
        await desk.type("is this one claim")
        await desk.press("ctrl+s", "q", "Q")
        assert desk.read("Label")[-1] == "⏎ opens its claim · esc closes"
        await desk.press("enter")
        assert "asked: is this one claim" in desk.message


async def test_while_words_are_typed_the_footer_says_what_is_asked_and_how_it_ends(
    workbench: Workbench, library: Callable[..., Path]
) -> None:
    async with workbench(library(), size=(60, 20)) as desk:
        for end, hits in (("ctrl+s", 1), ("escape", 0), ("enter", 1)):
            await desk.press("/")
            footer = " ".join(desk.shows("#keys").split())
            assert footer == "find: words in this article and the others ⏎ takes it esc leaves"
            await desk.press(*["backspace"] * 9)
            await desk.type("lost")
            await desk.press(end)
            assert "takes it" not in desk.shows("#keys")
            assert desk.message.count("hit 1 of 1") == hits
