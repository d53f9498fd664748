from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.store import open_store
from annotator.tui.actions.opening import choose_row

Library = Callable[..., Path]


def titles(desk: Any) -> list[str]:
    """The first words of the rows that are shown, in their order."""
    known = ("Bridge", "Ferry", "Market")
    lines = desk.shows("#queue").splitlines()[2:]
    return [word for line in lines for word in known if line.strip("▸✓ ").startswith(word)]


def chosen(desk: Any) -> str:
    line = next(line for line in desk.shows("#queue").splitlines() if line.startswith("▸"))
    return str(line.split()[1])


async def test_the_queue_shows_title_publisher_and_how_far(workbench: Any, library: Library) -> None:
    async with workbench(library(), place="", size=(120, 40)) as desk:
        shown = desk.shows("#queue")
        assert titles(desk) == ["Bridge", "Ferry", "Market"]
        for piece in ("Sela Wire", "2026-03-10", "0 of 6", "3 articles"):
            assert piece in shown
        assert "annotations.db" in desk.shows("#top")


async def test_choosing_opening_and_coming_back(workbench: Any, library: Library) -> None:
    async with workbench(library(), place="") as desk:
        await desk.press("j", "down", "k")
        assert chosen(desk) == "Ferry"
        await desk.press("end", "j")
        assert chosen(desk) == "Market"
        await desk.press("home", "enter")
        assert "Bridge" in desk.shows("#top")
        assert desk.claim == 1
        await desk.press("q")
        assert chosen(desk) == "Bridge"
        await desk.press("q")
        assert desk.claim == 1


async def test_what_was_done_is_counted_and_flags_are_shown(workbench: Any, library: Library) -> None:
    async with workbench(library(), size=(120, 40)) as desk:
        await desk.press("f", "0", "p", "q")
        row = next(line for line in desk.shows("#queue").splitlines() if "Bridge" in line)
        assert "2 of 6" in row
        assert "⚑ 1" in row
        assert "▰" in row


async def test_sorting_steps_through_the_columns(workbench: Any, library: Library) -> None:
    async with workbench(library(), place="", size=(120, 40)) as desk:
        orders = {}
        for _ in range(8):
            await desk.press("s")
            caption = desk.shows("#queue").splitlines()[0]
            name = caption.split("sorted by ")[1].split(" · ")[0]
            orders[name] = titles(desk)
        assert orders["title"] == ["Bridge", "Ferry", "Market"]
        assert orders["publisher"] == ["Market", "Ferry", "Bridge"]
        assert orders["date"] == ["Ferry", "Market", "Bridge"]
        assert orders["claims left"] == ["Market", "Ferry", "Bridge"]
        assert orders["worth"] == ["Bridge", "Ferry", "Market"]
        columns = {"added", "title", "publisher", "date", "claims left", "flags", "worth", "last touched"}
        assert set(orders) == columns


async def test_by_worth_the_article_to_check_first_moves_back_once_that_claim_is_settled(
    workbench: Any, library: Library
) -> None:
    async with workbench(library(), place="", size=(120, 40), check_first=True) as desk:
        assert "sorted by worth" in desk.shows("#queue")
        assert titles(desk)[0] == "Bridge"
        await desk.press("enter")
        assert desk.claim == 3
        await desk.press("p", "q")
        # What is left of the bridge is as much suggested as the others: nothing, so they stand as they were added.
        assert titles(desk) == ["Bridge", "Ferry", "Market"]
        await desk.press("end", "enter", "2", "q")
        assert titles(desk) == ["Market", "Bridge", "Ferry"]


async def test_the_order_on_the_screen_is_the_one_that_is_chosen_from(workbench: Any, library: Library) -> None:
    async with workbench(library(), place="") as desk:
        context, state = desk.desk.context, desk.desk.state
        # The window can be looked at for an order that has been left meanwhile, as when the queue gets its size.
        context.terminal.queue_window(array("q", reversed(state.queue.order)), 0)
        state.queue = replace(state.queue)
        desk.desk.paint()
        assert titles(desk) == ["Bridge", "Ferry", "Market"]
        # So can rows be read for one.
        choose_row(context, replace(state.queue, rows={}), 0)
        state.queue = replace(state.queue, order=array("q", reversed(state.queue.order)))
        await desk.until_idle()
        desk.desk.paint()
        assert titles(desk) == ["Market", "Ferry", "Bridge"]


async def test_filters_show_one_kind_of_articles_and_say_where_none_is_like_that(
    workbench: Any, library: Library
) -> None:
    async with workbench(library()) as desk:
        await desk.press("f", "p", "p", "p", "p", "p", "p", "]", "f", "q")
        found = {}
        for _ in range(7):
            await desk.press("f")
            caption = desk.shows("#queue").splitlines()[0]
            found[caption.split("showing ")[1].split(" · ")[0]] = titles(desk)
        assert found == {
            "open": ["Ferry", "Market"],
            "started": ["Ferry"],
            "awaiting verdict": [],
            "flagged": ["Bridge", "Ferry"],
            "done": ["Bridge"],
            "all": ["Bridge", "Ferry", "Market"],
            "mine": [],
        }
        await desk.press("f", "f", "f", "f")
        assert "No article is like that" in desk.shows("#queue")
        await desk.press("enter")
        assert "no article" in desk.message


