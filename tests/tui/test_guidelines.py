from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Markdown, Static

from annotator.model.judgement import CONTENT
from annotator.model.review import ArticleReview
from annotator.model.scheme import Scheme, default_scheme, shipped_scheme
from annotator.store import open_store
from annotator.workflow import judging, schemes
from annotator.workflow.config import load_config
from annotator.workflow.session import ReviewSession

Library = Callable[..., Path]
Stored = Callable[..., ArticleReview]

PAGE = """# House rules

Ask [the desk](https://desk.example/a?b=('x')) first. [bold]not markup[/bold] \x1b[31m

![picture](/etc/hostname)

| key | meaning |
| --- | --- |
| one | cell of a table |
"""


def use(path: Path, scheme: Scheme) -> None:
    with closing(open_store(path)) as store:
        schemes.use_scheme(store, scheme, None)


def attach(path: Path, name: str, text: str) -> None:
    file = path.parent / name
    file.write_text(text, encoding="utf-8")
    with closing(open_store(path)) as store:
        schemes.attach_page(store, file, None)


def read(desk: Any) -> str:
    return "\n".join(str(widget.render()) for widget in desk.app.screen.query(Static))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_key_shows_what_the_values_mean_and_closes_it_again(
    workbench: Any, library: Library, size: tuple[int, int]
) -> None:
    async with workbench(library(), size=size) as desk:
        await desk.press("j", "j", "s", "G")
        assert desk.form == "GuidelinesScreen"
        shown = read(desk)
        for value in (*default_scheme().worth, *default_scheme().voice, *default_scheme().verdict):
            assert f" {value.key}  {value.name}" in shown
            assert value.definition in shown
            assert all(example in shown for example in value.examples)
        assert "needs a reason: 1 conflicting evidence" in shown
        assert [line for line in shown.splitlines() if "✓" in line] == [
            " 2  check-worthy ✓ chosen",
            " s  supported ✓ chosen",
        ]
        await desk.press("j", "k", "right", "G")
        assert desk.form == ""


