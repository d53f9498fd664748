"""A paste is one event and never keys, whatever it holds.

Textual (8.2.8) goes on looking for escape sequences inside a bracketed paste, and sends those that it does not know as
key presses: coloured output of a program, pasted while reviewing, would take decisions. Most terminals take such
characters out of a paste; tmux and some others do not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

_ESCAPE = "\x1b"
_BEGIN, _END = "\x1b[200~", "\x1b[201~"


class PasteFilter:
    """What a terminal sends, without the escape characters inside pastes; a paste may come in any number of pieces."""

    def __init__(self) -> None:
        self._inside = False
        self._held, self._gone = "", 0

    def passed(self, data: str) -> str:
        """What of the data goes on to the parser now; what may be half of the end of a paste waits for the next.

        What may be half of its beginning goes on, because it may be a key, and is remembered.
        """
        text, gone = self._held + data, self._gone
        self._held, self._gone = "", 0
        pieces: list[str] = []
        while text:
            mark = _END if self._inside else _BEGIN
            before, found, text = text.partition(mark)
            if not found:
                half = len(before) - _half(before, mark)
                self._held = before[half:]
                if self._inside:
                    before = before[:half]
                else:
                    self._gone = len(self._held)
            pieces += [before.replace(_ESCAPE, "") if self._inside else before, found]
            self._inside = self._inside != bool(found)
        return "".join(pieces)[gone:]


def _half(text: str, mark: str) -> int:
    """How many of the last characters of a text are the beginning of a mark."""
    return next((length for length in range(len(mark) - 1, 0, -1) if text.endswith(mark[:length])), 0)


def keep_pastes_whole() -> None:
    """Put the filter before the parser of Textual's driver for terminals; nothing is done where that has none."""
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    parser: Any = vars(linux_driver).get("XTermParser")
    if parser is None or issubclass(parser, _Filtered):
        return
    vars(linux_driver)["XTermParser"] = type("FilteredParser", (_Filtered, parser), {})


class _Filtered:
    """The part of the parser that is ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._filter = PasteFilter()

    def feed(self, data: str) -> Iterable[Any]:
        """Parse what the filter lets through; an empty text is the end of the input, and only that."""
        passed = self._filter.passed(data)
        parent: Any = super()
        return parent.feed(passed) if passed or not data else ()
