from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.model.source import SourceKind
from annotator.store import open_store
from annotator.workflow import sources
from annotator.workflow.session import ReviewSession

Library = Callable[..., Path]


def names(path: Path) -> list[str]:
    with closing(open_store(path)) as store:
        return [entity.name for entity in ReviewSession(store, "eva").registry.unmerged()]


async def test_a_decision_on_sources_is_undone_and_redone_where_she_is_and_named(
    workbench: Any, library: Library
) -> None:
    path = library()
    with closing(open_store(path)) as store:
        ReviewSession(store, "ana").apply_to_sources(sources.make, "Ines Duarte", SourceKind.PERSON)
    async with workbench(path) as desk:
        await desk.press("j", "u")
        assert desk.claim == 2
        assert "undone: source made: Ines Duarte" in desk.message
        assert names(path) == []
        await desk.press("U")
        assert "redone: source made: Ines Duarte" in desk.message
        assert names(path) == ["Ines Duarte"]
        await desk.press("q", "u")
        assert "undone: source made: Ines Duarte" in desk.message
        assert names(path) == []


async def test_what_somebody_else_uses_stays_which_is_said_once_and_undo_goes_on(
    workbench: Any, library: Library
) -> None:
    path = library()
    async with workbench(path, advance=False) as desk:
        await desk.press("j", "j", "enter", "1")
    with closing(open_store(path)) as store:
        ana = ReviewSession(store, "ana")
        (duarte,) = ana.registry.unmerged()
        ana.apply_to_sources(sources.rename, duarte.id, "Inês Duarte de Souza Lima")
        ReviewSession(store, "bo").apply_to_sources(sources.set_kind, duarte.id, SourceKind.UNNAMED)
    async with workbench(path, place="last", size=(80, 24)) as desk:
        # Away from the claim that was decided: a slow machine has remembered it, and a quick one the next.
        await desk.press("home", "u")
        assert desk.shows("#message").strip() == (
            "✗ the rename of “Inês Duarte d…” stays: others use it; undo again goes past it"
        )
        await desk.press("u", "u")
        assert "undone: worth checking: 1" in desk.message
        await desk.press("u")
        assert "undone: accepted the suggestions" in desk.message
        await desk.press("u")
        assert "nothing to undo" in desk.message
        await desk.press("U")
        assert "redone: accepted the suggestions" in desk.message
    assert names(path) == ["Inês Duarte de Souza Lima"]


async def test_in_the_list_of_sources_what_stays_is_said_once_too(workbench: Any, library: Library) -> None:
    path = library()
    with closing(open_store(path)) as store:
        ana = ReviewSession(store, "ana")
        ana.apply_to_sources(sources.make, "Vale", SourceKind.PERSON)
        made = ana.apply_to_sources(sources.make, "Ines Duarte", SourceKind.PERSON).registry.named("Ines Duarte")[0]
        ReviewSession(store, "bo").apply_to_sources(sources.rename, made.id, "Inês Duarte")
    async with workbench(path, size=(80, 24)) as desk:
        await desk.press("S", "u")
        assert any(text.startswith("the making of “Ines Duarte” stays: others use it") for text in desk.read("Label"))
        await desk.press("u")
        assert any("undone: source made: Vale" in text for text in desk.read("Label"))
