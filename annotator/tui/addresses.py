"""Following a web address from a list: opened in a browser, else copied, and what to say of that."""

from __future__ import annotations

from typing import Any

from textual.app import App

from annotator.errors import AnnotatorError
from annotator.tui.browsing import NO_BROWSER, NotOpened, open_address, over_ssh


def follow(app: App[Any], address: str, *, copied: bool) -> tuple[str, bool]:
    """Open an address, or copy it where that is wanted or there is no browser; what to say, and whether it is wrong."""
    if not address:
        return "there is no such address", True
    if copied:
        return _copy(app, address), False
    try:
        return open_address(address, app.suspend), False
    except NotOpened as reason:
        return _copy(app, address, "" if str(reason) == NO_BROWSER and not over_ssh() else f"{reason}: "), False
    except AnnotatorError as error:
        return str(error), True


def _copy(app: App[Any], address: str, why: str = "") -> str:
    app.copy_to_clipboard(address)
    where = "a browser on your own machine" if over_ssh() else "a browser"
    return f"{why}copied, if your terminal allows it: paste it into {where}"
