"""Two terminals of one reviewer are one reviewer: each shows what is done in the other, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from annotator.model.ledger import Entry
from annotator.model.review import ArticleReview
from annotator.tui.widgets.field import Field
from annotator.workflow.other_terminals import CHANGED_ELSEWHERE

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]
Decisions = Callable[[], Sequence[Entry]]


@pytest.fixture(autouse=True)
def looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.tui.screens.workbench.LOOKED_AFTER", 0.02)


async def test_what_is_decided_in_one_appears_in_the_other(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as one, workbench(path) as two:
        await one.press("j", "2")
        await two.until(lambda: "~" in two.shows("#article"))
        await two.press("j")
        assert "2 check-worthy" in two.panel
        assert CHANGED_ELSEWHERE not in two.message


async def test_a_decision_on_the_claim_that_is_shown_is_said(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as one, workbench(path) as two:
        await two.press("j")
        await one.press("j", "2")
        await two.until(lambda: CHANGED_ELSEWHERE in two.message)
        assert "2 check-worthy" in two.panel


async def test_a_key_for_a_claim_that_is_another_by_now_is_refused_once(
    workbench: Any, library: Library, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is looked at by itself: what has changed is found when the key is pressed.
    monkeypatch.setattr("annotator.tui.screens.workbench.LOOKED_AFTER", 3600.0)
    path = library()
    async with workbench(path) as one, workbench(path) as two:
        await one.press("f")
        await two.press("f")
        assert CHANGED_ELSEWHERE in two.message
        await two.until(lambda: "⚑" in two.shows("#article"))
        assert stored().judgement(stored().claims[0]).flag
        await two.press("f")
        assert not stored().judgement(stored().claims[0]).flag
        # A claim that is as it was is decided at once.
        await two.press("j", "2")
        assert stored().judgement(stored().claims[1]).worth == "2"


async def test_undo_takes_back_what_was_decided_last_wherever_that_was(
    workbench: Any, library: Library, stored: Stored, decisions: Decisions
) -> None:
    path = library()
    async with workbench(path, advance=False) as one, workbench(path, advance=False) as two:
        await one.press("j", "2")
        await two.until(lambda: "~" in two.shows("#article"))
        await two.press("u")
        assert "undo: worth checking: 2" in two.message
        await two.press("u")
        assert "undone" in two.message
        assert stored().judgement(stored().claims[1]).worth is None
        await one.until(lambda: "~" not in one.shows("#article"))
        await one.press("U")
        assert "redone: worth checking: 2" in one.message
    assert [entry.kind for entry in decisions()] == ["decision", "undo", "redo"]


async def test_what_is_typed_in_one_waits_in_the_other_until_it_is_kept(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as one, workbench(path) as two:
        await one.press("o")
        await one.type("The harbour office has the log.")
        # It may be stored in parts.
        await two.until(lambda: {"text": "The harbour office has the log."} in two.desk.state.drafts.values())
        await two.press("o")
        assert two.app.screen.query_one(Field).value == "The harbour office has the log."
        await two.press("escape")
        await one.press("ctrl+s")
        await two.until(lambda: not two.desk.state.drafts)
        assert "The harbour office has the log." in two.panel


async def test_another_reviewers_decisions_change_nothing_here(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as ana, workbench(path, reviewer="ben") as ben:
        before = ana.shows("#article"), ana.panel, ana.message
        await ben.press("f", "j")
        changes = ana.desk.state.drafts
        await ben.press("2")
        await ana.until(lambda: ana.desk.state.drafts is not changes)
        assert (ana.shows("#article"), ana.panel, ana.message) == before
