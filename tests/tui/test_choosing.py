"""Two machines, one reviewer, two values: `Z` shows both, and one key takes one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path

from annotator.model.review import ArticleReview
from annotator.store import open_store
from annotator.workflow import ingest, judging, uniting
from annotator.workflow.session import ReviewSession
from tests.tui.conftest import FERRY, Driver

Workbench = Callable[..., AbstractAsyncContextManager[Driver]]


def decided(path: Path, worth: str) -> None:
    with closing(open_store(path)) as store:
        ana = ReviewSession(store, "ana")
        review, _ = ana.open(FERRY.id)
        ana.apply(judging.worth, review.claims[1], worth)


async def test_both_values_are_shown_and_one_key_takes_the_other(
    workbench: Workbench, library: Callable[..., Path], tmp_path: Path, stored: Callable[..., ArticleReview]
) -> None:
    path, apart = library(FERRY), tmp_path / "apart.db"
    with closing(open_store(apart)) as store:
        list(ingest.ingest(store, [FERRY]))
    decided(path, "2")
    decided(apart, "1")
    with closing(open_store(path)) as store:
        list(uniting.merge(store, [apart], None))
    async with workbench(path, place=FERRY.id) as desk:
        await desk.press("Z")
        assert desk.form == "BrowseScreen"
        await desk.press("enter")
        assert desk.form == "BrowseScreen"
        await desk.press("escape")
    review = stored(article=FERRY.id)
    assert review.judgement(review.claims[1]).worth == "2"


async def test_without_another_machine_there_is_nothing_to_choose(
    workbench: Workbench, library: Callable[..., Path]
) -> None:
    async with workbench(library(FERRY), place=FERRY.id) as desk:
        await desk.press("Z")
        assert any("Nothing in this article" in text for text in [*desk.read("Label"), *desk.read("Static")])