async def test_finding_in_titles_and_publishers(workbench: Any, library: Library) -> None:
    async with workbench(library(), place="") as desk:
        await desk.press("/")
        await desk.type("post")
        await desk.press("enter")
        assert titles(desk) == ["Ferry"]
        assert "1 article ·" in desk.screen
        await desk.press("/")
        await desk.press(*["backspace"] * 4)
        await desk.type("%")
        await desk.press("enter")
        assert titles(desk) == []
        await desk.press("/", "backspace", "enter")
        assert titles(desk) == ["Bridge", "Ferry", "Market"]


async def test_escape_ends_asking_and_changes_nothing(workbench: Any, library: Library) -> None:
    async with workbench(library(), place="") as desk:
        await desk.press("/")
        await desk.type("post")
        await desk.press("escape")
        assert titles(desk) == ["Bridge", "Ferry", "Market"]
        await desk.press("j")
        assert chosen(desk) == "Ferry"


async def test_escape_shows_all_articles_again_and_the_footer_says_so(workbench: Any, library: Library) -> None:
    async with workbench(library(), place="") as desk:
        assert "show all" not in desk.shows("#keys")
        await desk.press("escape")
        assert "all articles are shown" in desk.message
        await desk.press("/")
        await desk.type("post")
        await desk.press("enter")
        assert titles(desk) == ["Ferry"]
        assert "esc show all" in desk.shows("#keys")
        await desk.press("escape")
        assert titles(desk) == ["Bridge", "Ferry", "Market"]
        # The one that was found stays chosen.
        assert chosen(desk) == "Ferry"
        assert "show all" not in desk.shows("#keys")
        await desk.press("f")
        assert "esc show all" in desk.shows("#keys")
        await desk.press("escape")
        assert "showing all" in desk.shows("#queue")


async def test_without_articles_the_queue_says_how_to_get_some(
    workbench: Any, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "empty.db"
    open_store(path).close()
    async with workbench(path, place="", size=(120, 40)) as desk:
        assert "No articles here yet" in desk.shows("#queue")
        assert "annotator import" in desk.shows("#queue")
        await desk.press("enter", "j", "k", "home", "end", "pagedown", "pageup", "s", "q", "u", "U")
        assert "nothing to redo" in desk.message
        assert "No articles here yet" in desk.shows("#queue")


async def test_the_queue_opens_where_the_reviewer_left_off(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as desk:
        await desk.press("]", "ctrl+q")
    async with workbench(path, place="") as desk:
        assert chosen(desk) == "Ferry"


@pytest.mark.parametrize(
    ("pass_", "keys", "done"),
    [("triage", ["1", "a"], "1 of 6"), ("verify", ["s"], "1 of 6"), ("both", ["1", "a"], "1 of 6")],
)
async def test_each_pass_has_its_own_rule_of_what_is_done(
    pass_: str, keys: list[str], done: str, workbench: Any, library: Library
) -> None:
    async with workbench(library(), pass_=pass_, size=(120, 40)) as desk:
        await desk.press("j", *keys)
        assert desk.claim == 3
        assert done in desk.shows("#top")
        if pass_ != "both":
            assert pass_ in desk.shows("#top")
        await desk.press("q")
        assert done in next(line for line in desk.shows("#queue").splitlines() if "Bridge" in line)


async def test_what_is_triaged_awaits_its_verdict(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, pass_="triage") as desk:
        await desk.press("j", "2", "a")
    async with workbench(path, advance=False) as desk:
        await desk.press("home", "j")
        assert "awaiting verdict" in desk.panel
        await desk.press("q", "f", "f", "f")
        assert titles(desk) == ["Bridge"]


async def test_a_click_chooses_and_a_second_one_opens(workbench: Any, library: Library) -> None:
    async with workbench(library(), place="") as desk:
        await desk.pilot.click("#queue", offset=(5, 3))
        await desk.until_idle()
        assert chosen(desk) == "Ferry"
        await desk.pilot.click("#queue", offset=(5, 3))
        await desk.until_idle()
        assert "Ferry" in desk.shows("#top")


async def test_others_work_is_not_counted(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, reviewer="bob") as desk:
        await desk.press("f", "p", "p", "p")
    async with workbench(path, place="", size=(120, 40)) as desk:
        assert "0 of 6" in desk.shows("#queue")
        assert "⚑" not in desk.shows("#queue")


async def test_a_key_of_the_review_says_in_the_queue_where_it_works(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, place="") as desk:
        await desk.press("v")
        assert "v works in an article, and ⏎ opens one" in desk.message
        await desk.press("~")
        assert "~ means nothing here" in desk.message
    async with workbench(path, place="", keys={"row.open": "x enter"}) as desk:
        await desk.press("v")
        assert "v works in an article, and x opens one" in desk.message


@pytest.mark.parametrize(("mode", "key", "back"), [("e", "S", "q"), ("split", "S", "q")])
async def test_a_key_of_the_review_says_while_marking_or_splitting_where_it_works(
    mode: str, key: str, back: str, workbench: Any, library: Library
) -> None:
    async with workbench(library(), keys={"split": "f7"}) as desk:
        await desk.press("j", "f7" if mode == "split" else mode, key)
        assert f"{key} works beside the claim, and {back} goes back there" in desk.message
        await desk.press(back, key)
        assert desk.form == "BrowseScreen"
