from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.model.article import Article, Publication
from annotator.tui.widgets.article_view import ArticleView

Library = Callable[..., Path]


async def test_moving_by_keys_and_arrows_stops_at_the_ends(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "down", "k")
        assert desk.claim == 2
        await desk.press("up", "up")
        assert desk.claim == 1
        assert "this is the first claim" in desk.message
        await desk.press("end")
        assert desk.claim == 6
        await desk.press("j")
        assert desk.claim == 6
        assert "] opens the next article" in desk.message
        await desk.press("home")
        assert desk.claim == 1


async def test_space_goes_to_the_next_open_claim_around_the_end(workbench: Any, library: Library) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("p", "j", "p", "end", "space")
        assert desk.claim == 3


async def test_brackets_step_through_the_articles_and_stop_at_the_ends(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("[")
        assert "this is the first article" in desk.message
        await desk.press("]")
        assert "Ferry runs again" in desk.shows("#top")
        await desk.press("]", "]")
        assert "Market moves" in desk.shows("#top")
        assert "this is the last article" in desk.message
        await desk.press("[", "[")
        assert "Bridge at Sela closed" in desk.shows("#top")


async def test_an_article_opens_at_the_claim_at_an_offset_and_behind_its_end_at_the_last(
    workbench: Any, library: Library, ids: dict[str, str]
) -> None:
    path = library()
    for offset, claim in ((0, 1), (40, 2), (100_000, 6)):
        async with workbench(path, place=f"{ids['bridge']}@{offset}") as desk:
            assert desk.claim == claim


@pytest.mark.parametrize("place", ["bridge", "ferry", "market"])
async def test_any_article_opens_from_the_queue_behind_any_other(
    workbench: Any, library: Library, ids: dict[str, str], place: str
) -> None:
    """Of fewer claims or of more: nothing of the article in view before is painted with the claims of this one."""
    async with workbench(library(), place=ids[place]) as desk:
        for other in (0, 1, 2, 1, 0, 2):
            await desk.press("end", "q", "home", *["j"] * other, "enter")
            assert desk.app.return_code is None
            assert ("Bridge", "Ferry", "Market")[other] in desk.shows("#article")


async def test_an_article_begins_at_its_top_however_far_down_the_one_before_was_read(
    workbench: Any, library: Library
) -> None:
    long = Article("Long\n\n" + "\n\n".join(f"Line {number} of it." for number in range(40)) + "\n", "long.txt")
    other = Article("Other\n\n" + "\n\n".join(f"Row {number} of it." for number in range(30)) + "\n", "other.txt")
    async with workbench(library(long, other, suggested=False), place=long.id) as desk:
        await desk.press("end", "q", "j", "enter")
        assert "Other" in desk.shows("#article")


async def test_an_article_opens_where_one_left_off(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as desk:
        await desk.press("j", "j", "j", "]", "[")
        assert desk.claim == 4
        await desk.press("k", "ctrl+q")
    async with workbench(path, place="last") as desk:
        assert "Bridge" in desk.shows("#top")
        assert desk.claim == 3


async def test_a_screen_down_and_up(workbench: Any, library: Library) -> None:
    text = "\n\n".join(f"Paragraph {number} says something of its own." for number in range(40))
    article = Article(text, "long.txt", Publication(title="Paragraph 0 says something of its own."))
    async with workbench(library(article), place=article.id) as desk:
        await desk.press("pagedown")
        down = desk.claim
        assert down > 3
        assert f"Paragraph {down - 1} " in desk.shows("#article")
        await desk.press("ctrl+f")
        assert desk.claim > down
        await desk.press("pageup", "ctrl+b")
        assert desk.claim < down
        await desk.press("end")
        assert desk.claim == 40
        assert "Paragraph 39 " in desk.shows("#article")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (60, 18)])
async def test_the_present_claim_and_the_footer_are_seen_at_every_size(
    size: tuple[int, int], workbench: Any, library: Library
) -> None:
    async with workbench(library(), size=size) as desk:
        await desk.press("end")
        assert "Will it hold?" in desk.shows("#article")
        assert "▸" in desk.shows("#article")
        assert "help" in desk.shows("#keys")
        assert "ana" in desk.shows("#top")


async def test_resizing_while_working_keeps_the_claim_and_wraps_anew(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j")
        for size in ((120, 40), (60, 20), (200, 60), (80, 24)):
            await desk.resize(*size)
            assert desk.claim == 3
            shown = desk.shows("#article")
            assert "Ines Duarte" in shown
            assert all(len(line) <= size[0] for line in shown.splitlines())
        await desk.press("enter", "s")
        assert desk.claim == 4


async def test_resizing_while_marking_keeps_the_marks(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "+", "L", "w")
        await desk.resize(120, 40)
        assert "Ines Duarte" in desk.panel
        await desk.press("l", "c")
        assert "told" in desk.panel


async def test_a_click_chooses_a_claim(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        row = next(y for y, line in enumerate(desk.shows("#article").splitlines()) if "Traffic" in line)
        await desk.pilot.click("#article", offset=(10, row))
        await desk.until_idle()
        assert desk.claim == 5


async def test_marks_have_a_second_sign_beside_colour(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j")
        view = desk.desk.query_one(ArticleView)
        found: dict[str, str] = {}
        for y in range(view.size.height):
            for segment in view.render_line(y):
                if segment.style is not None:
                    signs = ("b" if segment.style.bold else "") + ("u" if segment.style.underline else "")
                    found[signs] = found.get(signs, "") + segment.text
        assert "Ines Duarte" in found["bu"]
        assert "told" in found["b"]
        assert "two cables" in found["u"]


async def test_without_colour_everything_is_still_there(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with workbench(library()) as desk:
        assert desk.app.no_color
        await desk.press("j", "j", "enter", "s", "f")
        shown = desk.shows("#article")
        assert "✓" in shown
        assert "⚑" in shown
        assert "▸" in shown
        assert desk.claim == 4
