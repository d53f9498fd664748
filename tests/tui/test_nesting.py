"""Stepping into what is nested in an attribution and out again, wherever in the article it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.model.article import Article

Library = Callable[..., Path]
REPORTED = Article(
    "Port to close\n\nReuters reported that Bali said the port would close. It rained.\n\n"
    "The mayor said: “We were told that the ferry stops. The union said the pay is late. Nobody knows.”\n",
    "port.txt",
)
RELAYED, MAYOR, UNION, LAST = 2, 4, 5, 6


def says(panel: str) -> str:
    return panel.split("Says")[1].splitlines()[0]


@pytest.mark.parametrize("first", [[], ["enter", "u", "u"], [";"], ["enter", "up"]])
async def test_the_nested_one_is_shown_whether_either_is_suggested_or_kept(
    workbench: Any, library: Library, first: list[str]
) -> None:
    path = library(REPORTED, suggested=False)
    async with workbench(path, place=REPORTED.id, size=(120, 40), advance=False) as desk:
        await desk.press("j", *first)
        while desk.claim != RELAYED:
            await desk.press("j")
        if "Reuters" not in says(desk.panel):
            await desk.press(",")
        assert "Reuters" in says(desk.panel)
        await desk.press(".")
        assert (desk.claim, "Bali" in says(desk.panel)) == (RELAYED, True)
        await desk.press(".")
        assert "nothing is nested in it" in desk.message
        await desk.press(",")
        assert "Reuters" in says(desk.panel)
        assert desk.message == ""


@pytest.mark.parametrize("start", [MAYOR, LAST])
@pytest.mark.parametrize("accepted", [False, True])
async def test_what_is_nested_in_another_claim_is_gone_to(
    workbench: Any, library: Library, start: int, *, accepted: bool
) -> None:
    path = library(REPORTED, suggested=False)
    async with workbench(path, place=REPORTED.id, size=(120, 40), advance=False) as desk:
        await desk.press(*["j"] * (start - 1), *([";"] if accepted else []))
        assert "The mayor" in says(desk.panel)
        await desk.press(".")
        assert desk.claim == UNION
        assert "The union" in says(desk.panel)
        assert f"in claim {UNION}" in desk.message
        await desk.press(",")
        assert "The mayor" in says(desk.panel)
        # What is shown is what the next key acts on.
        await desk.press(".", ";")
        assert "attribution kept" in desk.message


async def test_without_an_attribution_there_is_nothing_to_step_into(workbench: Any, library: Library) -> None:
    path = library(REPORTED, suggested=False)
    async with workbench(path, place=REPORTED.id) as desk:
        await desk.press(".")
        assert "there is no attribution here" in desk.message
