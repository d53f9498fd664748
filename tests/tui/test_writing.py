from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from annotator.model.review import ArticleReview
from annotator.tui.app import AnnotatorApp
from annotator.tui.widgets.field import Field

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]


def note_of(review: ArticleReview, index: int = 0) -> str | None:
    return review.judgement(review.claims[index]).note


def values(desk: Any) -> dict[str, str]:
    """The filled fields of the evidence form."""
    return {
        field.id: field.value for field in desk.app.screen.query(Field) if field.value and field.id != "retrieved_at"
    }


async def test_a_note_is_written_kept_changed_and_removed(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library(), size=(120, 40)) as desk:
        await desk.press("o")
        assert desk.form == "WriteScreen"
        await desk.type("seen at the quay, s and q")
        await desk.press("enter")
        await desk.type("twice")
        await desk.press("ctrl+s")
        assert desk.form == ""
        assert note_of(stored()) == "seen at the quay, s and q\ntwice"
        assert "seen at the quay" in desk.panel
        await desk.press("o", *["backspace"] * 6, "ctrl+s")
        assert note_of(stored()) == "seen at the quay, s and q"
        await desk.press("o")
        desk.app.screen.query_one(Field).clear()
        await desk.press("ctrl+s")
        assert note_of(stored()) is None


@pytest.mark.parametrize("end", ["ctrl+s", "escape"])
async def test_keys_that_come_at_once_lose_no_letter_to_the_key_that_ends_a_form(
    workbench: Any, library: Library, stored: Stored, end: str
) -> None:
    async with workbench(library()) as desk:
        await desk.press("o")
        await desk.at_once(*"the clerk was asked twice", end)
        await desk.until(lambda: not desk.form)
        await desk.until_idle()
        if end == "escape":
            await desk.press("o")
            assert desk.app.screen.query_one(Field).value == "the clerk was asked twice"
            await desk.press("ctrl+s")
        assert note_of(stored()) == "the clerk was asked twice"
        await desk.press("v")
        await desk.at_once(*"who askd", "backspace", *"ed?", "tab", *"the clerk", "ctrl+s", "f")
        await desk.until(lambda: not desk.form)
        await desk.until_idle()
        (evidence,) = stored().evidence_of(stored().claims[0])
        assert (evidence.question, evidence.answer) == ("who asked?", "the clerk")
        assert stored().judgement(stored().claims[0]).flag, "the key behind the form is the workbench's"


