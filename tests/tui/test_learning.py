"""What is suggested learns of the reviewer's own decisions: shown at the article that is opened after the count."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import DatabaseGoneError, NotFoundError
from annotator.model import rule_record
from annotator.store import open_store
from annotator.tui.state import ReviewState
from annotator.workflow import judging
from annotator.workflow.session import ReviewSession

Library = Callable[..., Path]
TOLD = "by this rule"


@pytest.fixture
def library(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The database; one decided proposal is enough to learn from."""
    monkeypatch.setattr(rule_record, "ENOUGH", 1)
    return library


async def refuse(desk: Any) -> None:
    await desk.press("home", "j", "j", "backspace")
    assert "suggestion refused" in desk.message


async def open_anew(desk: Any) -> None:
    """Open the next article and this one again, once everything is counted."""
    await desk.desk._jobs.until_looked_up()
    await desk.press("]", "[", "home", "j", "j", "j")


def said(desk: Any) -> str:
    return " ".join(desk.panel.split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_panel_says_what_she_took_by_a_rule_from_the_next_article_on(
    workbench: Any, library: Library, size: tuple[int, int]
) -> None:
    path = library()
    async with workbench(path, size=size) as desk:
        await refuse(desk)
    async with workbench(path, size=size) as desk:
        await desk.press("home", "j", "j", "j")
        await desk.desk._jobs.until_looked_up()
        await desk.until_idle()
        assert TOLD not in said(desk)
        await open_anew(desk)
        if size[0] < 100:
            # Where there is little room it is said in short.
            assert "0/1 taken" in said(desk)
            await desk.press("*")
        assert "you took 0 of 1 by this rule" in said(desk)


async def test_another_reviewer_is_shown_what_everybody_was(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as desk:
        await refuse(desk)
    async with workbench(path, reviewer="bo") as desk:
        await open_anew(desk)
        assert "Nobody was hurt" in said(desk)
        assert TOLD not in said(desk)


async def test_off_by_the_setting_nothing_is_counted(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as desk:
        await refuse(desk)
    async with workbench(path, learn=False) as desk:
        await open_anew(desk)
        state: ReviewState = desk.desk.state
        assert state.record is None
        assert TOLD not in said(desk)
        assert desk.app.lookups.asked == 0


async def test_of_what_is_hers_already_nothing_is_said(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as desk:
        await refuse(desk)
    async with workbench(path) as desk:
        await open_anew(desk)
        await desk.press("enter", "home", "j", "j", "j")
        assert "Nobody was hurt" in said(desk)
        assert TOLD not in said(desk)


async def test_a_file_that_was_moved_away_is_not_made_anew_by_looking_something_up(
    workbench: Any, library: Library
) -> None:
    path = library()
    async with workbench(path, learn=False) as desk:
        path.rename(path.with_name("elsewhere.db"))
        with pytest.raises(NotFoundError):
            await desk.app.lookups.do(lambda session: session.reviewer)
        assert not path.exists()


@pytest.mark.parametrize("way", ["moved there", "written over", "an older copy"])
async def test_another_file_in_its_place_is_not_opened_by_looking_something_up(
    workbench: Any, library: Library, way: str
) -> None:
    path = library()
    other, older = path.with_name("other.db"), path.with_name("older.db")
    shutil.copy(path, older)
    open_store(other).close()
    # The ledger of the file itself is further on than that of the copy.
    with closing(open_store(path)) as store:
        session = ReviewSession(store, "ana")
        review, _ = session.open(session.article_to_review() or "")
        session.apply(judging.flag, review.claims[0])
    async with workbench(path, learn=False) as desk:
        if way == "moved there":
            other.replace(path)
        else:
            path.write_bytes((other if way == "written over" else older).read_bytes())
        with pytest.raises(DatabaseGoneError):
            await desk.app.lookups.do(lambda session: session.reviewer)
