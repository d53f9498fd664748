"""Sources at the keyboard: whose words, and the list of sources to walk and to mend."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from textual.widgets import OptionList

from annotator.model.review import ArticleReview
from annotator.model.source import Registry
from annotator.store import open_store
from annotator.store.sources import registry

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]


def sources_in(path: Path) -> Registry:
    with closing(open_store(path)) as store:
        return registry(store)


def names(path: Path) -> list[str]:
    return [entity.name for entity in sources_in(path).standing()]


def lines(desk: Any) -> list[str]:
    options = desk.app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


async def test_an_accepted_attribution_names_its_source(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, size=(120, 40)) as desk:
        await desk.press("j", "j", "enter")
        assert "Ines Duarte (person)" in desk.panel
    assert "Ines Duarte" in names(path)


async def test_the_chain_leads_from_the_publisher_to_the_speaker(workbench: Any, library: Library) -> None:
    async with workbench(library(), size=(160, 40)) as desk:
        await desk.press("j", "j", "enter")
        assert "Sela Wire → the Sela Post → Ines Duarte" in desk.panel


async def test_another_source_is_chosen_by_typing_its_name(workbench: Any, library: Library, stored: Stored) -> None:
    path = library()
    async with workbench(path, size=(120, 40)) as desk:
        await desk.press("j", "j", "enter", "W")
        assert desk.form == "ChooseScreen"
        await desk.type("Bruno Reis")
        assert lines(desk)[-1] == "+ Bruno Reis (person, new)"
        await desk.press("enter")
        assert "Bruno Reis (person)" in desk.panel
        await desk.press("u")
        assert "Ines Duarte (person)" in desk.panel
    assert names(path) == ["Ines Duarte"]


async def test_without_an_attribution_there_is_no_source_to_choose(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "W")
        assert desk.form == ""
        assert "accept or mark the attribution first" in desk.message


async def test_a_source_is_renamed_and_that_is_undone_in_the_list(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, size=(120, 40)) as desk:
        await desk.press("j", "j", "enter", "S")
        assert desk.form == "BrowseScreen"
        assert [line.split()[:1] for line in lines(desk)] == [["1"]]
        await desk.press("R", "end")
        await desk.type(" Lima")
        await desk.press("enter")
        assert "Ines Duarte Lima (person)" in lines(desk)[0]
        await desk.press("escape")
        assert "Ines Duarte Lima (person)" in desk.panel
        await desk.press("S", "u")
        assert "Lima" not in lines(desk)[0]
    assert names(path) == ["Ines Duarte"]


async def test_two_sources_become_one_and_their_claims_are_jumped_to(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, size=(120, 40), advance=False) as desk:
        await desk.press("j", "j", "enter", "W")
        await desk.type("Bruno Reis")
        await desk.press("enter", "S")
        assert [line.split()[0] for line in lines(desk)] == ["1", "0"]
        await desk.press("M", "enter")
        assert len(lines(desk)) == 1
        assert "Ines Duarte (person)" in lines(desk)[0]
        await desk.press("K")
        assert "Ines Duarte (organisation)" in lines(desk)[0]
        await desk.press("escape", "home", "S", "enter")
        assert lines(desk) == ["Bridge at Sela closed  ·  no verdict"]
        await desk.press("enter")
        assert desk.form == ""
        assert desk.claim == 3
    assert names(path) == ["Ines Duarte"]


async def test_the_list_counts_nobody_elses_work(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, size=(120, 40)) as desk:
        await desk.press("j", "j", "enter", "s")
    async with workbench(path, reviewer="bo", size=(120, 40)) as desk:
        await desk.press("S")
        assert lines(desk)[0].split()[:3] == ["0", "0", "0"]


async def test_an_empty_list_says_what_makes_sources(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("q", "S")
        assert desk.form == "BrowseScreen"
        assert any("No sources yet" in text for text in desk.read("Label"))
