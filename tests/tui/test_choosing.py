"""Two machines, one reviewer, two values: `Z` shows both, and one key takes one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path

import pytest
from textual.widgets import OptionList

from annotator.model.article import Article
from annotator.model.review import ArticleReview
from annotator.store import open_store
from annotator.workflow import ingest, judging, uniting
from annotator.workflow.session import ReviewSession
from tests.tui.conftest import BRIDGE, FERRY, Driver

Workbench = Callable[..., AbstractAsyncContextManager[Driver]]


def decided(path: Path, worth: str) -> None:
    with closing(open_store(path)) as store:
        ana = ReviewSession(store, "ana")
        review, _ = ana.open(FERRY.id)
        ana.apply(judging.worth, review.claims[1], worth)


def merged_in_two_ways(path: Path, apart: Path) -> None:
    with closing(open_store(apart)) as store:
        list(ingest.ingest(store, [FERRY]))
    decided(path, "2")
    decided(apart, "1")
    with closing(open_store(path)) as store:
        list(uniting.merge(store, [apart], None))


async def test_both_values_are_shown_and_one_key_takes_the_other(
    workbench: Workbench, library: Callable[..., Path], tmp_path: Path, stored: Callable[..., ArticleReview]
) -> None:
    path = library(FERRY)
    merged_in_two_ways(path, tmp_path / "apart.db")
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


async def test_the_queue_says_how_many_wait_and_leads_to_the_claim(
    workbench: Workbench, library: Callable[..., Path], tmp_path: Path
) -> None:
    path = library(BRIDGE, FERRY)
    merged_in_two_ways(path, tmp_path / "apart.db")
    async with workbench(path, place="") as desk:
        await desk.until(lambda: bool(desk.message))
        assert desk.message == "1 thing was decided in two ways, on two machines: Z lists them"
        assert "Z two ways" in desk.shows("#keys")
        await desk.press("Z")
        assert desk.read("Label")[0] == "Decided in two ways, in all articles: 1"
        (line,) = desk.app.screen.query_one(OptionList).options
        assert str(line.prompt).startswith("Ferry runs again · claim 2 · worth: 2 check-worthy (stands) | 1 ")
        await desk.press("enter")
        assert (desk.form, desk.claim) == ("", 2)
        assert "decided in two ways: claim 2 · worth" in desk.message
        await desk.press("Z", "enter", "escape", "q")
        await desk.until(lambda: "Z two ways" not in desk.shows("#keys"))
        await desk.press("Z")
        assert desk.read("Label")[1] == "Nothing in any article was decided in two ways."


async def test_another_reviewers_two_ways_are_not_hers(
    workbench: Workbench, library: Callable[..., Path], tmp_path: Path
) -> None:
    path = library(BRIDGE, FERRY)
    merged_in_two_ways(path, tmp_path / "apart.db")
    async with workbench(path, place="", reviewer="ben") as desk:
        await desk.desk._jobs.until_looked_up()
        assert not desk.message
        assert "Z" not in desk.shows("#keys")


@pytest.mark.parametrize("size", [(80, 24), (50, 16)])
async def test_an_empty_list_says_all_that_it_has_to_say(
    workbench: Workbench, library: Callable[..., Path], size: tuple[int, int]
) -> None:
    async with workbench(library(), size=size) as desk:
        for key, end in (("Z", "of all articles."), ("h", "here yet.")):
            await desk.press(key)
            empty = desk.app.screen.query_one(".form-none")
            lines = [empty.render_line(y).text.strip() for y in range(empty.size.height)]
            assert " ".join(lines).strip().endswith(end)
            await desk.press("escape")


async def test_a_long_claim_in_a_title_leaves_room_for_the_list_and_its_keys(
    workbench: Workbench, library: Callable[..., Path]
) -> None:
    long = Article(
        "The quay " + "and the long pier " * 80 + "closed.\n\nThe port opened on Monday, it said.\n", "q.txt"
    )
    async with workbench(library(long, suggested=False), place=long.id) as desk:
        await desk.press("j", "v")
        await desk.type("so")
        await desk.press("ctrl+s", "home", "E")
        assert desk.form == "ChooseScreen"
        assert desk.app.screen.query_one(".form-title").size.height == 1
        keys = desk.app.screen.query_one(".form-keys")
        assert desk.app.screen.query_one(".form").content_region.contains_region(keys.region)


async def test_a_history_says_how_to_move_in_it_where_there_are_lines(
    workbench: Workbench, library: Callable[..., Path]
) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "h")
        assert desk.read(".form-keys") == ["esc closes"]
        await desk.press("escape", "2", "h")
        assert desk.read(".form-keys") == ["↑ ↓ move · esc closes"]