async def test_it_shows_in_the_queue_and_while_marking_too(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        for keys in (["q"], ["q", "e"]):
            await desk.press(*keys, "G")
            assert desk.form == "GuidelinesScreen"
            await desk.press("escape")
            assert desk.form == ""


async def test_pages_of_one_s_own_are_read_behind_it_and_no_link_is_opened(
    workbench: Any, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library()
    attach(path, "rules.md", PAGE)
    attach(path, "second.md", "Only words.")
    async with workbench(path, size=(120, 40)) as desk:
        opened: list[str] = []
        monkeypatch.setattr(desk.app, "open_url", lambda url, **_: opened.append(url))
        await desk.press("G")
        assert "annotator-default@1  1\xa0of\xa03" in desk.read(".form-title")[0]
        await desk.press("right")
        assert desk.read(".form-title") == ["House rules  2\xa0of\xa03"]
        page = desk.app.screen.query_one(Markdown)
        words = "\n".join(str(block.render()) for block in page.query("MarkdownParagraph"))
        assert "[bold]not markup[/bold] ␛[31m" in words
        assert "Ask the desk first." in words
        cell = next(part for part in page.query(Static) if str(part.render()) == "cell of a table")
        assert cell.size.height == 1
        page.post_message(Markdown.LinkClicked(page, "https://desk.example/"))
        paragraph = page.query("MarkdownParagraph").first()
        region = paragraph.content_region
        await desk.pilot.click(offset=(region.x + 6, region.y))
        await desk.until_idle()
        assert opened == []
        await desk.press("l")
        assert desk.read(".form-title") == ["second.md  3\xa0of\xa03"]
        await desk.press("right", "left", "left")
        assert "1\xa0of\xa03" in desk.read(".form-title")[0]


async def test_the_keys_are_those_of_the_project_s_scheme(workbench: Any, library: Library, stored: Stored) -> None:
    path = library()
    use(path, shipped_scheme("politifact-6"))
    async with workbench(path, place="") as desk:
        await desk.press("enter", "j", "7")
        assert "verdict: half true" in desk.message
        assert "half true · no evidence" in desk.panel
        assert "pants on fire" not in desk.panel
        await desk.press("s")
        assert "s means nothing here" in desk.message
    verdict = stored().verdict(stored().claims[1])
    assert verdict is not None
    assert verdict.value == "half-true"


async def test_reasons_are_asked_for_where_the_project_s_scheme_has_them(workbench: Any, library: Library) -> None:
    path = library()
    scheme = default_scheme()
    reasons = scheme.verdict_value("mixed").reasons
    verdicts = (replace(scheme.verdict[0], reasons=reasons), *scheme.verdict[1:])
    use(path, replace(scheme, verdict=verdicts))
    async with workbench(path) as desk:
        await desk.press("j", "s")
        assert "why?" in desk.message
        await desk.press("2")
        assert "supported: missing context" in desk.panel


async def test_where_evidence_is_required_it_is_asked_for_and_settles_the_claim(
    workbench: Any, library: Library, stored: Stored
) -> None:
    path = library()
    use(path, shipped_scheme("averitec-4"))
    async with workbench(path) as desk:
        await desk.press("j", "a", "s")
        assert desk.claim == 2
        assert "supported · needs evidence" in desk.panel
        assert "awaiting verdict" in desk.panel
        assert desk.shows("#keys").splitlines()[0].startswith(" v evidence")
        await desk.press("v")
        await desk.type("was it?")
        await desk.press("ctrl+s")
        assert desk.claim == 3
    assert stored().evidence[0].target == CONTENT


async def test_what_the_scheme_no_longer_has_is_shown_as_such(workbench: Any, library: Library, ids: Any) -> None:
    path = library()
    with closing(open_store(path)) as store:
        ana = ReviewSession(store, "ana")
        claims = ana.open(ids["bridge"])[0].claims
        ana.apply(judging.worth, claims[0], "1")
        ana.apply(judging.worth, claims[0], "0")
        ana.apply(judging.verdict, claims[1], "mixed")
        ana.apply(judging.reason, claims[1], "conflict")
        ana.apply(judging.verdict, claims[1], "refuted")
    scheme = default_scheme()
    use(path, replace(scheme, worth=(scheme.worth[0], scheme.worth[2]), verdict=scheme.verdict[:2]))
    async with workbench(path, size=(120, 40)) as desk:
        await desk.press("home", "u", "u")
        assert desk.claim == 2
        assert "mixed (not in this scheme)" in desk.panel
        await desk.press("G", "escape", "h", "escape", "u", "u", "u", "u")
        assert desk.claim == 1
        assert "1 (not in this scheme)" in desk.panel
        await desk.press("A", "0")
        assert "0 no factual claim" in desk.panel


async def test_a_scheme_that_is_changed_meanwhile_stops_decisions_and_nothing_else(
    workbench: Any, library: Library, stored: Stored
) -> None:
    path = library()
    async with workbench(path) as desk:
        use(path, shipped_scheme("fever-3"))
        await desk.press("j", "2")
        assert "the project's scheme is fever-3@1 now: quit and start again" in desk.message
        await desk.press("j")
        assert desk.claim == 3
    assert not stored().judgements


async def test_a_colour_of_one_s_own_is_shown(workbench: Any, library: Library) -> None:
    path = library()
    scheme = default_scheme()
    use(path, replace(scheme, verdict=(replace(scheme.verdict[0], colour="#12ab34"), *scheme.verdict[1:])))
    async with workbench(path) as desk:
        await desk.press("j", "s")
        widget = desk.desk.query_one("#claim")
        found = {
            str(segment.style.color.get_truecolor().hex)
            for y in range(widget.size.height)
            for segment in widget.render_line(y)
            if segment.style and segment.style.color and "supported" in segment.text
        }
        assert found == {"#12ab34"}


def test_keys_for_another_project_s_values_do_not_make_the_configuration_wrong(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[keys]\n"verdict.half-true" = "z"\n', encoding="utf-8")
    config = load_config(tmp_path / "config.toml", {"accept"})
    assert config.keys == {"verdict.half-true": "z"}
