from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from annotator.model.ledger import Entry
from annotator.model.review import ArticleReview
from annotator.tui.widgets.article_view import ArticleView

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]
Decisions = Callable[[], Sequence[Entry]]


async def test_tab_goes_through_the_attributions_of_the_claim(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "j", "tab")
        assert "(no source)" in desk.panel.split("Says")[1].splitlines()[0]
        await desk.press("e")
        assert "hurt" in desk.panel.split("Cue")[1].splitlines()[0]
        await desk.press("tab")
        assert "said" in desk.panel.split("Cue")[1].splitlines()[0]


async def test_where_all_is_kept_a_new_one_opens_and_tab_goes_to_what_is_kept(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "j", "enter", "e")
        assert "a new attribution" in desk.message
        await desk.press("l", "l", "c", "l", "l", "l", "d", "enter")
        assert len(stored().attributions) == 2
        await desk.press("e", "tab")
        assert "Ines Duarte" in desk.panel
        await desk.press("q", "e", "q", "tab", "e", "X")
        assert len(stored().attributions) == 1


async def test_tab_chooses_the_only_one_too(workbench: Any, library: Library) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "tab")
        assert "there is no attribution here" in desk.message
        await desk.press("j", "enter", "tab")
        assert "e opens this one" in desk.message
        await desk.press("e")
        assert "Ines Duarte" in desk.panel
        # Another claim's attributions have not been chosen.
        await desk.press("q", "j", "k", "e")
        assert "a new attribution" in desk.message


async def test_what_is_suggested_opens_before_what_is_kept(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "j", "j", ";", "e", "enter")
    (one, other) = stored().attributions
    assert one.cue != other.cue


async def test_the_selection_is_seen_without_colour(workbench: Any, library: Library) -> None:
    def reversed_(desk: Any) -> str:
        view = desk.desk.query_one(ArticleView)
        segments = [segment for y in range(view.size.height) for segment in view.render_line(y)]
        # Candidates' digits are reversed too.
        return "".join(
            segment.text
            for segment in segments
            if segment.style and segment.style.reverse and not segment.text.isdigit()
        )

    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "+")
        assert reversed_(desk) == "Ines"
        await desk.press("L", "L")
        assert "".join(reversed_(desk).split()) == "InesDuartetold"


async def test_a_mark_begins_earlier_or_later_with_one_key(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "d", "i")
        assert desk.panel.split("Said")[1].splitlines()[0].split()[:2] == ["two", "cables"]
        for key, begins in (("b", "that"), ("b", "Post"), ("i", "that"), ("I", "had"), ("B", "that")):
            await desk.press(key)
            assert desk.panel.split("Said")[1].split()[0] == begins
        await desk.press("enter")
    (attribution,) = stored().attributions
    assert attribution.content[0].slice(stored().article.text) == "that two cables had “lost tension”"


async def test_a_mark_is_taken_back_key_by_key(workbench: Any, library: Library, decisions: Decisions) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "u")
        assert "nothing has been marked" in desk.message
        opened = desk.panel
        await desk.press("1")
        first = desk.panel
        await desk.press("2")
        second = desk.panel
        assert len({opened, first, second}) == 3
        await desk.press("u")
        assert desk.panel == first
        await desk.press("u", "u")
        assert desk.panel == opened
        # What waits after a crash is what was shown last.
        await desk.press("q", "e")
        assert "still here" not in desk.message
    assert decisions() == []


async def test_what_waits_is_forgotten_once_its_suggestion_is_settled(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "-", "q")
        assert "not kept yet" in desk.message
        await desk.press("A", "enter")
        assert "what you marked waits" in desk.message
        await desk.press("enter", "e")
        assert "still here" not in desk.message
        await desk.press("q")
    (attribution,) = stored().attributions
    assert not attribution.negated


async def test_tab_keeps_what_was_changed_and_so_does_leaving(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "-", "tab")
        assert "no other attribution" in desk.message
        assert "negated" in desk.panel
        await desk.press("q")
        assert "not kept yet" in desk.message
        await desk.press("e", "+", "L", "w", "tab", "tab")
        assert desk.panel.split("Says")[1].splitlines()[0].split() == ["Ines", "Duarte"]


async def test_new_ones_and_those_that_wait_never_take_anothers_place(workbench: Any, library: Library) -> None:
    def cue(panel: str) -> str:
        return " ".join(panel.split("Cue")[1].splitlines()[0].split())

    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "-", "+", "L", "w")
        assert cue(desk.panel) == "- c"
        await desk.press("tab")
        # The suggestion, negated as it was left.
        assert cue(desk.panel) == "told"
        assert "negated" in desk.panel
        await desk.press("tab", "q", "e")
        assert "still here" in desk.message
        assert cue(desk.panel) == "- c"
        await desk.press("tab")
        assert cue(desk.panel) == "told"
        await desk.press("tab")
        assert cue(desk.panel) == "- c"


async def test_taking_back_stays_with_the_attribution_that_is_open(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "-", "+", "u")
        assert "nothing has been marked" in desk.message
        await desk.press("tab")
        assert "negated" in desk.panel
