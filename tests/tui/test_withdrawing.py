from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import DiskFullError
from annotator.model.review import ArticleReview, State
from annotator.tui.app import AnnotatorApp
from annotator.workflow.session import ReviewSession

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]


def entries(path: Path) -> int:
    """How many entries are stored while one more is about to be: whoever opened the store would wait for it."""
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute("select count(*) from ledger").fetchone()
    return int(count)


def done(review: ArticleReview) -> int:
    return review.states("both").count(State.DONE)


@pytest.mark.parametrize(
    "keys", [["home", "u", "u"], ["home", "0"], ["home", "+"]], ids=["undo", "clearing", "joining"]
)
async def test_what_is_taken_back_is_not_called_done_before_that_is_stored(
    keys: list[str], workbench: Any, library: Library, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int]] = []
    show = AnnotatorApp._show_withdrawn

    def watched(app: AnnotatorApp, claims: frozenset[str], then: Callable[[], None]) -> None:
        def written() -> None:
            seen.append((desk.shows("#top"), entries(path)))
            then()

        show(app, claims, written)

    monkeypatch.setattr(AnnotatorApp, "_show_withdrawn", watched)
    path = library()
    async with workbench(path, advance=False) as desk:
        await desk.press("0", "j", "0", "k")
        assert " 2 of 6 " in desk.shows("#top")
        before = entries(path)
        await desk.press(*keys)
        ((shown, held),) = seen
        assert " 2 of 6 " not in shown
        assert (held, entries(path)) == (before, before + 1)
        assert f" {done(stored())} of " in desk.shows("#top")
        assert done(stored()) < 2


async def test_what_cannot_be_taken_back_is_called_done_again(
    workbench: Any, library: Library, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("0")
        assert " 1 of 6 " in desk.shows("#top")
        withdrawn: list[str] = []
        show = AnnotatorApp._show_withdrawn

        def watched(app: AnnotatorApp, claims: frozenset[str], then: Callable[[], None]) -> None:
            def written() -> None:
                withdrawn.append(desk.shows("#top"))
                then()

            show(app, claims, written)

        def full(*_: Any) -> None:
            raise DiskFullError("annotations.db: the disk is full")

        monkeypatch.setattr(AnnotatorApp, "_show_withdrawn", watched)
        monkeypatch.setattr("annotator.workflow.session.ReviewSession._before_commit", failing_behind(full))
        await desk.press("0")
        assert " 0 of 6 " in withdrawn[0]
        assert "the disk is full" in desk.message
        assert " 1 of 6 " in desk.shows("#top")
    assert done(stored()) == 1


def failing_behind(fail: Callable[..., None]) -> Callable[..., None]:
    """The session's last step before a decision is stored, and then a failure."""
    genuine = ReviewSession._before_commit

    def step(session: ReviewSession, after: ArticleReview) -> None:
        genuine(session, after)
        fail()

    return step