async def test_keys_that_come_before_the_form_is_there_are_the_forms(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.at_once("o", *"ask her, again", "ctrl+s", "f")
        await desk.until(lambda: not desk.form and stored().judgement(stored().claims[0]).flag)
        assert note_of(stored()) == "ask her, again"
        await desk.at_once("v", *"who says?", "tab", *"she", "ctrl+s", "f")
        await desk.until(lambda: not desk.form and not stored().judgement(stored().claims[0]).flag)
        (evidence,) = stored().evidence_of(stored().claims[0])
        assert (evidence.question, evidence.answer) == ("who says?", "she")


async def test_a_note_that_was_left_waits_also_after_a_crash(workbench: Any, library: Library, stored: Stored) -> None:
    path = library()
    async with workbench(path) as desk:
        await desk.press("o")
        await desk.type("half a no")
        await desk.press("escape")
        assert note_of(stored()) is None
        await desk.press("o")
        assert desk.app.screen.query_one(Field).value == "half a no"
        await desk.type("te")
        # The application ends here, with the form open.
    assert note_of(stored()) is None
    async with workbench(path) as desk:
        await desk.press("o")
        assert desk.app.screen.query_one(Field).value == "half a note"
        await desk.press("ctrl+s", "o")
        assert desk.app.screen.query_one(Field).value == "half a note"
    assert note_of(stored()) == "half a note"


async def test_an_unchanged_note_is_no_decision(workbench: Any, library: Library, decisions: Any) -> None:
    async with workbench(library()) as desk:
        await desk.press("o", "ctrl+s")
        assert desk.form == ""
    assert decisions() == []


async def test_a_restatement_begins_with_the_claims_own_words(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "i")
        assert desk.app.screen.query_one(Field).value == "The bridge closed at dawn."
        await desk.press("backspace")
        await desk.type(" today.")
        await desk.press("ctrl+s")
    assert stored().judgement(stored().claims[1]).restatement == "The bridge closed at dawn today."


async def test_a_justification_needs_a_verdict(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "J")
        assert "give a verdict first" in desk.message
        assert desk.form == ""
        await desk.press("r", "J")
        await desk.type("it was noon")
        await desk.press("escape", "J", "ctrl+s")
    verdict = stored().verdict(stored().claims[1])
    assert verdict is not None
    assert verdict.justification == "it was noon"


async def test_evidence_is_filled_in_and_listed_with_the_claim(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library(), advance=False, size=(120, 40)) as desk:
        await desk.press("j", "s")
        assert "no evidence" in desk.panel
        await desk.press("v")
        await desk.type("When did it close?")
        await desk.press("tab")
        await desk.type("At five.")
        await desk.press("down", "down", "down")
        await desk.type("sup")
        await desk.press("up", "down", "ctrl+s")
        assert desk.form == ""
        assert "supports: When did it close?" in desk.panel
        assert "no evidence" not in desk.panel
    (evidence,) = stored().evidence
    assert (evidence.question, evidence.answer, evidence.stance) == ("When did it close?", "At five.", "supports")
    assert evidence.claim_id == stored().claims[1].id
    assert len(evidence.retrieved_at) == 10


async def test_evidence_is_listed_added_changed_and_removed(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library()) as desk:
        await desk.press("v")
        await desk.type("first")
        await desk.press("ctrl+s", "v")
        assert desk.form == "EvidenceListScreen"
        await desk.press("+")
        await desk.type("second")
        await desk.press("ctrl+s", "v")
        assert [str(shown.render()) for shown in desk.app.screen.query(".field-value")][::2] == ["first", "second"]
        await desk.press("enter")
        assert values(desk) == {"question": "first"}
        await desk.press("end")
        await desk.type(" one")
        await desk.press("ctrl+s")
        assert [evidence.question for evidence in stored().evidence] == ["first one", "second"]
        await desk.press("v", "j", "X")
        assert [evidence.question for evidence in stored().evidence] == ["first one"]
        await desk.press("u")
        assert [evidence.question for evidence in stored().evidence] == ["first one", "second"]


async def test_evidence_that_says_nothing_or_has_an_unknown_stance_stays_open(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("v", "ctrl+s")
        assert "at least a question" in desk.read("#form-wrong")[0]
        await desk.type("why")
        assert desk.read("#form-wrong") == [""]
        desk.app.screen.query_one("#stance", Field).replace_all("maybe")
        await desk.press("ctrl+s")
        assert "supports, refutes, context" in desk.read("#stance-wrong")[0]
        assert desk.app.focused.id == "stance"
        await desk.press("escape")
    assert stored().evidence == ()


async def test_evidence_that_was_left_waits_also_after_a_crash(
    workbench: Any, library: Library, stored: Stored
) -> None:
    path = library()
    async with workbench(path) as desk:
        await desk.press("v")
        await desk.type("When")
        await desk.press("escape", "v")
        assert values(desk) == {"question": "When"}
        await desk.press("tab")
        await desk.type("five")
        # The application ends here, with the form open.
    assert stored().evidence == ()
    async with workbench(path) as desk:
        await desk.press("v")
        assert values(desk) == {"question": "When", "answer": "five"}
        await desk.press("ctrl+s")
        assert stored().evidence[0].answer == "five"
        await desk.press("v", "+")
        assert values(desk) == {}


async def test_evidence_can_be_for_the_attribution(workbench: Any, library: Library, stored: Stored) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "j", "enter", "t", "v")
        await desk.type("Did she say it?")
        await desk.press("ctrl+s")
    review = stored()
    assert [evidence.target for evidence in review.evidence] == [review.attributions[0].id]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set $EDITOR to a program that runs this Python on `path`, and let the screen be suspended."""

    @contextmanager
    def suspended(app: AnnotatorApp) -> Iterator[None]:
        yield

    def set_editor(code: str) -> None:
        script = tmp_path / "editor.py"
        script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[1])\n{code}\n", encoding="utf-8")
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))
        monkeypatch.setattr(AnnotatorApp, "suspend", suspended)

    return set_editor


async def test_a_note_in_the_editor(
    workbench: Any, library: Library, stored: Stored, editor: Callable[[str], None]
) -> None:
    editor("path.write_text(path.read_text() + 'é from outside\\n', encoding='utf-8')")
    async with workbench(library()) as desk:
        await desk.press("O")
    assert note_of(stored()) == "é from outside"


async def test_an_editor_that_fails_leaves_the_note_as_it_was(
    workbench: Any, library: Library, stored: Stored, editor: Callable[[str], None]
) -> None:
    editor("path.write_text('half'); sys.exit(3)")
    async with workbench(library()) as desk:
        await desk.press("O")
        assert "ended with 3: the note is as it was" in desk.message
    assert note_of(stored()) is None


@pytest.mark.parametrize("end", ["import os; os.kill(os.getpid(), 1)", "sys.exit(129)"])
async def test_what_an_editor_had_written_that_was_ended_waits(
    end: str, workbench: Any, library: Library, stored: Stored, editor: Callable[[str], None]
) -> None:
    editor(f"path.write_text('half a note'); {end}")
    async with workbench(library()) as desk:
        await desk.press("O")
        assert "was ended by signal 1: what it had written waits" in desk.message
        assert "note: half a note" in desk.panel
        assert note_of(stored()) is None
        await desk.press("o", "ctrl+s")
    assert note_of(stored()) == "half a note"


async def test_an_editor_that_is_not_there_is_said(
    workbench: Any, library: Library, editor: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("")
    monkeypatch.setenv("EDITOR", "/nowhere/at-all")
    async with workbench(library()) as desk:
        await desk.press("O")
        assert "cannot be opened" in desk.message
        assert "$EDITOR" in desk.message
        await desk.press("j")
        assert desk.claim == 2


async def test_the_form_goes_on_in_the_editor(
    workbench: Any, library: Library, stored: Stored, editor: Callable[[str], None]
) -> None:
    editor("path.write_text(path.read_text() + ' longer', encoding='utf-8')")
    async with workbench(library()) as desk:
        await desk.press("o")
        await desk.type("short")
        await desk.press("ctrl+e")
        assert desk.app.screen.query_one(Field).value == "short longer"
        await desk.press("ctrl+s")
    assert note_of(stored()) == "short longer"


async def test_the_editor_gets_the_note_that_is_there(
    workbench: Any, library: Library, stored: Stored, editor: Callable[[str], None]
) -> None:
    editor("path.write_text(path.read_text().upper(), encoding='utf-8')")
    async with workbench(library()) as desk:
        await desk.press("o")
        await desk.type("quay")
        await desk.press("ctrl+s", "O")
    assert note_of(stored()) == "QUAY"


async def test_a_form_that_is_left_says_that_what_was_typed_waits_and_where(workbench: Any, library: Library) -> None:
    async with workbench(library(), advance=False) as desk:
        for key, kind in (("o", "note"), ("Q", "question"), ("v", "evidence"), ("i", "restatement")):
            await desk.press(key, "escape")
            assert "not kept yet" not in desk.message, kind
            await desk.press(key)
            await desk.type("so")
            await desk.press("escape")
            assert f"not kept yet: {key} goes on with it" in desk.message, kind
        await desk.press("j", "2", "s", "k", "V")
        await desk.type("so")
        await desk.press("escape")
        assert "not kept yet: v goes on with it at claim 2" in desk.message


async def test_in_a_small_terminal_a_form_shows_its_keys_and_what_was_typed_stays(
    workbench: Any, library: Library
) -> None:
    async with workbench(library()) as desk:
        await desk.press("o")
        await desk.type("half a note")
        for size in ((50, 10), (80, 24)):
            await desk.resize(*size)
            form, keys = (desk.app.screen.query_one(name) for name in (".form", ".form-keys"))
            assert form.content_region.contains_region(keys.region), size
            assert desk.app.screen.query_one(Field).value == "half a note"


async def test_what_is_not_kept_is_shown_once_where_there_is_room_for_all(workbench: Any, library: Library) -> None:
    async with workbench(library(), size=(120, 40)) as desk:
        await desk.press("o")
        await desk.type("so")
        await desk.press("escape")
        assert desk.panel.count("Not kept note: so") == 1
