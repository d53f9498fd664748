"""The dashboard in the queue: who does how much, and fresh while others work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from textual.containers import VerticalScroll

from annotator.errors import DatabaseBusyError
from annotator.store import open_store
from annotator.tui.actions.watching import COUNTING
from annotator.tui.screens import dashboard
from annotator.workflow import attributing, judging, reading
from annotator.workflow.session import ReviewSession
from tests.tui.conftest import BRIDGE, FERRY, Driver

Workbench = Callable[..., AbstractAsyncContextManager[Driver]]


def decide(path: Path, reviewer: str) -> None:
    with closing(open_store(path)) as store:
        session = ReviewSession(store, reviewer)
        review, _ = session.open(FERRY.id)
        session.apply(judging.flag, review.claims[0])


async def counted(desk: Driver) -> None:
    await desk.until(lambda: desk.read("#watched") != [COUNTING])


async def test_the_dashboard_says_who_does_how_much_and_reads_anew(
    workbench: Workbench, library: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "_EVERY", 0.2)
    path = library(FERRY)
    decide(path, "ana")
    async with workbench(path, place="") as desk:
        await desk.press("p")
        assert desk.form == "DashboardScreen"
        await counted(desk)
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
        await counted(desk)
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
        await counted(desk)
        shown = "\n".join(desk.read("#watched"))
        # The whole report has who says it, in which form, and the spans too.
        assert shown.endswith("Agreement so far (Krippendorff's alpha):\n  worth 1.00")


async def test_no_key_waits_for_what_is_counted_and_what_is_closed_is_counted_no_further(
    workbench: Workbench, library: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = Event(), Event()

    def long(session: ReviewSession, over: Callable[[], bool]) -> list[str]:
        begun.set()
        while not over():
            sleep(0.001)
        ended.set()
        raise reading.Unwanted("not wanted any more")

    monkeypatch.setattr(reading, "dashboard", long)
    async with workbench(library(FERRY), place="") as desk:
        await desk.press("p")
        await desk.until(begun.is_set)
        assert desk.read("#watched") == [COUNTING]
        await desk.press("escape", "enter", "f")
        assert "flagged" in desk.message
        await desk.until(ended.is_set)


async def test_why_nothing_can_be_counted_is_said(
    workbench: Workbench, library: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(session: ReviewSession, over: Callable[[], bool]) -> list[str]:
        raise DatabaseBusyError("another program keeps the database locked")

    monkeypatch.setattr(reading, "dashboard", refused)
    async with workbench(library(FERRY), place="") as desk:
        await desk.press("p")
        await counted(desk)
        assert desk.read("#watched") == ["another program keeps the database locked"]


def test_counting_ends_between_two_articles_where_it_is_over(library: Callable[..., Path]) -> None:
    path = library(BRIDGE, FERRY)
    asked: list[None] = []
    with closing(open_store(path)) as store:
        for reviewer in ("ana", "ben"):
            session = ReviewSession(store, reviewer)
            for article_id in (BRIDGE.id, FERRY.id):
                review, _ = session.open(article_id)
                session.apply(judging.worth, review.claims[1], "2")

        def over() -> bool:
            asked.append(None)
            return len(asked) > 1

        with pytest.raises(reading.Unwanted):
            reading.dashboard(session, over)
    assert len(asked) == 2


async def test_in_eighty_columns_the_table_keeps_its_lines_beside_the_bar(
    workbench: Workbench, library: Callable[..., Path]
) -> None:
    path = library(FERRY)
    decide(path, "ana")
    async with workbench(path, place="", size=(80, 10)) as desk:
        await desk.press("p")
        await counted(desk)
        await desk.until_idle()
        lines = desk.read("#watched")[0].splitlines()
        head = next(line for line in lines if line.startswith("reviewer"))
        assert len(head.rstrip()) <= desk.app.screen.query_one("#watched").content_size.width
        assert desk.app.screen.query_one(VerticalScroll).show_vertical_scrollbar
