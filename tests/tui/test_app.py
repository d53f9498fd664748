from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import OptionList

from annotator.errors import ConfigError
from annotator.model.article import Article, Publication
from annotator.model.review import ArticleReview
from annotator.model.scheme import default_scheme
from annotator.tui.app import AnnotatorApp
from annotator.tui.keymap import (
    CONFIRM,
    LABELS,
    MODES,
    QUEUE,
    REVIEW,
    SPANS,
    SPLIT,
    Keymap,
    actions,
    reason_mode,
    shown,
)
from annotator.tui.screens.palette import ActionProvider
from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.field import Field
from annotator.workflow.config import Config, load_config

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]

# Keys that lead into each mode from a newly opened article.
WAYS = {REVIEW: [], SPANS: ["e"], LABELS: ["e", ";"], SPLIT: ["j", "|"], QUEUE: ["q"]}
DEEPER = {CONFIRM: ["j", "j", "enter", "a"], reason_mode("mixed"): ["j", "m"]}
KEYMAP = Keymap(actions(default_scheme()))


# Who is at work


async def test_a_first_start_asks_who_is_at_work_and_remembers(
    workbench: Any, library: Library, tmp_path: Path, stored: Stored
) -> None:
    path = library()
    async with workbench(path, reviewer=None) as desk:
        assert desk.form == "NameScreen"
        await desk.press("enter")
        assert "at least one character" in desk.read(".form-wrong")[0]
        await desk.type(" Ana ")
        assert desk.read(".form-wrong") == [""], "what was wrong was another name"
        await desk.press("enter")
        assert desk.form == ""
        assert "ana" in desk.shows("#top")
        await desk.press("f")
    assert stored("ana").judgements
    assert load_config(tmp_path / "config.toml").reviewer == "ana"


async def test_leaving_the_question_quits_and_stores_nothing(workbench: Any, library: Library, tmp_path: Path) -> None:
    async with workbench(library(), reviewer=None) as desk:
        await desk.pilot.press("escape")
        await desk.pilot.pause()
    assert not (tmp_path / "config.toml").exists()
    assert desk.app.return_code == 0


