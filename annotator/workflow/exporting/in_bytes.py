"""Exports put together of bytes: what stands before, between and behind what articles add is that of an export of none.

For the formats that say `by_article` where that is added. It is done in the two steps of a format that is `InRows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from annotator.exporters import ExportOptions, Files, Format, Losses
from annotator.model.record import ClaimRecord

Added: TypeAlias = tuple[str, bytes]
"""The path of a file, and all of it or what is added to it."""


class InBytes:
    """One format with these options."""

    def __init__(self, format_: Format, options: ExportOptions) -> None:
        self._format = format_
        self._of_nothing = self._all_of((), options, Losses())

    def made(self, records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[Added]:
        """What the records of one batch add."""
        files = self._all_of(records, options, losses)
        if self._format.by_article == "files":
            yield from files[len(self._of_nothing) :]
            return
        opening, closing = self._frame()
        path, content = files[-1]
        body = content.removeprefix(opening).removesuffix(closing)
        yield path, body.removesuffix(b"\n") if self._format.by_article == "list" else body

    def written(self, added: Iterable[Added], _options: ExportOptions, _losses: Losses) -> Files:
        """All files, of what the batches add in their order."""
        if self._format.by_article == "files":
            yield from ((path, [content]) for path, content in self._of_nothing)
            yield from ((path, [content]) for path, content in added)
            return
        *before, (last, _) = self._of_nothing
        yield from ((path, [content]) for path, content in before)
        yield last, self._pieces(added)

    def _all_of(
        self, records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
    ) -> list[tuple[str, bytes]]:
        files = self._format.write(records, options, losses)
        return [(path, b"".join(chunks)) for path, chunks in files]

    def _frame(self) -> tuple[bytes, bytes]:
        """What stands before all records in the last file, and what stands behind them."""
        _, frame = self._of_nothing[-1]
        if self._format.by_article == "lines":
            return frame, b""
        opening, closing = frame.rsplit(b"]", 1)
        return opening.rstrip(b"\n"), b"]" + closing

    def _pieces(self, added: Iterable[Added]) -> Iterator[bytes]:
        opening, closing = self._frame()
        is_list = self._format.by_article == "list"
        numbering = [_Numbering(pattern) for pattern in self._format.numbered]
        yield opening
        some = False
        for _, body in added:
            for numbers in numbering:
                body = numbers.going_on(body)
            if body:
                yield b"," + body if is_list and some else body
                some = True
        if is_list:
            _, frame = self._of_nothing[-1]
            yield b"\n" + closing if some else frame.removeprefix(opening)


class _Numbering:
    """Numbers that count through a file from 1, of which each batch begins anew."""

    def __init__(self, pattern: str) -> None:
        self._numbers = re.compile(pattern.encode())
        self._before = self._reached = 0

    def going_on(self, body: bytes) -> bytes:
        """What a batch adds, with the numbers that follow those before it."""
        self._before = self._reached
        return self._numbers.sub(self._moved, body)

    def _moved(self, match: re.Match[bytes]) -> bytes:
        # Patterns that begin with what stands before are searched many times as fast as those that look behind.
        number = self._before + int(match[2])
        self._reached = max(self._reached, number)
        return b"%b%d" % (match[1], number)
