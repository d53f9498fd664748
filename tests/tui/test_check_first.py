from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Library = Callable[..., Path]
HIGHEST = 2
"""The one claim of the bridge that is suggested as check-worthy."""


async def test_check_first_goes_to_what_is_worth_it_most_and_space_on_from_there(
    workbench: Any, library: Library
) -> None:
    async with workbench(library()) as desk:
        await desk.press("F")
        assert desk.claim == HIGHEST + 1
        assert "check first" in desk.message
        await desk.press("space")
        assert desk.claim == 2
        await desk.press("F", "space")
        assert desk.claim == HIGHEST + 1


async def test_with_the_setting_an_article_opens_at_what_to_check_first(workbench: Any, library: Library) -> None:
    async with workbench(library(), check_first=True) as desk:
        assert desk.claim == HIGHEST + 1
