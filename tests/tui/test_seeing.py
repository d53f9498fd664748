"""Seen before, played at the screen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList

from annotator.errors import RowDamagedError
from annotator.model.check import Check
from annotator.model.review import ArticleReview
from annotator.store import open_store
from annotator.store.fact_checks.checks import save
from annotator.workflow.fact_checks.check_matching import words_of
from annotator.workflow.fact_checks.seen import Kept
from annotator.workflow.session import ReviewSession

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]
CABLES = "Ines Duarte told the Sela Post that two cables had lost tension."


@pytest.fixture
def checked(library: Library) -> Path:
    """A database with fact-checks, one of which is about the third claim."""
    path = library()
    rows = [
        Check(
            "a",
            CABLES,
            "Cables?",
            "Ines Duarte",
            "2026-03-12",
            "True",
            "supported",
            "Tamarack Checks",
            "https://c.example/a",
        ),
        Check("b", CABLES, "", "", "2024-01-01", "False", "refuted", "The Sober Sheet"),
    ]
    rows += [Check(str(n), f"The pool of town {n} leaks at night in month {n}.", verdict="True") for n in range(40)]
    with closing(open_store(path)) as store:
        save(store, [(check, words_of(check)) for check in rows], "checks.jsonl", words_of)
    return path


async def seen(desk: Any) -> None:
    await desk.desk._jobs.until_looked_up()
    await desk.until_idle()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_panel_says_what_was_seen_and_enter_takes_it_as_evidence(
    workbench: Callable[..., Any], checked: Path, stored: Stored, size: tuple[int, int]
) -> None:
    async with workbench(checked, size=size) as desk:
        await seen(desk)
        await desk.press("home", "j", "j")
        assert "before: 2" in desk.panel
        assert "True · Tamarack Checks" in " ".join(desk.panel.split())
        assert "contradicted" in desk.panel
        await desk.press("b")
        assert desk.form == "BrowseScreen"
        await desk.press("enter")
        assert "evidence kept: Tamarack Checks" in desk.message
        assert "Evidence" in desk.panel
        claim = stored().claims[2]
        (piece,) = stored().evidence_of(claim)
        assert (piece.url, piece.answer, piece.stance) == ("https://c.example/a", "True", "supports")
        await desk.press("u")
        await desk.press("u")
    assert stored().evidence == ()


async def test_an_article_opens_also_where_what_was_seen_before_cannot_be_read(
    workbench: Callable[..., Any], checked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(session: ReviewSession) -> Kept:
        raise RowDamagedError("what was found before is damaged")

    async with workbench(checked) as desk:
        await seen(desk)
        await desk.press("q", "j")
        monkeypatch.setattr("annotator.tui.actions.opening.kept_before", damaged)
        await desk.press("enter")
        assert desk.desk.state.review.article.title == "Ferry runs again"
        assert "what was found before is damaged" in desk.message


def lines(desk: Any) -> list[str]:
    """What the open list has, without its styles."""
    return [str(option.prompt) for option in desk.app.screen.query_one(OptionList).options]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_check_is_read_by_a_key_before_it_is_taken_and_says_afterwards_that_it_is(
    workbench: Callable[..., Any],
    checked: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    browser, log = tmp_path / "browser", tmp_path / "log"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{log}"\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    async with workbench(checked, size=size) as desk:
        await seen(desk)
        await desk.press("home", "j", "j", "b")
        hints = desk.read(".form-keys")[0]
        assert "⏎ takes it as evidence · o opens its address · y copies it · esc closes" in hints
        assert desk.app.screen.query_one(".form-keys").region.bottom < size[1]
        await desk.press("o")
        assert desk.read("#followed") == ["opened with browser"]
        assert log.read_text(encoding="utf-8") == "https://c.example/a\n"
        await desk.press("j", "y")
        assert desk.read("#followed") == ["there is no such address"]
        await desk.press("k", "y")
        assert "copied" in desk.read("#followed")[0]
        assert [("✓ taken" in line) for line in lines(desk)] == [False, False]
        await desk.press("enter", "b")
        assert [("✓ taken" in line) for line in lines(desk)] == [True, False]


def correct(path: Path) -> None:
    """Import a correction of the fact-check about the cables."""
    corrected = Check(
        "a",
        CABLES,
        "Cables?",
        "Ines Duarte",
        "2026-04-12",
        "No longer true",
        "",
        "Tamarack Checks",
        "https://c.example/a",
    )
    with closing(open_store(path)) as store:
        save(store, [(corrected, words_of(corrected))], "corrections.jsonl", words_of)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_fact_check_that_was_corrected_since_says_so_wherever_it_is_evidence(
    workbench: Callable[..., Any], checked: Path, size: tuple[int, int]
) -> None:
    async with workbench(checked, size=size) as desk:
        await seen(desk)
        await desk.press("home", "j", "j", "b", "enter")
    correct(checked)
    async with workbench(checked, size=size) as desk:
        await seen(desk)
        await desk.press("home", "j", "j")
        assert "corrected! supports" in " ".join(desk.panel.split())
        await desk.press("b")
        assert "✓ taken, corrected since" in lines(desk)[0]
        await desk.press("enter")
        assert "evidence here already, as “True”: v, X removes that" in desk.message
        await desk.press("v")
        assert "corrected: it says “No longer true” now" in " ".join(desk.read(".piece-head"))
        await desk.press("escape", "j", "E")
        assert lines(desk)[0].startswith("corrected! · Tamarack Checks")


async def test_a_correction_that_is_imported_elsewhere_is_said_while_the_article_stays_open(
    workbench: Callable[..., Any], checked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.tui.screens.workbench.LOOKED_AFTER", 0.02)
    async with workbench(checked) as desk:
        await seen(desk)
        await desk.press("home", "j", "j", "b", "enter")
        assert "corrected!" not in desk.panel
        correct(checked)
        await desk.until(lambda: "corrected!" in desk.panel)
        await desk.press("v")
        assert "corrected: it says “No longer true” now" in " ".join(desk.read(".piece-head"))


async def test_a_claim_that_was_not_seen_says_so(workbench: Callable[..., Any], checked: Path) -> None:
    async with workbench(checked) as desk:
        await seen(desk)
        await desk.press("end", "b")
        assert desk.message == "nothing like this claim was seen before"
        assert "before:" not in desk.panel


async def test_without_fact_checks_nothing_is_looked_up(workbench: Callable[..., Any], library: Library) -> None:
    async with workbench(library(), reviewer="cleo", learn=False) as desk:
        await seen(desk)
        assert desk.app.lookups.asked == 0


async def test_what_was_found_is_shown_at_once_the_next_time(workbench: Callable[..., Any], checked: Path) -> None:
    async with workbench(checked) as desk:
        await seen(desk)
    async with workbench(checked, learn=False) as desk:
        await desk.press("home", "j", "j")
        assert "before: 2" in desk.panel
        assert desk.app.lookups.asked == 0


async def test_a_claim_is_looked_up_again_as_soon_as_it_is_restated(
    workbench: Callable[..., Any], checked: Path
) -> None:
    async with workbench(checked) as desk:
        await seen(desk)
        await desk.press("end")
        assert "before:" not in desk.panel
        await desk.press("i", "ctrl+a", *CABLES, "ctrl+s")
        await seen(desk)
        assert "before: 2" in desk.panel
        await desk.press("u")
        await seen(desk)
        assert "before:" not in desk.panel


async def test_what_is_restated_or_joined_in_another_terminal_is_looked_up_again_here(
    workbench: Callable[..., Any], checked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.tui.screens.workbench.LOOKED_AFTER", 0.02)
    async with workbench(checked) as one, workbench(checked) as two:
        await seen(one)
        await seen(two)
        await one.press("end")
        await two.press("end")
        claim = two.desk.state.claim.id
        assert claim not in two.desk.state.seen
        await one.press("i", "ctrl+a", *CABLES, "ctrl+s")
        await two.until(lambda: len(two.desk.state.seen.get(claim, ())) == 2)
        assert "before: 2" in two.panel
        await one.press("u")
        await two.until(lambda: claim not in two.desk.state.seen)
        assert "before:" not in two.panel
        await one.press("home", "j", "j")
        cables = two.desk.state.review.claims[2].id
        assert cables in two.desk.state.seen
        await one.press("+")
        await two.until(lambda: cables not in two.desk.state.seen)


async def test_what_is_restated_elsewhere_while_something_is_marked_is_looked_up_with_the_next_decision(
    workbench: Callable[..., Any], checked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.tui.screens.workbench.LOOKED_AFTER", 3600.0)
    async with workbench(checked) as one, workbench(checked) as two:
        await seen(two)
        await one.press("end")
        claim = one.desk.state.claim.id
        await one.press("i", "ctrl+a", *CABLES, "ctrl+s")
        await two.press("home", "j", "f")
        await two.until(lambda: len(two.desk.state.seen.get(claim, ())) == 2)
