"""A process that has a sentence-embedding model loaded: what loading it takes is taken from no key.

It is started when it is first needed, works behind everything else, and ends with the program.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any

from annotator.errors import AnnotatorError, ConfigError
from annotator.processes import WorkProcess

_ASK_AGAIN = 0.05
"""Seconds between two looks at whether what is waited for is still wanted."""

_LAST = 10
"""How far the process stands behind others (https://man7.org/linux/man-pages/man2/nice.2.html)."""


class ModelHelper:
    """Calls functions in that process, for one thread."""

    def __init__(self) -> None:
        self._process: WorkProcess | None = None
        self._running: Future[Any] | None = None

    def call(self, over: Callable[[], bool], function: Callable[..., Any], *arguments: object) -> Any:
        """What the function gives over there; raises ConfigError where it gives nothing, or is `over` before it does.

        Whoever waits can go at once. The process goes on, and answers the next call when it has done this one.
        """
        if self._running is not None:
            _waited_for(self._running, over)
        answer: Future[Any] = Future()
        self._running = answer
        # A daemon: it keeps no program from ending.
        Thread(target=self._answer, args=(answer, function, arguments), daemon=True).start()
        _waited_for(answer, over)
        error = answer.exception()
        if isinstance(error, AnnotatorError):
            raise error
        # The boundary of a process and of libraries that raise what their many parts raise.
        if error is not None:
            raise ConfigError(f"the model cannot be asked ({type(error).__name__})") from error
        return answer.result()

    def _answer(self, answer: Future[Any], function: Callable[..., Any], arguments: tuple[object, ...]) -> None:
        try:
            if self._process is None or not self._process.usable:
                self._process = WorkProcess()
                if hasattr(os, "nice"):
                    self._process.call(os.nice, _LAST)
            answer.set_result(self._process.call(function, *arguments))
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            answer.set_exception(error)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.end()


HELPER = ModelHelper()
"""That of the workbench."""


def _waited_for(answer: Future[Any], over: Callable[[], bool]) -> None:
    while True:
        try:
            answer.exception(_ASK_AGAIN)
        except TimeoutError:
            if over():
                raise ConfigError("what was asked of the model is not wanted any more") from None
        else:
            return
