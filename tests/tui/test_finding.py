from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.tui.widgets.article_view import ArticleView

Library = Callable[..., Path]


async def find(desk: Any, words: str) -> None:
    await desk.press("/")
    await desk.type(words)
    await desk.press("enter")


async def test_hits_are_stepped_through_across_articles_and_around_the_end(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await find(desk, "the BRIDGE")
        assert desk.claim == 2
        assert "hit 1 of 1 in this article  ·  2 in 2 articles" in desk.message
        await desk.press(">")
        assert "Market" in desk.shows("#top")
        assert desk.claim == 3
        await desk.press(">")
        assert "Bridge at Sela" in desk.shows("#top")
        assert desk.claim == 2
        await desk.press("<")
        assert "Market" in desk.shows("#top")


async def test_several_hits_of_one_article_are_counted_and_walked_through(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await find(desk, "closed")
        for number, claim in ((1, 1), (2, 2), (1, 1)):
            assert f"hit {number} of 2 in this article" in desk.message
            assert "articles" not in desk.message
            assert desk.claim == claim
            await desk.press(">")


async def test_the_hit_that_was_stepped_to_is_marked_apart(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await find(desk, "t")
        view = desk.desk.query_one(ArticleView)
        stepped = view.style_of("hit stepped")
        shown = [segment for y in range(view.size.height) for segment in view.render_line(y) if segment.style]
        assert view.style_of("hit") != stepped
        assert sum(segment.style == stepped for segment in shown) == 1


async def test_the_next_hit_is_the_next_from_where_she_has_gone_on(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await find(desk, "the")
        assert "hit 1 of 3 in this article" in desk.message
        await desk.press("end", "<")
        assert "hit 3 of 3 in this article" in desk.message
        await desk.press("home", ">")
        assert "hit 1 of 3 in this article" in desk.message
        await desk.press("end", ">")
        assert "Ferry" in desk.shows("#top") or "Market" in desk.shows("#top")
        await desk.press("<", "home", "<")
        assert "Bridge" not in desk.shows("#top")


async def test_finding_begins_at_the_present_claim(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("end")
        await find(desk, "it")
        assert desk.claim == 6


async def test_words_that_stand_nowhere_are_said(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await find(desk, "zebra")
        assert "found nowhere: zebra" in desk.message
        assert "found&#160;nowhere:&#160;zebra" in desk.app.export_screenshot(), "it is painted whole, not only said"
        await desk.press(">")
        assert "press / to find something first" in desk.message


async def test_hits_are_marked_in_the_text_until_nothing_is_looked_for(workbench: Any, library: Library) -> None:
    def marked(desk: Any) -> str:
        view = desk.desk.query_one(ArticleView)
        base = view.render_line(view.size.height - 1)
        plain = {segment.style.bgcolor for segment in base if segment.style}
        hit = view.style_of("hit").bgcolor
        assert hit not in plain
        return "".join(
            segment.text
            for y in range(view.size.height)
            for segment in view.render_line(y)
            if segment.style and segment.style.bgcolor == hit
        )

    async with workbench(library(), size=(120, 40)) as desk:
        await find(desk, "ramp")
        assert marked(desk) == "ramp"
        await desk.press("/", *["backspace"] * 4, "enter")
        assert marked(desk) == ""


async def test_keys_are_letters_while_words_are_typed(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("/")
        await desk.type("sq")
        assert desk.claim == 1
        await desk.press("escape", "j")
        assert desk.claim == 2
