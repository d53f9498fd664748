"""How long, and on how much, the reading of one page may work: an odd page is one failed row, not a hanging import."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from annotator.errors import ImportFailure

MOST_ELEMENTS = 200_000
SECONDS = 60.0
_AS_WHAT = {"page": "page cannot be read as HTML", "PDF": "PDF cannot be read: it may be broken, or locked"}
_TOO_MUCH = "save the article's text and import that"

Found = TypeVar("Found")


def within_limits(origin: str, work: Callable[[], Found], seconds: float = SECONDS, what: str = "page") -> Found:
    """What the work gives; raises ImportFailure where it fails, or takes longer than that many seconds.

    `what` is read, in a message.

    The libraries underneath cannot be interrupted, so work that is late goes on by itself, on a thread that ends
    with the program, and what it finds is not used.
    """
    given: list[Found] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            given.append(work())
        # A third-party boundary: trafilatura and lxml name no errors for pages that they cannot read.
        except Exception as error:  # noqa: BLE001 - raised again on the caller's thread, as the page's failure
            failed.append(error)

    thread = threading.Thread(target=run, name="page", daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        if isinstance(failed[0], ImportFailure):
            raise failed[0]
        name = type(failed[0]).__name__
        raise ImportFailure(origin, f"the {_AS_WHAT[what]} ({name}): {_TOO_MUCH}") from failed[0]
    if not given:
        raise ImportFailure(origin, f"the {what} is not read within {seconds:g} seconds: {_TOO_MUCH}")
    return given[0]


def check_size(tree: Any, origin: str) -> None:
    """Raise ImportFailure for a tree of too many elements."""
    count = sum(1 for _ in tree.iter())
    if count > MOST_ELEMENTS:
        raise ImportFailure(origin, f"the page has {count} elements, more than {MOST_ELEMENTS}: {_TOO_MUCH}")
