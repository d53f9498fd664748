from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.editing.span_labels import LETTERS
from annotator.model.article import Article
from annotator.model.attribution import Attribution
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import Entry
from annotator.model.review import ArticleReview
from annotator.store import drafts, open_store
from annotator.tui.widgets.article_view import ArticleView

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]
Decisions = Callable[[], Sequence[Entry]]


def in_words(review: ArticleReview, attribution: Attribution) -> list[tuple[str, str]]:
    return [(role.value, span.slice(review.article.text)) for role, span in attribution.role_spans()]


async def test_from_scratch_to_a_kept_attribution(
    workbench: Any, library: Library, stored: Stored, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "+")
        assert "a new attribution" in desk.message
        await desk.press("L", "w")
        assert "Ines Duarte" in desk.panel
        await desk.press("enter")
        assert "mark what is said" in desk.message
        await desk.press("l", "c")
        await desk.press("l", "L", "L", "o")
        assert "the Sela Post" in desk.panel
        await desk.press("l", "L", "L", "L", "d")
        await desk.press("l", "l", "l", "D")
        await desk.press("t", "-", "a", "f")
        assert "decree · negated" in desk.panel
        await desk.press("enter")
        assert "attribution kept" in desk.message
    review = stored()
    (attribution,) = review.attributions
    assert in_words(review, attribution) == [
        ("source", "Ines Duarte"),
        ("cue", "told"),
        ("content", "that two cables had"),
        ("content", "tension"),
        ("relay", "the Sela Post"),
    ]
    assert (attribution.type.value, attribution.negated) == ("decree", True)
    assert [entry.action for entry in decisions()] == ["attribution"]
    assert decisions()[0].suggestions == ()


async def test_content_crosses_sentences_and_paragraphs(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "j", "e", "+", "k", "J", "}", "d")
        await desk.press("k", "k", "j", "l", "c", "enter")
    review = stored()
    (attribution,) = review.attributions
    assert "\n\n" in attribution.content[0].slice(review.article.text)
    assert sum(review.attributed(claim) for claim in review.claims) >= 3


async def test_a_suggested_attribution_is_kept_unchanged(
    workbench: Any, library: Library, stored: Stored, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "j", "e", "enter")
    review = stored()
    (attribution,) = review.attributions
    assert in_words(review, attribution)[0] == ("source", "she")
    (entry,) = decisions()
    assert len(entry.suggestions) == 1
    assert entry.payload["changed"] is False


async def test_a_suggestion_that_was_changed_says_so_in_the_ledger(
    workbench: Any, library: Library, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "j", "e", "-", "enter")
    (entry,) = decisions()
    assert entry.payload["changed"] is True


async def test_numbered_candidates_stand_in_the_text_and_are_taken_by_their_digit(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "j", "e", "+")
        before = desk.shows("#article")
        assert "1said" in before
        await desk.press("9")
        assert "no candidate 9" in desk.message
        await desk.press("1")
        assert "said" in desk.panel.split("Cue")[1].splitlines()[0]
        await desk.press("enter")
    review = stored()
    (attribution,) = review.attributions
    assert attribution.cue is not None
    assert attribution.cue.slice(review.article.text) == "said"
    assert attribution.covers(review.claims[3].span)


async def test_two_letters_mark_from_one_word_to_another(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "+")
        plain = desk.shows("#article").splitlines()
        await desk.press(";")
        assert "the letter of its first word" in desk.message
        lettered = desk.shows("#article").splitlines()
        assert [len(line) for line in lettered] == [len(line) for line in plain]
        assert "·aInesbDuartectold" in desk.shows("#article")
        await desk.press("c")
        assert "the letter of its last word" in desk.message
        await desk.press("c")
        assert "told" in desk.panel.split("Cue")[1].splitlines()[0]
        assert "· Ines Duarte told" in desk.shows("#article")
        # Whichever comes first, and each role after its own key.
        await desk.press("w", ";", "b", "a", "d", ";", "g", "h", "enter")
    review = stored()
    (attribution,) = review.attributions
    assert in_words(review, attribution)[:2] == [("source", "Ines Duarte"), ("cue", "told")]
    assert in_words(review, attribution)[2:] == [("content", "that two")]


@pytest.mark.parametrize("width", [31, 38, 47, 60, 80, 120])
async def test_letters_and_digits_take_no_letter_of_a_word_away_at_any_width(
    workbench: Any, library: Library, width: int
) -> None:
    """Nor does one that belongs to the first word of a row get lost."""
    text = (
        "“Tested (twice)” words\n\n“Nobody (but ‘Jo’ and Ana’s friend) knew,” the clerk’s-office boss "
        "said — “not us!”\n\n"
        "> The strike goes on until the board speaks to all of us about it.\n"
    )
    article = Article(text, "marks.md")
    async with workbench(library(article, suggested=False), place=article.id, size=(width, 40)) as desk:

        def shape() -> list[int]:
            return [len(line) for line in desk.shows("#article").rstrip().splitlines()]

        await desk.press("j")
        plain, words = shape(), re.findall(r"\w+", desk.shows("#article"))
        await desk.press("e")
        assert shape() == plain
        await desk.press(";")
        assert shape() == plain
        lettered = desk.shows("#article")
        # Each letter is followed by its word as it is.
        assert [word for word in words if word not in lettered] == []
        view = desk.desk.query_one(ArticleView)
        signs = [sign for y in range(view.size.height) for sign, style in view.line_at(y) if style == "digit"]
    assert sorted(signs) == sorted(LETTERS[: len(signs)])
    assert len(signs) > 30


