"""What else may be meant, stepped through in the review mode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from annotator.model.article import Article
from annotator.model.ledger import Entry
from annotator.model.review import ArticleReview

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]
Decisions = Callable[[], Sequence[Entry]]


def content(panel: str) -> str:
    """What the panel says was said, on one line."""
    return " ".join(panel.split("Said")[1].split("Form")[0].split())


def kept(review: ArticleReview) -> str:
    """What the only attribution that is stored says was said."""
    (attribution,) = review.attributions
    return " … ".join(span.slice(review.article.text) for span in attribution.content)


async def test_the_next_best_is_shown_and_enter_takes_it(
    workbench: Any, library: Library, stored: Stored, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j")
        before = desk.panel
        await desk.press("D")
        assert "said 1 of" in desk.message
        assert desk.panel != before
        shown = content(desk.panel)
        await desk.press("enter")
    assert kept(stored()) == shown
    (entry,) = decisions()
    assert (entry.action, entry.payload["changed"]) == ("accept", True)
    assert len(entry.suggestions) == 2


async def test_each_role_has_its_own_ways_and_a_step_is_taken_back(
    workbench: Any, library: Library, stored: Stored, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j")
        seen = [desk.panel]
        for key in ("W", "W", "D", "C"):
            await desk.press(key)
            seen.append(desk.panel)
        assert "(no source)" in seen[2]
        assert len({*seen}) == len(seen)
        for panel in reversed(seen[:-1]):
            await desk.press("left")
            assert desk.panel == panel
        await desk.press("left")
        assert "this is how it was" in desk.message
        await desk.press("enter")
    (attribution,) = stored().attributions
    assert attribution.content[0].slice(stored().article.text) == "that two cables had “lost tension”"
    assert "changed" not in decisions()[0].payload


async def test_behind_the_last_way_comes_what_is_suggested(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j")
        first = desk.panel
        await desk.press("D")
        count = int(desk.message.split(" of ")[1].split()[0])
        await desk.press(*["D"] * (count - 1))
        assert f"{count} of {count}" in desk.message
        await desk.press("D")
        assert desk.panel == first


async def test_moving_away_and_back_shows_what_is_suggested_again(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j")
        first = desk.panel
        await desk.press("D", "j", "k")
        assert desk.panel == first


async def test_the_span_mode_opens_what_is_shown_and_leaves_it_as_it_was(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "D")
        shown = content(desk.panel)
        await desk.press("e")
        assert content(desk.panel.replace("Relay", "Form")) == shown
        await desk.press("q")
        assert "not kept" not in desk.message
        await desk.press("e", "-", "enter")
    (attribution,) = stored().attributions
    assert attribution.negated
    assert kept(stored()) == shown


async def test_only_the_one_that_is_shown_is_taken_and_nothing_beside_it(
    workbench: Any, library: Library, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "D", ";")
    (entry,) = decisions()
    assert (entry.action, len(entry.suggestions), entry.payload["changed"]) == ("attribution", 1, True)


async def test_where_nothing_is_suggested_what_may_be_an_attribution_is_shown(
    workbench: Any, library: Library, stored: Stored, decisions: Decisions
) -> None:
    fog = Article("Fog\n\nAda Reyes said the quay is closed. It was late.\n", "fog.txt")
    async with workbench(library(fog), place=fog.id) as desk:
        await desk.press("j", "D")
        assert "cue 1 of" in desk.message
        assert "Ada Reyes · said" in desk.panel
        await desk.press("enter")
        await desk.press("D", "left", "enter")
        assert "all that is suggested is taken" in desk.message
    review = stored(article=fog.id)
    (attribution,) = review.attributions
    assert attribution.content[0].slice(fog.text) == "the quay is closed"
    assert review.judgement(review.claims[1]).voice is None
    assert [entry.suggestions for entry in decisions()] == [()]


async def test_a_verdict_leaves_what_is_shown_and_enter_takes_that(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "D")
        shown = content(desk.panel)
        await desk.press("s")
        assert content(desk.panel) == shown
        await desk.press("enter")
    assert kept(stored()) == shown


async def test_what_was_just_accepted_is_mended_and_no_other_is_made(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "enter", "D")
        shown = content(desk.panel)
        await desk.press("enter")
    assert kept(stored()) == shown


async def test_one_of_her_own_is_changed_where_she_chose_it(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library()) as desk:
        await desk.press("A", "j", "j", "enter", "tab", "D")
        shown = content(desk.panel)
        await desk.press("enter")
    assert kept(stored()) == shown


async def test_a_claim_in_the_authors_voice_has_none(workbench: Any, library: Library, decisions: Decisions) -> None:
    async with workbench(library()) as desk:
        await desk.press("A", "j", "a", "D")
        assert "author's voice" in desk.message
    assert len(decisions()) == 1


async def test_a_sentence_more_of_what_is_shown_is_kept_and_less_is_the_way_back(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "}")
        assert "one sentence longer" in desk.message
        longer = kept(stored())
        await desk.press("{")
        assert "one sentence shorter" in desk.message
    assert longer == "that two cables had “lost tension” … “Nobody was hurt,” she said"
    assert kept(stored()) == "that two cables had “lost tension”"


async def test_what_was_undone_does_not_come_back_as_an_alternative(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("A", "j", "j")
        suggested = content(desk.panel)
        await desk.press("D", "enter", "u")
        assert content(desk.panel) == suggested
        await desk.press("enter")
    assert kept(stored()) == suggested


async def test_the_authors_voice_forgets_what_was_shown(workbench: Any, library: Library, stored: Stored) -> None:
    fog = Article("Fog\n\nAda Reyes said the quay is closed. It was late.\n", "fog.txt")
    async with workbench(library(fog), place=fog.id) as desk:
        await desk.press("A", "j", "W", "a", "enter")
    review = stored(article=fog.id)
    assert (review.attributions, review.judgement(review.claims[1]).voice) == ((), "author")


async def test_a_verdict_that_settles_the_claim_says_that_what_was_shown_was_not_taken(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "enter", "W")
        assert "? " in desk.panel.split("Says")[1].splitlines()[0]
        await desk.press("s")
        assert "the other way was not taken" in desk.message
    assert kept(stored()) == "that two cables had “lost tension”"


async def test_the_same_source_takes_what_is_shown(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "enter", "2", "s", "D")
        shown = content(desk.panel)
        await desk.press("=")
    review = stored()
    told, said = sorted(review.attributions, key=lambda made: made.content)
    assert " … ".join(span.slice(review.article.text) for span in said.content) == shown
    assert review.sources[told.id] == review.sources[said.id]


async def test_another_cue_keeps_the_content_that_was_chosen(workbench: Any, library: Library) -> None:
    """It would end at that cue otherwise; what is not chosen goes along with the cue as before."""
    async with workbench(library()) as desk:
        await desk.press("j", "j", "D", "D")
        chosen = content(desk.panel)
        cues = set()
        for _ in range(4):
            await desk.press("C")
            cue = desk.panel.split("·")[1].split("→")[0].strip()
            cues.add(cue)
            assert content(desk.panel) == chosen or cue in chosen
        assert len(cues) > 2
        await desk.press("W")
        assert content(desk.panel) == chosen or cue in chosen