async def test_a_name_that_cannot_be_remembered_is_said_and_work_goes_on(
    workbench: Any, library: Library, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text("reviewer = 3 = 4\n", encoding="utf-8")
    async with workbench(library(), reviewer=None) as desk:
        await desk.type("eva")
        await desk.press("enter")
        assert "eva" in desk.shows("#top")
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "reviewer = 3 = 4\n"


async def test_a_new_reviewer_begins_at_the_first_article_or_the_queue(workbench: Any, library: Library) -> None:
    path = library()
    async with workbench(path, place="") as desk:
        assert "Market moves" in desk.shows("#queue")
    async with workbench(path, place="last") as desk:
        assert "Bridge" in desk.screen


# Help and palette


def painted(widget: Widget) -> str:
    """What a widget shows, line by line, in and out of view."""
    strips = widget.render_lines(Region(0, 0, *widget.outer_size))
    return "\n".join(strip.text.rstrip() for strip in strips)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_help_says_how_it_is_closed(size: tuple[int, int], workbench: Any, library: Library) -> None:
    async with workbench(library(), size=size) as desk:
        await desk.press("?")
        await desk.painted()
        keys = desk.app.screen.query_one(".form-keys")
        form = desk.app.screen.query_one(".form")
        assert keys.region
        assert form.content_region.contains_region(keys.region)


async def test_the_usual_key_for_help_is_one_here_too(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("f1")
        assert desk.form == "HelpScreen"
        await desk.press("f1")
        assert desk.form == ""


@pytest.mark.parametrize("mode", WAYS)
async def test_help_lists_every_key_of_the_mode(mode: str, workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press(*WAYS[mode], "?")
        assert desk.form == "HelpScreen"
        assert desk.read(".form-title") == [f"Keys: {MODES[mode]}"]
        await desk.painted()
        groups = [painted(widget) for widget in desk.app.screen.query(".keys-by-group")]
        text = " ".join(" ".join(groups).split())
        keys = {action.help: " ".join(shown(key) for key in action.key_list) for action in KEYMAP.of_mode(mode)}
        for help_, pressed in keys.items():
            assert f"{pressed} {help_}" in text
        # What does not fit on a line goes on below its own beginning.
        begun = {line[:18].strip() for group in groups for line in group.splitlines()}
        assert begun <= {*keys.values(), *(action.group[:18] for action in KEYMAP.of_mode(mode)), ""}
        await desk.press("j", "k", "escape")
        assert desk.form == ""
        assert desk.desk.state.mode == mode


@pytest.mark.parametrize("mode", [*WAYS, *DEEPER])
async def test_the_palette_lists_every_action_of_the_mode(mode: str, workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press(*{**WAYS, **DEEPER}[mode])
        assert desk.desk.state.mode == mode
        assert len(desk.app.COMMANDS) == 1, "of several providers Textual mixes the entries"
        listed = [hit.text async for hit in ActionProvider(desk.desk, None).discover()]
        own = [action.help for action in KEYMAP.of_mode(mode) if action.id != "palette"]
        assert listed == [*own, *sorted(command.title for command in desk.app.get_system_commands(desk.desk))]


async def test_textual_s_own_entries_are_found_behind_the_actions(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        listed = [hit.text async for hit in ActionProvider(desk.desk, None).search("the")]
        assert {"the next claim", "Theme"} < set(listed)
        assert listed[-1] == "Theme"


async def test_the_palette_has_one_help_and_one_way_out(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        offered = {command.title for command in desk.app.get_system_commands(desk.desk)}
        assert "Theme" in offered
        assert not {"Keys", "Quit"} & offered


async def test_the_palette_does_what_is_chosen(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("ctrl+p")
        assert isinstance(desk.app.screen, CommandPalette)
        await desk.type("lower the flag")
        options = desk.app.screen.query_one(OptionList)
        for _ in range(1000):
            if options.option_count == 1:
                break
            await desk.pilot.pause()
        assert options.option_count == 1
        await desk.press("enter")
        for _ in range(1000):
            if not desk.form:
                break
            await desk.pilot.pause()
        await desk.until_idle()
        assert "⚑" in desk.panel


async def test_the_key_that_opens_the_palette_leaves_it(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("ctrl+p", "f")
        assert isinstance(desk.app.screen, CommandPalette)
        await desk.press("ctrl+p")
        assert not desk.form


async def test_another_key_for_the_palette_takes_its_place(workbench: Any, library: Library) -> None:
    async with workbench(library(), keys={"palette": "f9 %", "claim.next": "ctrl+p"}) as desk:
        await desk.press("ctrl+p")
        assert desk.desk.state.present == 1
        for key in ("f9", "%"):
            await desk.press(key)
            assert isinstance(desk.app.screen, CommandPalette)
            await desk.press("f9")
            assert not desk.form
        await desk.press("o", "%", "f9", "f9")
        assert desk.app.screen.query_one(Field).value == "%"


async def test_a_key_that_means_nothing_is_said(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        for key, name in (("z", "z"), ("escape", "esc"), ("f5", "f5"), ("ctrl+s", "ctrl+s"), ("insert", "insert")):
            await desk.press(key)
            assert f"{name} means nothing here" in desk.message


async def test_the_users_keys_hold_and_are_shown(workbench: Any, library: Library) -> None:
    async with workbench(library(), keys={"flag": "z", "note": "f"}) as desk:
        await desk.press("z")
        assert "⚑" in desk.panel
        await desk.press("f")
        assert desk.form == "WriteScreen"
        await desk.press("escape", "o")
        assert "means nothing" in desk.message


# Themes


async def test_light_and_dark_change_with_one_key(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        dark = desk.desk.query_one(ArticleView).rich_style.bgcolor
        assert desk.app.current_theme.dark
        await desk.press("f2")
        assert not desk.app.current_theme.dark
        assert desk.desk.query_one(ArticleView).rich_style.bgcolor != dark
        assert desk.desk.query_one(ArticleView).render_line(0).text.strip()


async def test_the_configured_theme_holds(workbench: Any, library: Library) -> None:
    async with workbench(library(), theme="nord") as desk:
        assert desk.app.theme == "nord"


def test_a_theme_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    app = AnnotatorApp(tmp_path / "a.db", "ana", Config(tmp_path / "config.toml", theme="plaid"))
    try:
        with pytest.raises(ConfigError, match="no theme 'plaid'"):
            app.check_theme()
    finally:
        app.worker.close()


# Copying and pasting


async def test_copying_the_claim_and_the_address(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "y")
        assert desk.app.clipboard == "The bridge closed at dawn."
        await desk.press("Y")
        assert desk.app.clipboard == "https://wire.example/bridge"
        await desk.press("]", "Y")
        assert "no address" in desk.message


async def test_a_paste_is_never_keys(workbench: Any, library: Library, decisions: Any) -> None:
    async with workbench(library()) as desk:
        await desk.paste("ssf0p\n")
        assert "a paste means nothing here" in desk.message
        assert desk.claim == 1
    assert decisions() == []


async def test_a_paste_into_a_form_is_text(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("v")
        await desk.paste("https://wire.example/a?b=c")
        assert desk.app.screen.query_one("#question", Field).value == "https://wire.example/a?b=c"


# Nothing that comes from outside steers the terminal or is read as markup

NASTY = "[red]Re[/red]d [/x] \x1b[31mred\x1b]0;title\x07 \u202eback \x9b2J[b]"


async def test_markup_and_escape_sequences_are_shown_and_never_obeyed(
    workbench: Any, library: Library, stored: Stored
) -> None:
    article = Article(
        f"{NASTY}\n\nThe {NASTY} text goes on.\n",
        f"{NASTY}.txt",
        Publication(title=NASTY, publisher=NASTY, url="https://wire.example/x"),
    )
    plain = replace(article)
    async with workbench(library(plain), place="", reviewer="[red]ana", size=(120, 40)) as desk:
        seen = [desk.screen]
        await desk.press("enter", "j", "f", "o")
        await desk.type("[red]x")
        await desk.press("ctrl+s", "v")
        await desk.type("[/b]q")
        await desk.press("ctrl+s")
        seen.append(desk.screen)
        for keys in (("h",), ("escape", "v"), ("escape", "e"), ("q", "/")):
            await desk.press(*keys)
            seen.append(desk.screen)
            seen += desk.read("Static")
            seen.append(desk.app.export_screenshot(simplify=True))
        await desk.press("escape")
    for text in seen:
        for character in "\x1b\x07\x9b\u202e":
            assert character not in text
    assert "[red]Re[/red]d" in seen[1]
    assert "␛[31mred" in seen[1]
    assert "[red]ana" in seen[1]
    assert "[red]x" in seen[1]


async def test_what_is_said_of_a_nasty_find_is_neutral(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("/")
        await desk.paste("[red]\x1b[31m\u202e")
        await desk.press("enter")
        assert "nowhere: [red]" in desk.message
        assert not set("\x1b\u202e") & set(desk.screen)
