from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from annotator.model.ledger import Entry
from annotator.model.review import ArticleReview

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]
Decisions = Callable[[], Sequence[Entry]]


async def test_undo_first_goes_there_and_names_it_then_undoes(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "0")
        assert desk.claim == 3
        await desk.press("u")
        assert desk.claim == 2
        assert "undo: worth checking: 0" in desk.message
        assert stored().judgement(stored().claims[1]).worth == "0"
        await desk.press("u")
        assert desk.claim == 2
        assert "undone" in desk.message
        assert stored().judgement(stored().claims[1]).worth is None
        await desk.press("u")
        assert "nothing to undo" in desk.message


async def test_undo_and_redo_cross_articles(
    workbench: Any, library: Library, stored: Stored, decisions: Decisions, ids: dict[str, str]
) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "2", "]", "j", "j", "f")
        assert "Ferry" in desk.shows("#top")
        await desk.press("u")
        assert "undone: flag" in desk.message
        await desk.press("u")
        assert "Bridge" in desk.shows("#top")
        assert desk.claim == 2
        assert "undo: worth checking: 2" in desk.message
        await desk.press("u")
        assert stored().judgement(stored().claims[1]).worth is None
        await desk.press("U")
        assert "redone: worth checking: 2" in desk.message
        assert stored().judgement(stored().claims[1]).worth == "2"
        await desk.press("U")
        assert "Ferry" in desk.shows("#top")
        assert desk.claim == 3
        assert "redo: flag" in desk.message
        await desk.press("U")
        await desk.press("U")
        assert "nothing to redo" in desk.message
    ferry = stored(article=ids["ferry"])
    assert ferry.judgement(ferry.claims[2]).flag
    assert [entry.kind for entry in decisions()] == ["decision", "decision", "undo", "undo", "redo", "redo"]


async def test_a_new_decision_clears_redo(workbench: Any, library: Library) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("f", "u", "2", "U")
        assert "nothing to redo" in desk.message


async def test_undo_works_after_a_restart(workbench: Any, library: Library, stored: Stored) -> None:
    path = library()
    async with workbench(path, advance=False) as desk:
        await desk.press("j", "2", "f")
    async with workbench(path, place="last") as desk:
        assert desk.claim == 2
        await desk.press("u", "u", "u")
        assert "nothing to undo" in desk.message
    assert stored().judgements == {} or set(stored().judgements.values()) == {stored().judgement(stored().claims[0])}


async def test_undo_from_the_queue_opens_the_article_and_names_it(workbench: Any, library: Library) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "2", "q")
        assert "Ferry runs again" in desk.shows("#queue")
        await desk.press("u")
        assert desk.claim == 2
        assert "undo: worth checking: 2" in desk.message


async def test_only_ones_own_decisions_are_undone(workbench: Any, library: Library, stored: Stored) -> None:
    path = library()
    async with workbench(path, reviewer="bob", advance=False) as desk:
        await desk.press("2", "f")
    async with workbench(path, advance=False) as desk:
        assert "⚑" not in desk.screen
        await desk.press("u")
        assert "nothing to undo" in desk.message
    assert stored("bob").judgement(stored().claims[0]).flag


async def test_the_history_tells_what_was_decided_and_taken_back(workbench: Any, library: Library) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("h")
        assert desk.read("Static")[1] == "Nothing has been decided here yet."
        await desk.press("escape", "2", "r", "u", "h")
        assert desk.form == "ListScreen"
        from textual.widgets import OptionList

        options = desk.app.screen.query_one(OptionList)
        lines = [str(option.prompt) for option in options.options]
        assert [line.split("  ", 1)[1] for line in lines] == [
            "worth checking: 2 (check-worthy)",
            "verdict: refuted",
            "undo: verdict: refuted",
        ]
        await desk.press("q")
        assert desk.form == ""


async def test_a_verdict_on_an_attribution_is_named_as_one(workbench: Any, library: Library) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "j", "enter", "t", "r", "home", "u")
        assert desk.claim == 3
        assert "verdict on the attribution: refuted" in desk.message
