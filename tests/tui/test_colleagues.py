"""An open project shows what colleagues decided, and lets their verdicts be used again; a blind one shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path

from annotator.model.project import Visibility
from annotator.model.review import ArticleReview
from annotator.store import open_store
from annotator.workflow import judging, leading
from annotator.workflow.session import ReviewSession
from tests.tui.conftest import FERRY, Driver

Workbench = Callable[..., AbstractAsyncContextManager[Driver]]


def judged(path: Path, *, visible: bool) -> None:
    with closing(open_store(path)) as store:
        if visible:
            leading.set_visibility(store, Visibility.OPEN, None)
        ben = ReviewSession(store, "ben")
        review, _ = ben.open(FERRY.id)
        ben.apply(judging.verdict, review.claims[0], "refuted")
        ben.apply(judging.evidence, review.claims[0], {"answer": "it does not run"})


async def test_an_open_project_shows_and_reuses_colleagues_verdicts(
    workbench: Workbench, library: Callable[..., Path], stored: Callable[..., ArticleReview]
) -> None:
    path = library(FERRY)
    judged(path, visible=True)
    async with workbench(path, place=FERRY.id, size=(120, 40)) as desk:
        assert "refuted · 1 evidence" in desk.panel
        await desk.press("R")
    review = stored(article=FERRY.id)
    verdict = review.verdict(review.claims[0])
    assert verdict is not None
    assert verdict.value == "refuted"
    assert [piece.answer for piece in review.evidence_of(review.claims[0])] == ["it does not run"]


async def test_a_blind_project_shows_nothing_of_others(workbench: Workbench, library: Callable[..., Path]) -> None:
    path = library(FERRY)
    judged(path, visible=False)
    async with workbench(path, place=FERRY.id, size=(120, 40)) as desk:
        assert "refuted ·" not in desk.panel
        await desk.press("R")
        assert "no colleague's verdict" in desk.message
