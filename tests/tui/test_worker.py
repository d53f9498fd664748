from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.widgets import Input

from annotator.errors import DatabaseBusyError
from annotator.model.review import ArticleReview
from annotator.store import review as work
from annotator.store import schemes
from annotator.tui.app import AnnotatorApp
from annotator.workflow.session import ReviewSession

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]
LONGEST_WAIT = 30.0
"""Seconds after which a test that waits for the screen or for the database gives up."""


@pytest.fixture(autouse=True)
def said_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.tui.worker.SAVING_SHOWN_AFTER", 0.03)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Every decision waits for this event before it is stored."""
    go = threading.Event()
    decide = work.decide

    def waiting(*args: Any, **kwargs: Any) -> Any:
        assert go.wait(LONGEST_WAIT)
        return decide(*args, **kwargs)

    monkeypatch.setattr(work, "decide", waiting)
    return go


async def test_keys_behind_a_slow_decision_wait_and_are_done_in_order(
    workbench: Any, library: Library, stored: Stored, slow: threading.Event, decisions: Any
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j")
        for key in ("1", "a", "j", "f", "k", "f"):
            await desk.pilot.press(key)
        await desk.until(lambda: desk.message == "saving…")
        assert desk.claim == 2
        assert decisions() == []
        slow.set()
        await desk.until_idle()
        assert [entry.action for entry in decisions()] == ["worth", "voice", "flag", "flag"]
        assert desk.claim == 3
    review = stored()
    assert [review.judgement(claim).flag for claim in review.claims] == [False, False, True, True, False, False]


async def test_a_decision_is_painted_only_when_it_is_stored(
    workbench: Any, library: Library, slow: threading.Event
) -> None:
    async with workbench(library()) as desk:
        await desk.pilot.press("f")
        await desk.until(lambda: desk.message == "saving…")
        assert "⚑" not in desk.panel
        slow.set()
        await desk.until_idle()
        assert "⚑" in desk.panel


async def test_what_was_slow_is_not_said_to_be_under_way_any_more(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    history = work.history

    def waiting(*args: Any) -> Any:
        assert go.wait(LONGEST_WAIT)
        return history(*args)

    monkeypatch.setattr(work, "history", waiting)
    async with workbench(library()) as desk:
        await desk.pilot.press("h")
        await desk.until(lambda: desk.message == "reading…")
        go.set()
        await desk.until_idle()
        assert desk.form == "ListScreen"
        assert desk.message == ""


async def test_what_is_slow_by_itself_is_not_said_to_wait_for_another_program(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    history = work.history
    monkeypatch.setattr(work, "history", lambda *given: go.wait(LONGEST_WAIT) and history(*given))
    async with workbench(library()) as desk:
        monkeypatch.setattr("annotator.tui.worker.LATE_AFTER", 0.1)
        await desk.pilot.press("h")
        await desk.until(lambda: desk.message.startswith("reading… another program may have the database"))
        go.set()
        await desk.until_idle()


async def test_a_key_that_waits_means_what_it_means_then(
    workbench: Any, library: Library, slow: threading.Event, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j")
        for key in ("m", "2", "a"):
            await desk.pilot.press(key)
        slow.set()
        await desk.until_idle()
    verdict = stored().verdict(stored().claims[1])
    assert verdict is not None
    assert verdict.reason == "missing_context"
    assert stored().judgement(stored().claims[1]).worth == "2"


async def test_letters_typed_ahead_of_a_question_are_letters_and_no_decisions(
    workbench: Any, library: Library, slow: threading.Event, decisions: Any
) -> None:
    async with workbench(library()) as desk:
        for key in ("f", "slash", "r", "a", "m", "space", "s"):
            await desk.pilot.press(key)
        slow.set()
        await desk.until_idle()
        assert desk.desk.query_one("#ask", Input).value == "ram s"
        await desk.press("backspace", "backspace", "p", "enter")
        assert desk.claim == 5
    assert [entry.action for entry in decisions()] == ["flag"]


async def test_an_answer_typed_ahead_is_given_and_the_keys_behind_it_are_keys_again(
    workbench: Any, library: Library, slow: threading.Event, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        for key in ("f", "slash", "r", "a", "m", "p", "enter", "f"):
            await desk.pilot.press(key)
        slow.set()
        await desk.until_idle()
        assert desk.claim == 5
        await desk.press("j", "f")
    flagged = [stored().judgement(claim).flag for claim in stored().claims]
    assert flagged == [True, False, False, False, True, True]


async def test_letters_typed_ahead_of_a_form_are_no_decisions(
    workbench: Any, library: Library, slow: threading.Event, decisions: Any
) -> None:
    async with workbench(library()) as desk:
        for key in ("f", "o", "r", "s", "p", "f"):
            await desk.pilot.press(key)
        slow.set()
        await desk.until_idle()
        assert desk.form == "WriteScreen"
        await desk.press("escape")
        assert desk.claim == 1
    assert [entry.action for entry in decisions()] == ["flag"]


async def test_a_decision_that_fails_is_said_and_the_keys_behind_it_are_dropped(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch, decisions: Any
) -> None:
    go = threading.Event()
    decide = work.decide
    with monkeypatch.context() as patch:

        def failing(*args: Any, **kwargs: Any) -> Any:
            assert go.wait(LONGEST_WAIT)
            raise DatabaseBusyError("annotations.db is locked by another program; try again")

        patch.setattr(work, "decide", failing)
        async with workbench(library()) as desk:
            for key in ("f", "j", "2", "s"):
                await desk.pilot.press(key)
            go.set()
            await desk.until_idle()
            assert "locked by another program; try again" in desk.message
            assert desk.claim == 1
            assert "⚑" not in desk.panel
            patch.setattr(work, "decide", decide)
            await desk.press("f")
            assert "⚑" in desk.panel
    assert [entry.action for entry in decisions()] == ["flag"]


async def test_what_nobody_expected_stops_the_program_with_its_trace(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("made up")

    monkeypatch.setattr(work, "decide", broken)
    async with workbench(library()) as desk:
        await desk.pilot.press("f")
        await desk.until_idle()
    assert desk.app.return_code == 1


async def test_what_fails_while_a_result_is_shown_stops_the_program_too(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("made up")

    async with workbench(library()) as desk:
        monkeypatch.setattr("annotator.tui.actions.deciding.apply", broken)
        await desk.pilot.press("f")
        await desk.desk.until_idle()
    assert desk.app.return_code == 1


@pytest.mark.parametrize("refused", [False, True])
async def test_a_job_that_ends_while_the_program_does_is_no_crash(
    refused: bool, workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, apply, close_all = threading.Event(), ReviewSession.apply, App._close_all

    def slow(*given: Any) -> Any:
        release.wait(10)
        if refused:
            raise DatabaseBusyError("made up")
        return apply(*given)

    async def closed(app: AnnotatorApp) -> None:
        workbench = app._workbench
        assert workbench is not None
        await close_all(app)
        with workbench.frame.open():
            workbench.frame.takes(workbench._top, [0])
        assert workbench._jobs.busy
        release.set()
        await workbench._jobs.until_idle()
        workbench.trouble("made up")

    monkeypatch.setattr(ReviewSession, "apply", slow)
    monkeypatch.setattr(App, "_close_all", closed)
    async with workbench(library()) as desk:
        for key in ("2", "j"):
            desk.app.post_message(events.Key(key, key))
        await desk.until(lambda: desk.desk._jobs._waiting == ["j"])
        desk.app.exit(return_code=143)
    assert desk.app.return_code == 143
    assert desk.app._exit_renderables == []


async def test_reading_is_not_said_to_be_saving_and_what_was_said_comes_back(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    pages = schemes.pages

    def waiting(*args: Any) -> Any:
        assert go.wait(LONGEST_WAIT)
        return pages(*args)

    monkeypatch.setattr(schemes, "pages", waiting)
    async with workbench(library()) as desk:
        await desk.press("k")
        said = desk.message
        assert said
        await desk.pilot.press("G")
        await desk.until(lambda: desk.message == "reading…")
        go.set()
        await desk.until_idle()
        assert desk.message == said


async def test_what_was_said_goes_with_the_next_key_unless_that_only_shows_something(
    workbench: Any, library: Library
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "tab")
        assert "there is no attribution here" in desk.message
        await desk.press("f2")
        await desk.press("?", "escape")
        assert "there is no attribution here" in desk.message
        await desk.press("o")
        await desk.press("escape")
        assert desk.message == ""
        # In the span mode too, where most keys say nothing.
        await desk.press("e", "tab")
        assert "no other attribution" in desk.message
        await desk.press("l")
        assert desk.message == ""
