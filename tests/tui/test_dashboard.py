"""The dashboard in the queue: who does how much, and fresh while others work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path

import pytest

from annotator.store import open_store
from annotator.tui.screens import dashboard
from annotator.workflow import attributing, judging
from annotator.workflow.session import ReviewSession
from tests.tui.conftest import BRIDGE, FERRY, Driver

Workbench = Callable[..., AbstractAsyncContextManager[Driver]]


def decide(path: Path, reviewer: str) -> None:
    with closing(open_store(path)) as store:
        session = ReviewSession(store, reviewer)
        review, _ = session.open(FERRY.id)
        session.apply(judging.flag, review.claims[0])


async def test_the_dashboard_says_who_does_how_much_and_reads_anew(
    workbench: Workbench, library: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "_EVERY", 0.2)
    path = library(FERRY)
    decide(path, "ana")
    async with workbench(path, place="") as desk:
        await desk.press("p")
        assert desk.form == "DashboardScreen"
        shown = "\n".join(desk.read("#watched"))
        # In the middle of the screen, as every form.
        form = desk.app.screen.query_one(".form").region
        assert form.x == desk.app.size.width - form.right > 0
        assert form.y > 0
        assert "Decisions a day" in shown
        assert "ana" in shown
        assert "█" in shown
        decide(path, "ben")
        await desk.until(lambda: "ben" in "\n".join(desk.read("#watched")))
        await desk.press("escape")
        assert desk.form == ""


async def test_an_empty_project_says_so(workbench: Workbench, library: Callable[..., Path]) -> None:
    async with workbench(library(FERRY), place="") as desk:
        await desk.press("p")
        assert desk.read("#watched") == ["Nothing has been decided yet."]


async def test_the_dashboard_says_how_far_reviewers_agree_in_brief(
    workbench: Workbench, library: Callable[..., Path]
) -> None:
    path = library(BRIDGE)
    for reviewer in ("ana", "ben"):
        with closing(open_store(path)) as store:
            session = ReviewSession(store, reviewer)
            review, _ = session.open(BRIDGE.id)
            for number, claim in enumerate(review.claims):
                session.apply(attributing.accept if review.suggested_attributions(claim) else judging.voice, claim)
                if session.review.judgement(claim).worth is None:
                    session.apply(judging.worth, claim, str(number % 2))
    async with workbench(path, place="", size=(120, 40)) as desk:
        await desk.press("p")
        shown = "\n".join(desk.read("#watched"))
        # The whole report has who says it, in which form, and the spans too.
        assert shown.endswith("Agreement so far (Krippendorff's alpha):\n  worth 1.00")
