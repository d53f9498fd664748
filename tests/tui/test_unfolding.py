from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from annotator.model.article import Article
from annotator.model.judgement import Judgement
from annotator.store import open_store
from annotator.tui.actions.deciding import decide_here
from annotator.workflow import judging

LONG = Article(
    "Ramp at Sela\n\nThe ramp opened, "
    + ", ".join(f"clause number {number} of a sentence that has no end" for number in range(60))
    + ". It held.\n",
    "ramp.txt",
)
LAST_WORDS = "clause number 59 of a sentence that has no end."
NOTE = "First line.\nSecond line, " + "and so on, " * 40 + "to the very last word."
SIZES = [(80, 24), (60, 20), (40, 12), (120, 40), (100, 24), (200, 60)]

Library = Callable[..., Path]


async def pages(desk: Any) -> list[str]:
    """What the panel shows from one press of the key to the next, until it is folded again."""
    found: list[str] = []
    for _ in range(60):
        await desk.press("asterisk")
        if not desk.desk.state.unfolded:
            return found
        found.append(desk.panel)
    raise AssertionError("the panel is never folded again")


def words(shown: list[str]) -> str:
    return " ".join(" ".join(page.split("\n", 1)[1].replace("\n", " ") for page in shown).split())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_the_panel_has_no_room_for_is_unfolded_page_by_page(
    workbench: Any, library: Library, size: tuple[int, int]
) -> None:
    async with workbench(library(LONG), place=LONG.id, size=size) as desk:
        await desk.press("home", "j")
        for planner, argument in (
            (judging.verdict, "supported"),
            (judging.note, NOTE),
            (judging.restatement, "R" * 300),
        ):
            decide_here(desk.desk.context, planner, argument)
            await desk.until_idle()
        evidence = {"question": "Did it? " * 9, "answer": "It did.", "passage": "“Open,” a sign " * 9}
        decide_here(desk.desk.context, judging.evidence, evidence)
        await desk.until_idle()
        before = desk.screen
        whole = words(await pages(desk))
        assert LAST_WORDS in whole
        assert "First line. Second line," in whole
        assert "to the very last word." in whole
        assert whole.count("“Open,” a sign") == 9
        assert desk.screen == before


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_panel_says_with_which_key_there_is_more_and_only_then(
    workbench: Any, library: Library, size: tuple[int, int]
) -> None:
    async with workbench(library(LONG), place=LONG.id, size=size) as desk:
        await desk.press("home", "j")
        assert " * more " in desk.panel.splitlines()[0]
    async with workbench(library(), size=(80, 24)) as desk:
        await desk.press("home")
        assert "more" not in desk.panel


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_worth_and_verdict_are_seen_however_little_room_there_is(
    workbench: Any, library: Library, size: tuple[int, int]
) -> None:
    async with workbench(library(), size=size) as desk:
        await desk.press("home", "j", "j")
        for question in ("Was it full?", "Who says so?", "How full?"):
            decide_here(desk.desk.context, judging.evidence, {"question": question, "passage": "So many\n" * 9})
            await desk.until_idle()
        rows = [line.split()[0] for line in desk.panel.splitlines() if line.strip()]
        assert "Worth" in rows
        assert "Verdict" in rows


