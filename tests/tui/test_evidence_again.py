"""Evidence in few keys: a form that fills itself, and evidence that was entered before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual import events

from annotator.model.review import ArticleReview
from annotator.tui.screens.choosing import ChooseScreen
from annotator.tui.screens.evidence import EvidenceScreen
from annotator.tui.widgets.field import Field

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]
PASTED = "“The ramp was shut at five,” the log says.\n\nhttps://example.org/log"


def value(desk: Any, name: str) -> str:
    return str(desk.app.screen.query_one(f"#{name}", Field).value)


async def test_a_whole_piece_takes_six_keys_besides_what_is_typed(
    workbench: Any, library: Library, stored: Stored
) -> None:
    keys = 0

    async def press(desk: Any, key: str) -> None:
        nonlocal keys
        keys += 1
        await desk.press(key)

    async with workbench(library()) as desk:
        await press(desk, "v")
        await desk.type("When was it shut?")
        await press(desk, "tab")
        await desk.type("At five")
        await press(desk, "tab")
        await desk.paste(PASTED)
        await press(desk, "tab")
        await desk.until_idle()
        assert desk.app.focused.id == "stance"
        await desk.type("supports")
        await press(desk, "tab")
        await desk.type("2026-03-10")
        await press(desk, "ctrl+s")
        assert desk.form == ""
    assert keys == 6
    (evidence,) = stored().evidence
    assert (evidence.question, evidence.answer, evidence.stance) == ("When was it shut?", "At five", "supports")
    assert (evidence.url, evidence.published_at) == ("https://example.org/log", "2026-03-10")
    assert evidence.passage == "“The ramp was shut at five,” the log says."
    assert evidence.retrieved_at


async def test_what_is_pasted_in_one_go_is_parted_where_the_form_is_kept_at_once(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("v", "tab", "tab")
        await desk.paste(PASTED)
        await desk.press("ctrl+s")
    (evidence,) = stored().evidence
    assert (evidence.url, evidence.passage[:9]) == ("https://example.org/log", "“The ramp")


@pytest.mark.parametrize("pasted", [PASTED, PASTED.replace("\n", "\r"), "https://example.org/log\rThe ramp was shut."])
async def test_what_is_typed_on_without_a_look_is_the_stance(
    workbench: Any, library: Library, stored: Stored, pasted: str
) -> None:
    async with workbench(library()) as desk:
        await desk.press("v", "tab", "tab")
        # All of it is there before anything of it is dealt with.
        sent = [events.Paste(pasted), events.Key("tab", "\t"), events.Key("r", "r"), events.Key("tab", "\t")]
        for event in [*sent, events.Key("2", "2"), events.Key("0", "0"), events.Key("2", "2"), events.Key("6", "6")]:
            desk.app.post_message(event)
        await desk.until_idle()
        await desk.press("ctrl+s")
        assert desk.form == ""
    (evidence,) = stored().evidence
    assert (evidence.url, evidence.stance, evidence.published_at) == ("https://example.org/log", "refutes", "2026")
    assert "ramp was shut" in evidence.passage


LINE = "The cables had lost tension at dawn https://example.org/log"


@pytest.mark.parametrize("behind", ["tab", "enter"])
@pytest.mark.parametrize("pastes", [True, False])
async def test_behind_an_address_that_brought_its_passage_a_letter_is_the_stance(
    workbench: Any, library: Library, stored: Stored, *, behind: str, pastes: bool
) -> None:
    """Also where the terminal types what is pasted, and where all keys come at once."""
    async with workbench(library()) as desk:
        await desk.press("v", "tab", "tab")
        if pastes:
            desk.app.post_message(events.Paste(LINE))
        await desk.at_once(*([] if pastes else LINE), behind, "s", behind, *"2026")
        assert desk.app.focused.id == "published_at"
        await desk.press("ctrl+s")
        assert desk.form == ""
    (evidence,) = stored().evidence
    assert (evidence.url, evidence.passage) == ("https://example.org/log", "The cables had lost tension at dawn")
    assert (evidence.stance, evidence.published_at) == ("supports", "2026")


@pytest.mark.parametrize("left", ["ctrl+s", "shift+tab"])
async def test_what_was_typed_in_one_line_is_parted_however_it_is_left(
    workbench: Any, library: Library, stored: Stored, left: str
) -> None:
    async with workbench(library()) as desk:
        await desk.press("v", "tab", "tab")
        await desk.type(LINE)
        await desk.press(left)
        if desk.form:
            assert value(desk, "passage") == "The cables had lost tension at dawn"
            await desk.press("ctrl+s")
    (evidence,) = stored().evidence
    assert (evidence.url, evidence.passage) == ("https://example.org/log", "The cables had lost tension at dawn")


async def test_the_passage_is_passed_over_only_right_behind_the_paste(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("v", "tab", "tab")
        # Behind the paste the other window is looked into once more.
        for event in (events.Paste(LINE), events.AppBlur(), events.AppFocus()):
            desk.app.post_message(event)
            await desk.until_idle()
        await desk.press("tab")
        assert desk.app.focused.id == "stance"
        await desk.press("shift+tab", "shift+tab", "tab")
        assert desk.app.focused.id == "passage"
        await desk.press("shift+tab")
        for name in ("passage", "url"):
            desk.app.screen.query_one(f"#{name}", Field).clear()
        await desk.paste(LINE)
        await desk.press("shift+tab", "tab", "tab")
        assert desk.app.focused.id == "passage"


async def test_an_address_that_was_kept_with_words_stays_as_it_is(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench(library()) as desk:
        await desk.press("v")
        await desk.type("When?")
        await desk.press("ctrl+s")
        # As an import may have left it.
        kept = replace(desk.desk.state.review.evidence[0], url=LINE)
        monkeypatch.setattr(ArticleReview, "evidence_of", lambda *_: [kept])
        await desk.press("v", "enter", "tab", "tab", "tab")
        assert desk.app.focused.id == "passage"
        assert (value(desk, "url"), value(desk, "passage")) == (LINE, "")


async def test_evidence_is_used_again_by_a_key_but_for_its_stance(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("E")
        assert "no evidence is kept yet" in desk.message
        for address, stance in (("https://example.org/log", "supports"), ("https://example.org/fares", "refutes")):
            await desk.press("v")
            if desk.form == "EvidenceListScreen":
                await desk.press("+")
            assert isinstance(desk.app.screen, EvidenceScreen)
            desk.app.screen.query_one("#url", Field).replace_all(address)
            desk.app.screen.query_one("#answer", Field).replace_all(f"as {address[-4:]} says")
            desk.app.screen.query_one("#stance", Field).replace_all(stance)
            await desk.press("ctrl+s")
        await desk.press("j", "E")
        assert isinstance(desk.app.screen, ChooseScreen)
        await desk.type("LOG")
        await desk.press("enter")
        assert desk.app.focused.id == "stance"
        assert (value(desk, "url"), value(desk, "answer")) == ("https://example.org/log", "as /log says")
        assert value(desk, "stance") == ""
        await desk.type("context")
        await desk.press("ctrl+s")
        assert desk.form == ""
    review = stored()
    again = review.evidence_of(review.claims[1])
    assert [(each.url, each.stance) for each in again] == [("https://example.org/log", "context")]
    assert len(review.evidence_of(review.claims[0])) == 2


async def test_a_form_that_waits_is_not_filled_with_what_was_used_before(
    workbench: Any, library: Library, stored: Stored
) -> None:
    path = library()
    async with workbench(path) as desk:
        await desk.press("v", "tab")
        await desk.type("At five")
        await desk.press("ctrl+s", "j", "E")
        await desk.type("at fi")
        await desk.press("escape")
        # The words that were typed to find it wait as well.
        await desk.press("E", "enter")
        assert value(desk, "answer") == "At five"
        await desk.type("refutes")
        await desk.press("escape", "E")
        assert "evidence that is not kept yet waits here" in desk.message
        await desk.press("v", "ctrl+s")
        assert desk.form == ""
    assert [(piece.answer, piece.stance) for piece in stored().evidence][-1] == ("At five", "refutes")
