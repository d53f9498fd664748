"""How long, and on how much, the reading of one page may work: an odd page is one failed row, not a hanging import.

The libraries underneath cannot be interrupted, so they work in a process of its own, which is ended where it is late.
It is started with the first page and goes on with the next ones: what it loads is not loaded here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from annotator.errors import ImportFailure

MOST_ELEMENTS = 200_000
SECONDS = 60.0
_AS_WHAT = {"page": "page cannot be read as HTML", "PDF": "PDF cannot be read: it may be broken, or locked"}
_TOO_MUCH = "save the article's text and import that"

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the work gave, or the origin, reason and place of its failure, or the name of what it raised."""

    found: Any = None
    failure: tuple[str, str, str] | None = None
    error: str = ""


class _Reader:
    """The process that works, for the process that started it."""

    def __init__(self) -> None:
        # Started anew and not forked: this process may have threads and an open database.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), name="page reader", daemon=True)
        self.process.start()
        theirs.close()
        self.owner = os.getpid()

    def end(self) -> None:
        """End it, whatever it is doing."""
        self.connection.close()
        self.process.kill()
        self.process.join()


_readers: list[_Reader] = []
"""The one that works now, or none."""


def _serve(connection: Connection) -> None:
    # Ctrl-C is for the import, which ends this process when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            work, arguments = connection.recv()
        except EOFError:
            return
        connection.send(_answer(work, arguments))


def _answer(work: Callable[..., Any], arguments: tuple[Any, ...]) -> _Answer:
    try:
        return _Answer(work(*arguments))
    except ImportFailure as failure:
        return _Answer(failure=(failure.origin, failure.reason, failure.place))
    # A third-party boundary: trafilatura and lxml name no errors for pages that they cannot read.
    except Exception as error:  # noqa: BLE001 - raised again as the page's failure, where it is waited for
        return _Answer(error=type(error).__name__)


def within_limits(
    origin: str, work: Callable[..., Found], *arguments: object, seconds: float | None = None, what: str = "page"
) -> Found:
    """What a function gives for these arguments; raises ImportFailure where it fails or takes longer (SECONDS).

    It works in another process, so it is a module's own, and the arguments, and what it gives, are such as can be
    pickled. `what` is read, in a message.
    """
    seconds = SECONDS if seconds is None else seconds
    try:
        answer = _answered(work, arguments, seconds)
    except TimeoutError as error:
        raise ImportFailure(origin, f"the {what} is not read within {seconds:g} seconds: {_TOO_MUCH}") from error
    except (EOFError, OSError) as error:
        raise ImportFailure(origin, f"the {_AS_WHAT[what]} (its reader broke down): {_TOO_MUCH}") from error
    if answer.failure is not None:
        raise ImportFailure(*answer.failure)
    if answer.error:
        raise ImportFailure(origin, f"the {_AS_WHAT[what]} ({answer.error}): {_TOO_MUCH}")
    found: Found = answer.found
    return found


def _answered(work: Callable[..., object], arguments: tuple[object, ...], seconds: float) -> _Answer:
    reader = _reader()
    try:
        reader.connection.send((work, arguments))
        if not reader.connection.poll(seconds):
            raise TimeoutError
        answer: _Answer = reader.connection.recv()
    except BaseException:
        # Interrupted, it would give the next page this one's answer.
        _readers.clear()
        reader.end()
        raise
    return answer


def _reader() -> _Reader:
    known = next(iter(_readers), None)
    if known is not None and known.owner == os.getpid() and known.process.is_alive():
        return known
    _readers[:] = [_Reader()]
    return _readers[0]


def check_size(tree: Any, origin: str) -> None:
    """Raise ImportFailure for a tree of too many elements."""
    count = sum(1 for _ in tree.iter())
    if count > MOST_ELEMENTS:
        raise ImportFailure(origin, f"the page has {count} elements, more than {MOST_ELEMENTS}: {_TOO_MUCH}")