async def test_room_that_is_left_is_taken_by_what_would_be_left_out(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("home")
        evidence = {"question": "Did it?", "answer": "It did.", "passage": "\n".join(f"Sign {n}" for n in range(20))}
        decide_here(desk.desk.context, judging.evidence, evidence)
        await desk.until_idle()
        title, *rows = desk.panel.splitlines()
        assert " * more " in title
        assert not [row for row in rows if not row]
        assert "Sign 0" in desk.panel
        assert "Sign 19" not in desk.panel


async def test_another_claim_or_mode_folds_the_panel(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        for key, back in (("j", "k"), ("e", "q"), ("q", "q")):
            await desk.press("asterisk")
            assert desk.shows("#article") == ""
            assert "bridge closed at dawn" in desk.panel or "Bridge at Sela" in desk.panel
            await desk.press(key, back)
            assert desk.shows("#article")


async def test_deciding_on_an_unfolded_claim_works_as_ever(workbench: Any, library: Library) -> None:
    async with workbench(library()) as desk:
        await desk.press("home", "j", "asterisk", "f", "asterisk", "2")
        assert desk.desk.state.review.judgement(desk.desk.state.claim) == Judgement(worth="2", flag=True)


async def test_what_is_being_marked_is_unfolded_too(workbench: Any, library: Library) -> None:
    async with workbench(library(LONG), place=LONG.id) as desk:
        await desk.press("home", "j", "e", *"J", "d")
        assert LAST_WORDS not in words([desk.panel])
        assert LAST_WORDS in words(await pages(desk))


async def test_another_key_can_unfold(workbench: Any, library: Library) -> None:
    async with workbench(library(LONG), place=LONG.id, keys={"unfold": "f4"}) as desk:
        await desk.press("home", "j")
        assert " f4 more " in desk.panel.splitlines()[0]


@pytest.mark.parametrize("size", [(60, 20), (60, 9), (40, 8), (20, 6)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_little_screens_break_nothing(workbench: Any, library: Library, size: tuple[int, int]) -> None:
    async with workbench(library(LONG), place=LONG.id, size=size) as desk:
        await desk.press(
            "home", "j", "asterisk", "asterisk", "k", "j", "e", "asterisk", "asterisk", "q", "question_mark"
        )
        await desk.press("escape", "q", "enter")
        assert (desk.desk.state.present, desk.form) == (1, "")


@pytest.mark.parametrize(("size", "longest"), [((80, 24), 77), ((120, 40), 72), ((200, 60), 88), ((240, 60), 88)])
async def test_an_articles_lines_are_never_too_long_to_read(
    workbench: Any, library: Library, size: tuple[int, int], longest: int
) -> None:
    async with workbench(library(LONG), place=LONG.id, size=size) as desk:
        lines = [cell_len(line[2:]) for line in desk.shows("#article").splitlines()]
        assert longest - 12 < max(lines) <= longest


async def test_a_panel_with_room_to_spare_says_what_the_values_mean(workbench: Any, library: Library) -> None:
    async with workbench(library(), size=(200, 60)) as desk:
        assert "The evidence contradicts" in desk.panel
        for label in ("Worth", "Verdict"):
            (line,) = [line for line in desk.panel.splitlines() if line[1:10].strip() == label]
            assert line[10:].strip(), "the guide's headings are no empty rows of the card"
        await desk.press("e")
        assert "The evidence contradicts" not in desk.panel
        await desk.press("q")
        await desk.resize(240, 60)
        heading = next(line for line in desk.panel.splitlines() if "The values of worth checking" in line)
        assert heading.index("The values of worth checking") > 88
        await desk.resize(80, 24)
        assert "The evidence contradicts" not in desk.panel


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_long_message_is_read_whole_and_gives_its_room_back(
    workbench: Any, library: Library, size: tuple[int, int]
) -> None:
    said = "the name " + "of a file that is far away " * 6 + "cannot be read: choose another"
    async with workbench(library(), size=size) as desk:
        height = desk.desk.query_one("#article").size.height
        desk.desk.state.say(said, "wrong")
        desk.desk.paint()
        await desk.painted()
        assert " ".join(desk.shows("#message").split()) == f"✗ {said}"
        assert len(desk.shows("#keys").splitlines()) == 2
        await desk.resize(200, 30)
        assert " ".join(desk.shows("#message").split()) == f"✗ {said}"
        await desk.resize(*size)
        desk.desk.state.say("")
        desk.desk.paint()
        await desk.painted()
        assert desk.desk.query_one("#article").size.height == height


async def test_what_an_empty_queue_says_is_read_whole(workbench: Any, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    open_store(path).close()
    async with workbench(path, place="", size=(40, 20)) as desk:
        assert "run: annotator import FILE, FOLDER or ADDRESS" in " ".join(desk.shows("#queue").split())
