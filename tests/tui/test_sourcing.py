"""Sources at the keyboard: whose words, and the list of sources to walk and to mend."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from textual.widgets import OptionList

from annotator.model.article import Article, Publication
from annotator.model.ledger import Change, uuid7
from annotator.model.review import ArticleReview
from annotator.model.source import Registry, SourceEntity, SourceKind
from annotator.store import open_store
from annotator.store.sources import decide, registry
from annotator.workflow import schemes

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]


def sources_in(path: Path) -> Registry:
    with closing(open_store(path)) as store:
        return registry(store)


def names(path: Path) -> list[str]:
    return [entity.name for entity in sources_in(path).unmerged()]


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
        await desk.press("j", "j", "enter", "B")
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
        await desk.press("j", "B")
        assert desk.form == ""
        assert "there is no attribution here" in desk.message


async def test_naming_the_source_of_a_suggestion_accepts_that_one_first(
    workbench: Any, library: Library, stored: Stored
) -> None:
    path = library()
    async with workbench(path, size=(120, 40)) as desk:
        await desk.press("j", "j", "j", "tab", "tab", "B")
        assert desk.form == "ChooseScreen"
        await desk.type("Bruno Reis")
        await desk.press("enter")
        assert "Bruno Reis (person)" in desk.panel
        review = stored()
        assert len(review.attributions) == 1
        assert len(review.suggested_attributions(review.claims[3])) == 1
        await desk.press("u")
        assert "Bruno Reis" not in desk.panel
        await desk.press("u")
        assert stored().attributions == ()


async def test_a_suggestion_is_kept_with_the_source_that_is_chosen_and_both_are_one_decision(
    workbench: Any, library: Library, stored: Stored, decisions: Any
) -> None:
    async with workbench(library(), size=(120, 40)) as desk:
        await desk.press("j", "j", "B")
        await desk.type("Jo Marsh")
        await desk.press("enter")
        assert "Jo Marsh (person)" in desk.panel
        assert [entry.action for entry in decisions()] == ["attribution"]
        (attribution,) = stored().attributions
        assert attribution.id in stored().sources
        await desk.press("u")
        assert stored().attributions == ()
        assert stored().sources == {}


async def test_another_who_is_kept_with_the_source_that_is_chosen(
    workbench: Any, library: Library, stored: Stored, decisions: Any
) -> None:
    async with workbench(library(), size=(120, 40)) as desk:
        await desk.press("j", "j", "enter", "D", "B")
        shown = " ".join(desk.panel.split("Said")[1].split("Form")[0].split())
        await desk.type("Jo Marsh")
        await desk.press("enter")
        assert "Jo Marsh (person)" in desk.panel
    (attribution,) = stored().attributions
    assert " … ".join(span.slice(stored().article.text) for span in attribution.content) == shown
    assert len(decisions()) == 2


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


async def test_a_name_that_nothing_matches_is_said_to_match_nothing(workbench: Any, library: Library) -> None:
    async with workbench(library(), size=(80, 24), advance=False) as desk:
        await desk.press("j", "j", "enter", "S", "M")
        assert desk.form == "ChooseScreen"
        assert desk.read(".form-none") == ["Nothing yet."]
        await desk.type("zz")
        assert desk.read(".form-none") == ["Nothing matches “zz”."]
        assert not desk.app.screen.query_one(OptionList).display
        await desk.press("enter", "escape", "B")
        await desk.type("I")
        assert desk.app.screen.query_one(OptionList).display


async def test_a_known_source_is_not_offered_as_a_new_one_too(workbench: Any, library: Library) -> None:
    async with workbench(library(), size=(120, 40), advance=False) as desk:
        await desk.press("j", "j", "enter", "B")
        assert [line for line in lines(desk) if "Ines Duarte" in line] == ["Ines Duarte (person)  ·  the same name"]


async def test_a_source_is_given_another_name_which_recognises_it_and_is_undone(
    workbench: Any, library: Library
) -> None:
    path = library()
    async with workbench(path, size=(80, 24)) as desk:
        await desk.press("j", "j", "enter", "S")
        assert "A adds another name" in desk.read(".form-keys")[0]
        await desk.press("A")
        await desk.type("the Iron Lady")
        await desk.press("enter")
        assert "Ines Duarte (person)  also the Iron Lady" in lines(desk)[0]
        assert any("is “the Iron Lady” too" in text for text in desk.read("Label"))
        assert [entity.name for entity in sources_in(path).named("Iron Lady")] == ["Ines Duarte"]
        await desk.press("A", "enter")
        assert any("a source's name is one line" in text for text in desk.read("Label"))
        await desk.press("u")
        assert "also" not in lines(desk)[0]
    assert sources_in(path).named("Iron Lady") == []


async def test_two_sources_become_one_and_their_claims_are_jumped_to(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, size=(120, 40), advance=False) as desk:
        await desk.press("j", "j", "enter", "B")
        await desk.type("Bruno Reis")
        await desk.press("enter", "S")
        assert [line.split()[0] for line in lines(desk)] == ["1", "0"]
        await desk.press("M", "enter")
        assert len(lines(desk)) == 1
        assert "Ines Duarte (person)" in lines(desk)[0]
        await desk.press("K")
        assert "Ines Duarte (organisation)" in lines(desk)[0]
        await desk.press("escape", "home", "S", "enter")
        assert lines(desk) == ["  3  Ines Duarte told the Sela Post that…  no verdict"]
        assert desk.read("Label")[:2] == ["Claims of Ines Duarte", "Bridge at Sela closed"]
        await desk.press("enter")
        assert desk.form == ""
        assert desk.claim == 3
    assert names(path) == ["Ines Duarte"]


async def test_sources_that_machines_made_apart_are_joined_in_the_list_by_one_key(
    workbench: Any, library: Library
) -> None:
    path = library()
    with closing(open_store(path)) as store:
        for number in range(3):
            entities = [SourceEntity(uuid7(), name, SourceKind.PERSON) for name in ("Ana Dorval", "Bruno Reis")]
            changes = [Change("source", (entity.id,), entity.as_payload()) for entity in entities]
            decide(store, f"laptop {number}", uuid7(), "source-make", changes)
    async with workbench(path, size=(120, 40)) as desk:
        await desk.press("S")
        assert len(lines(desk)) == 6
        assert "J joins 4 of the same name" in " ".join(desk.read("Label"))
        await desk.press("M")
        assert [line.split(" (")[0] for line in lines(desk)] == ["Ana Dorval", "Ana Dorval", *["Bruno Reis"] * 3]
        await desk.press("escape", "S", "end", "M")
        assert [line.split(" (")[0] for line in lines(desk)] == [*["Bruno Reis"] * 2, *["Ana Dorval"] * 3]
        await desk.press("escape", "S", "J")
        assert len(lines(desk)) == 2
        said = " ".join(desk.read("Label"))
        assert "4 sources joined with those of the same name and kind" in said
        assert "joins 4" not in said
        await desk.press("J")
        assert len(lines(desk)) == 2
        await desk.press("u")
        await desk.press("u")
        assert len(lines(desk)) == 6


async def test_the_claims_of_a_source_are_told_apart_and_gone_to(workbench: Any, library: Library) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "j", "enter", "r", "j", "enter", "S", "enter")
        assert len(lines(desk)) == 2
        first, second = lines(desk)
        assert first.startswith("  3  Ines Duarte told")
        assert first.endswith("refuted")
        assert second.startswith("  4  “Nobody was hurt,” she said.")
        assert second.endswith("no verdict")
        assert all(len(line) <= 62 for line in lines(desk))
        await desk.press("escape", "escape", "home", "S", "enter", "j", "enter")
        assert desk.claim == 4


async def test_claims_in_several_articles_are_listed_with_their_titles(workbench: Any, library: Library) -> None:
    text = (
        "Bridge at Sela closed\n\nIt closed. Ines Duarte told the Sela Post that two cables had “lost tension”. "
        "“Nobody was hurt,” she said.\n\nOn it goes. {}\n"
    )
    first, second = (Article(text.format(end), "a", Publication(end)) for end in ("Early.", "Late."))
    async with workbench(library(first, second), place=first.id, size=(120, 40), advance=False) as desk:
        await desk.press("j", "j", "enter", "]", "j", "j", "enter", "S", "enter")
        assert [line.rpartition("  ·  ")[2] for line in lines(desk)] == ["Early.", "Late."]


async def test_the_list_counts_nobody_elses_work(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, size=(120, 40)) as desk:
        await desk.press("j", "j", "enter", "s")
    async with workbench(path, reviewer="bo", size=(120, 40)) as desk:
        await desk.press("S")
        assert lines(desk)[0].split()[:5] == ["0", "·", "·", "·", "·"]


async def test_a_refused_undo_says_why_in_the_list_which_stays(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, size=(120, 40)) as desk:
        await desk.press("j", "j", "enter", "s", "S", "u")
        assert desk.form == "BrowseScreen"
        assert any("no decision on sources is next to undo" in text for text in desk.read("Label"))
        await desk.press("U")
        assert any("no decision on sources is next to redo" in text for text in desk.read("Label"))
        await desk.press("K")
        assert any(": organisation" in text for text in desk.read("Label"))
        await desk.press("u")
        assert any("undone" in text for text in desk.read("Label"))
        await desk.press("escape")
        assert desk.form == ""


async def test_a_refused_name_leaves_the_list_open(workbench: Any, library: Library) -> None:
    async with workbench(library(), size=(120, 40)) as desk:
        await desk.press("j", "j", "enter", "S", "R", "enter")
        assert desk.form == "BrowseScreen"
        assert any("that is its name already" in text for text in desk.read("Label"))


async def test_the_list_counts_by_each_verdict_of_the_scheme(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, size=(120, 40), advance=False) as desk:
        await desk.press("j", "j", "enter", "n", "S")
        assert desk.read("Label")[0].startswith("1 source · s = supported")
        assert desk.read("Label")[1].split() == ["claims", "s", "r", "m", "n"]
        assert lines(desk)[0].split()[:5] == ["1", "·", "·", "·", "1"]
        await desk.press("enter")
        assert lines(desk)[0].endswith("not enough evidence")


async def test_under_another_scheme_the_list_counts_its_verdicts(workbench: Any, library: Library) -> None:
    path = library()
    with closing(open_store(path)) as store:
        schemes.use_scheme(store, schemes.find_scheme("politifact-6"), "ana")
    async with workbench(path, size=(120, 40), advance=False) as desk:
        await desk.press("j", "j", "enter")
        value = desk.desk.state.scheme.verdict[2]
        await desk.press(value.key, "S")
        assert value.name in desk.read("Label")[0]
        keys = desk.read("Label")[1].split()
        assert len(keys) == 7
        assert lines(desk)[0].split()[keys.index(value.key)] == "1"


async def test_an_empty_list_says_what_makes_sources(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("q", "S")
        assert desk.form == "BrowseScreen"
        assert any("No sources yet" in text for text in desk.read("Label"))
        await desk.press("K", "R")
        assert desk.form == "BrowseScreen"


async def test_whose_words_a_suggestion_would_give_is_shown_before_it_is_taken(
    workbench: Any, library: Library
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j")
        assert "? Ines Duarte (person)" in desk.panel
        await desk.press("A", "enter")
        assert "= Ines Duarte (person)" in desk.panel
        # Another way has another source.
        await desk.press("W", "W")
        assert "Ines Duarte (person)" not in desk.panel
