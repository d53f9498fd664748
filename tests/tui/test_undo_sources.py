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
        return [entity.name for entity in ReviewSession(store, "eva").registry.standing()]


async def test_a_decision_on_sources_is_undone_and_redone_where_she_is_and_named(
    workbench: Any, library: Library
) -> None:
    path = library()
    with closing(open_store(path)) as store:
        ReviewSession(store, "ana").settle(sources.make, "Ines Duarte", SourceKind.PERSON)
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


async def test_what_somebody_else_uses_is_not_undone_and_the_reason_is_said(workbench: Any, library: Library) -> None:
    path = library()
    with closing(open_store(path)) as store:
        duarte = (
            ReviewSession(store, "ana").settle(sources.make, "Ines Duarte", SourceKind.PERSON).registry.standing()[0]
        )
        ReviewSession(store, "bo").settle(sources.rename, duarte.id, "Inês Duarte")
    async with workbench(path) as desk:
        await desk.press("u")
        assert "stays as it is: it is used by another decision since" in desk.message
        assert names(path) == ["Inês Duarte"]
