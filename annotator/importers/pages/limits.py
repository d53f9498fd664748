"""How long, and on how much, the reading of one page may work: an odd page is one failed row, not a hanging import.

The libraries underneath cannot be interrupted, so they work in a process of its own, which is ended where it is late.
It is started with the first page and goes on with the next ones: what it loads is not loaded here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from annotator.errors import ImportFailure
from annotator.processes import ProcessBrokeDown, WorkProcess

MOST_ELEMENTS = 200_000
SECONDS = 60.0
_AS_WHAT = {"page": "page cannot be read as HTML", "PDF": "PDF cannot be read: it may be broken, or locked"}
_TOO_MUCH = "save the article's text and import that"

Found = TypeVar("Found")

_readers: list[WorkProcess] = []
"""The one that reads pages now, or none."""


def within_limits(
    origin: str, work: Callable[..., Found], *arguments: object, seconds: float | None = None, what: str = "page"
) -> Found:
    """What a function gives for these arguments; raises ImportFailure where it fails or takes longer (SECONDS).

    It works in another process, so it is a module's own, and the arguments, and what it gives, are such as can be
    pickled. `what` is read, in a message.
    """
    seconds = SECONDS if seconds is None else seconds
    try:
        return _reader().call(work, *arguments, seconds=seconds)
    except ImportFailure:
        raise
    except TimeoutError as error:
        raise ImportFailure(origin, f"the {what} is not read within {seconds:g} seconds: {_TOO_MUCH}") from error
    except ProcessBrokeDown as error:
        raise ImportFailure(origin, f"the {_AS_WHAT[what]} (its reader broke down): {_TOO_MUCH}") from error
    # A third-party boundary: trafilatura and lxml name no errors for pages that they cannot read.
    except Exception as error:
        raise ImportFailure(origin, f"the {_AS_WHAT[what]} ({type(error).__name__}): {_TOO_MUCH}") from error


def _reader() -> WorkProcess:
    if not _readers or not _readers[0].usable:
        _readers[:] = [WorkProcess()]
    return _readers[0]


def check_size(tree: Any, origin: str) -> None:
    """Raise ImportFailure for a tree of too many elements."""
    count = sum(1 for _ in tree.iter())
    if count > MOST_ELEMENTS:
        raise ImportFailure(origin, f"the page has {count} elements, more than {MOST_ELEMENTS}: {_TOO_MUCH}")
