from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.model.article import Article
from annotator.model.judgement import Evidence
from annotator.model.review import ArticleReview
from annotator.tui.context import Context
from annotator.tui.dialogs import EVIDENCE_FIELDS
from annotator.tui.screens.evidence import PROSE
from annotator.tui.widgets.field import Field

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]
PASSAGE = "At five, as the log says.\n\n  “Nobody was hurt,”\nthe harbour master wrote."
UGLY = "one\x1b]52;c;eA==\x07\ntwo\u202egpj\u2028three\x9b31m\r\n\tfour"


def field(desk: Any, name: str) -> Field:
    found: Field = desk.app.screen.query_one(f"#{name}", Field)
    return found


def painted(desk: Any) -> str:
    """Every line of the open form's fields and of what is read there, as the terminal gets it."""
    widgets = [*desk.app.screen.query(Field), *desk.app.screen.query(".field-value"), *desk.app.screen.query("Label")]
    return "\n".join(widget.render_line(y).text for widget in widgets for y in range(widget.size.height))


async def fill(desk: Any, **fields: str) -> None:
    """Add a piece to the present claim."""
    await desk.press("v")
    if desk.form == "EvidenceListScreen":
        await desk.press("+")
    for name, value in fields.items():
        field(desk, name).replace_all(value)
    await desk.press("ctrl+s")
    assert desk.form == ""


@pytest.mark.parametrize("name", PROSE)
async def test_what_is_pasted_keeps_all_its_lines(workbench: Any, library: Library, stored: Stored, name: str) -> None:
    async with workbench(library()) as desk:
        await desk.press("v")
        field(desk, name).focus()
        await desk.paste(PASSAGE)
        assert field(desk, name).size.height == PASSAGE.count("\n") + 1
        await desk.press("ctrl+s")
    (evidence,) = stored().evidence
    assert getattr(evidence, name) == PASSAGE


@pytest.mark.parametrize(("key", "kept"), [("o", "note"), ("i", "restatement"), ("J", "justification")])
async def test_a_pasted_text_keeps_all_its_lines(
    workbench: Any, library: Library, stored: Stored, key: str, kept: str
) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("s", key)
        desk.app.screen.query_one(Field).clear()
        await desk.paste(PASSAGE)
        await desk.press("ctrl+s")
    review = stored()
    found = review.verdict(review.claims[0]) if kept == "justification" else review.judgement(review.claims[0])
    assert getattr(found, kept) == PASSAGE