async def test_letters_are_left_without_a_mark_and_one_without_a_word_is_said(
    workbench: Any, library: Library, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "+", ";", "Z")
        assert "no word has the letter Z" in desk.message
        await desk.press("a", "escape")
        assert desk.desk.state.mode == "spans"
        await desk.press("enter")
        assert "mark what is said" in desk.message
        # Begun anew, the letter is the first word's again.
        await desk.press(";", "c", "c")
        assert "told" in desk.panel.split("Cue")[1].splitlines()[0]
    assert decisions() == []


async def test_verdict_keys_do_nothing_while_marking(workbench: Any, library: Library, decisions: Decisions) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "s", "r", "m", "n")
        assert "works beside the claim, and q goes back there" in desk.message
    assert decisions() == []


async def test_a_kept_attribution_is_changed_and_removed_and_both_are_undone(
    workbench: Any, library: Library, stored: Stored, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "enter", "e", "tab")
        assert "Ines Duarte" in desk.panel
        await desk.press("-", "enter")
        assert stored().attributions[0].negated
        await desk.press("tab", "e", "X")
        assert stored().attributions == ()
        await desk.press("u")
        assert stored().attributions[0].negated
        await desk.press("u")
        assert not stored().attributions[0].negated
        await desk.press("U", "U")
        assert stored().attributions == ()
    assert [entry.action for entry in decisions()][:3] == ["accept", "attribution", "attribution-remove"]


async def test_removing_a_mark_and_making_it_again(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "e", "+", "w")
        # Nothing has been selected yet: the key only asks for candidates.
        assert desk.panel.split("Says")[1].splitlines()[0].split() == ["-", "w"]
        await desk.press("L", "H", "w", "backspace")
        assert "source removed" in desk.message
        await desk.press("backspace")
        assert "nothing is marked" in desk.message
        await desk.press("l", "w")
        assert "Duarte" in desk.panel.split("Says")[1].splitlines()[0]


async def test_an_attribution_is_nested_in_a_larger_one(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "enter")
        await desk.press("e", *["l"] * 9, "L", "d", "h", "h", "c", "p")
        assert "nested" in desk.panel
        await desk.press("enter")
    review = stored()
    (child,) = [attribution for attribution in review.attributions if attribution.parent]
    (parent,) = [attribution for attribution in review.attributions if not attribution.parent]
    assert child.parent == parent.id
    assert child.lies_in(parent)


async def test_what_cannot_be_nested_is_said(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("e", "+", "d", "p")
        assert "nested in none" in desk.message


async def test_marks_survive_a_crash_and_wait_where_they_were(
    workbench: Any, library: Library, tmp_path: Path, decisions: Decisions
) -> None:
    path = library()
    async with workbench(path) as desk:
        await desk.press("j", "j", "e", "+", "L", "w", "l", "c")
        # The application ends here, without leaving the span mode.
    assert decisions() == []
    async with workbench(path) as desk:
        if desk.claim != 3:
            await desk.press("home", "j", "j")
        await desk.press("e")
        assert "what you had marked is still here" in desk.message
        assert "Ines Duarte" in desk.panel
        assert "told" in desk.panel


async def test_leaving_keeps_a_changed_draft_and_forgets_an_unchanged_one(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as desk:
        await desk.press("j", "j", "e", "q")
        assert "waits" not in desk.message
        await desk.press("e", "+", "L", "w", "q")
        assert "not kept yet" in desk.message
        await desk.press("e")
        assert "what you had marked is still here" in desk.message
        await desk.press("escape")


async def test_a_kept_attribution_leaves_no_draft_behind(workbench: Any, library: Library, stored: Stored) -> None:
    path = library()
    async with workbench(path, advance=False) as desk:
        await desk.press("j", "j", "e", "-", "enter")
    assert stored().attributions
    with closing(open_store(path)) as store:
        assert drafts.drafts(store, "ana") == {}


async def test_a_draft_that_cannot_be_read_is_said_and_the_mode_opens(
    workbench: Any, library: Library, stored: Stored
) -> None:
    path = library()
    claim = stored().claims[2]
    with closing(open_store(path)) as store:
        drafts.save_draft(store, "ana", DraftKey(claim.article_id, "attribution", claim.id), {"source": [[5, 2]]})
    async with workbench(path) as desk:
        await desk.press("j", "j", "e")
        assert "cannot be read any more" in desk.message
        await desk.press("enter")
    assert len(stored().attributions) == 1


async def test_the_relay_has_a_row_while_its_candidates_are_shown(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "e")
        assert "Relay" not in desk.panel
        await desk.press("o")
        assert "▸Relay" in desk.panel
        await desk.press("w")
        assert "Relay" not in desk.panel