async def test_a_paste_over_several_lines_is_found_as_one(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("/")
        await desk.paste("closed\n   at\tdawn")
        await desk.press("enter")
        assert desk.message.startswith("hit 1 of")


async def test_tab_and_the_arrows_move_between_fields_and_enter_submits_a_line(
    workbench: Any, library: Library
) -> None:
    async with workbench(library()) as desk:
        await desk.press("v")
        order = [name for name, _, _ in EVIDENCE_FIELDS]
        for name in order[1:]:
            await desk.press("tab")
            assert desk.app.focused.id == name
        await desk.press("tab")
        assert desk.app.focused.id == order[0]
        await desk.type("one")
        await desk.press("enter")
        await desk.type("two")
        await desk.press("up", "up", "down", "down", "down")
        assert field(desk, "question").value == "one\ntwo"
        assert desk.app.focused.id == "url"
        await desk.press("enter")
        assert desk.app.focused.id == "passage"
        await desk.press("shift+tab", "up", "up")
        assert desk.app.focused.id == "question"


async def test_an_address_is_put_right_where_it_is_typed_and_a_wrong_one_is_said_at_once(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("v", "tab", "tab")
        await desk.paste("\n https://example.org/the log\n  book \n")
        await desk.press("tab")
        assert field(desk, "url").value == "https://example.org/the%20logbook"
        field(desk, "archived_url").focus()
        await desk.type("javascript:x")
        await desk.press("tab")
        assert "only http and https are kept" in desk.read("#archived_url-wrong")[0]
        assert desk.app.focused.id == "answer_type"
        await desk.press("ctrl+s")
        assert desk.form == "EvidenceScreen"
        assert desk.app.focused.id == "archived_url"
        assert field(desk, "archived_url").value == "javascript:x"
        await desk.press("escape", "v")
        assert field(desk, "archived_url").value == "javascript:x"
        field(desk, "archived_url").clear()
        await desk.until_idle()
        assert desk.read("#archived_url-wrong") == [""]
        await desk.press("ctrl+s")
    assert stored().evidence[0].url == "https://example.org/the%20logbook"


async def test_dates_are_checked_at_the_field_and_beside_each_other(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("v")
        await desk.type("When?")
        for name, typed, shown in (("published_at", "12 March 2026", "2026-03-12"), ("retrieved_at", "2026", "2026")):
            field(desk, name).focus()
            field(desk, name).clear()
            await desk.type(typed)
            await desk.press("tab")
            assert field(desk, name).value == shown
        field(desk, "retrieved_at").replace_all("2026-02-30")
        await desk.press("ctrl+s")
        assert "February 2026 has 28 days" in desk.read("#retrieved_at-wrong")[0]
        field(desk, "retrieved_at").replace_all("1.3.2026")
        await desk.press("ctrl+s")
        assert "published on 2026-03-12, after it was retrieved (2026-03-01)" in desk.read("#published_at-wrong")[0]
        field(desk, "retrieved_at").replace_all("3.2026")
        field(desk, "published_at").replace_all("2026-03")
        await desk.press("ctrl+s")
        assert "write it as" in desk.read("#retrieved_at-wrong")[0]
        field(desk, "retrieved_at").replace_all("2026-03")
        await desk.press("ctrl+s")
        assert desk.form == ""
    (evidence,) = stored().evidence
    assert (evidence.published_at, evidence.retrieved_at) == ("2026-03", "2026-03")


async def test_what_is_in_a_field_draws_nothing_and_stays_as_it_is_where_it_is_not_touched(
    workbench: Any, library: Library, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench(library()) as desk:
        await fill(desk, answer="x")
        # As an import or an earlier version may have left it.
        kept = desk.desk.state.review.evidence[0].as_payload() | {
            "passage": UGLY,
            "url": "the\x1b[2Jlog",
            "answer": "five",
        }
        ugly = Evidence(desk.desk.state.review.evidence[0].id, **kept)
        monkeypatch.setattr(ArticleReview, "evidence_of", lambda *_: [ugly])
        await desk.press("v")
        assert "␛]52;c;eA==" in painted(desk)
        await desk.press("enter")
        shown = painted(desk)
        assert "␛]52;c;eA==" in shown
        assert all(line.isprintable() for line in shown.splitlines())
        assert field(desk, "passage").value == UGLY
        field(desk, "answer").replace_all("six")
        taken: list[Any] = []
        monkeypatch.setattr(Context, "save", lambda _, job, then: taken.append(job))
        await desk.press("ctrl+s")
        assert desk.form == ""
    assert taken


async def test_a_claim_that_steers_a_terminal_is_restated_safely(
    workbench: Any, library: Library, stored: Stored
) -> None:
    article = Article("The \x1b[31mbridge\u202e closed\x9b2J at dawn.\n", "ugly.txt")
    async with workbench(library(article), place=article.id) as desk:
        await desk.press("i")
        assert all(line.isprintable() for line in painted(desk).splitlines())
        await desk.press("ctrl+s")
    review = stored(article=article.id)
    assert review.judgement(review.claims[0]).restatement == "The \x1b[31mbridge\u202e closed\x9b2J at dawn."


async def test_evidence_is_read_whole_at_80_by_24(workbench: Any, library: Library) -> None:
    long = "\n".join(f"line {number} of the log" for number in range(40))
    async with workbench(library(), size=(80, 24)) as desk:
        await desk.press("j")
        await fill(desk, question="When?", answer="At five.", passage=long, url="https://example.org/log")
        await fill(desk, question="Who?", stance="refutes", publisher="Sela Wire", published_at="2026-03")
        await desk.press("v")
        assert desk.read(".piece-head") == ["▸ 1 of 2", "  2 of 2 · refutes"]
        texts = desk.read(".field-value")
        for value in ("When?", "At five.", long, "https://example.org/log", "Who?", "Sela Wire", "2026-03"):
            assert value in texts
        scroll = desk.app.screen.query_one("VerticalScroll")
        assert scroll.max_scroll_y > 20
        await desk.press("end")
        assert scroll.scroll_y == scroll.max_scroll_y
        await desk.press("k", "j")
        assert desk.read(".piece-head") == ["  1 of 2", "▸ 2 of 2 · refutes"]
        keys = desk.app.screen.query_one(".form-keys")
        assert keys.region.bottom < 24
        assert "esc closes" in str(keys.render())
        await desk.press("enter")
        assert field(desk, "question").value == "Who?"


async def test_the_evidence_of_the_claim_decided_last_is_two_keys_away_and_nothing_else_moves(
    workbench: Any, library: Library, stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "enter", "s")
        assert desk.claim == 3
        assert "V of 2" in desk.shows("#keys")
        await desk.press("V")
        assert desk.read(".form-title")[0].startswith("Evidence · claim 2 · supported · The bridge closed at dawn")
        await desk.type("the log")
        await desk.press("ctrl+s")
        assert desk.claim == 3
        assert desk.message.startswith("claim 2: evidence kept")
        await desk.press("K")
        assert desk.read(".form-title")[0].startswith("Why the verdict is what it is · claim 2 · supported")
        await desk.type("the log says so")
        await desk.press("ctrl+s")
        assert desk.claim == 3
        await desk.press("V")
        assert desk.form == "EvidenceListScreen"
        await desk.press("escape", "j", "f", "V")
        assert "claim 2" in desk.read(".form-title")[0]
    review = stored()
    assert [evidence.claim_id for evidence in review.evidence] == [review.claims[1].id]
    verdict = review.verdict(review.claims[1])
    assert verdict is not None
    assert verdict.justification == "the log says so"


async def test_the_claim_decided_last_is_the_one_whose_verdict_stands(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path) as desk:
        await desk.press("V")
        assert "no verdict of yours stands" in desk.message
        await desk.press("K")
        assert "no verdict of yours stands" in desk.message
        await desk.press("j", "enter", "s", "enter", "r", "u", "u")
        assert "V of" not in desk.shows("#keys")
        await desk.press("V")
        assert "claim 2" in desk.read(".form-title")[0]
    async with workbench(path) as desk:
        await desk.press("end", "V")
        assert "claim 2" in desk.read(".form-title")[0]


async def test_an_address_is_opened_with_the_browser_or_copied(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("BROWSER", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{seen}"\n', encoding="utf-8")
    browser.chmod(0o755)
    async with workbench(library()) as desk:
        await fill(desk, url="https://example.org/$(touch x);a&b=c", archived_url="https://archive.example/1")
        await desk.press("v", "o")
        assert desk.read(".form-said")[0].startswith("copied, if your terminal allows it")
        assert desk.app.clipboard == "https://example.org/$(touch%20x);a&b=c"
        monkeypatch.setenv("SSH_CONNECTION", "a b c d")
        await desk.press("O")
        assert "on your own machine" in desk.read(".form-said")[0]
        assert desk.app.clipboard == "https://archive.example/1"
        monkeypatch.setenv("BROWSER", str(browser))
        await desk.press("o")
        assert desk.read(".form-said") == ["opened with browser, on the machine that you are logged in to"]
        assert seen.read_text(encoding="utf-8") == "https://example.org/$(touch%20x);a&b=c\n"
        monkeypatch.setenv("BROWSER", "/nowhere/browser")
        await desk.press("o")
        assert desk.read(".form-said")[0].startswith("browser cannot be started: No such file")
        assert "copied" in desk.read(".form-said")[0]
        await desk.press("y")
        assert desk.app.clipboard == "https://example.org/$(touch%20x);a&b=c"


async def test_the_form_stands_still_when_the_first_letter_is_typed(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("v")
        before = desk.app.screen.query_one(".form").region
        await desk.press("x")
        assert desk.app.screen.query_one(".form").region == before
