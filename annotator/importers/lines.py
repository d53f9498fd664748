"""The lines of a file of any size, one at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field

from annotator.errors import ImportFailure
from annotator.importers.decoding import HOW_TO_READ, Encoding, Source, encoding_of
from annotator.importers.draft import place_of
from annotator.importers.options import ImportOptions
from annotator.model.late import dataclass

_SAMPLE = 262_144
# What Python makes of bytes that are not in the encoding.
_BROKEN = re.compile("[\udc80-\udcff]")
# A character may take six in JSON's escapes, and a row has more fields than its text.
_TIMES_ARTICLE = 8


def longest_line(options: ImportOptions) -> int:
    """The limit for one line (characters), so that one article within its limit always passes."""
    return _TIMES_ARTICLE * options.max_bytes + 65_536


@dataclass(slots=True)
class Lines:
    """An iterator over lines, each with its line break; `number` counts from 1.

    It raises ImportFailure for a line that cannot be decoded or is too long, and goes on with the next when it is
    asked again. Lines that are `put_back` come once more.
    """

    origin: str
    text: io.TextIOWrapper
    encoding: Encoding
    longest: int
    number: int = 0
    again: list[str] = field(default_factory=list)

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if self.again:
            self.number += 1
            return self.again.pop()
        self.number += 1
        line = self._read()
        if not line:
            self.number -= 1
            raise StopIteration
        if len(line) >= self.longest and not line.endswith(("\n", "\r")):
            while (rest := self._read()) and not rest.endswith(("\n", "\r")):
                pass
            raise self.failure(f"a line of more than {self.longest} characters: is this one article a line?")
        broken = None if line.isascii() else _BROKEN.search(line)
        if broken:
            at = len(line[: broken.start()].encode(self.encoding.name, "surrogateescape"))
            raise self.failure(self.unreadable(f" at byte {at} of the line (0x{ord(broken[0]) - 0xDC00:02X})"))
        return line

    def _read(self) -> str:
        try:
            return self.text.readline(self.longest)
        except UnicodeError as error:
            # Only those of UTF-16 and the like come here, which cannot go on behind what they cannot read.
            self.text.seek(0, io.SEEK_END)
            raise self.failure(f"from here on or soon after, {self.unreadable()}") from error

    def unreadable(self, where: str = "") -> str:
        """The reason for a line that is not in the file's encoding."""
        return f"not readable as {self.encoding.name}{where}: {HOW_TO_READ}"

    def failure(self, reason: str, number: int = 0) -> ImportFailure:
        """A failure at the present line, or at the one with this number."""
        return ImportFailure(self.origin, reason, place_of(number or self.number))

    def put_back(self, lines: list[str]) -> None:
        """Give these lines, the last ones that were taken, once more."""
        self.again += reversed(lines)
        self.number -= len(lines)


@contextmanager
def lines_of(source: Source, options: ImportOptions, newline: str) -> Iterator[Lines]:
    """The lines of a seekable source; `newline` is as for `open`. Raises ImportFailure for an empty or binary one."""
    sample = source.stream.read(_SAMPLE)
    if not sample:
        raise ImportFailure(source.origin, "empty: there is nothing in it")
    encoding = encoding_of(sample, source.origin, source.charset, options, complete=len(sample) < _SAMPLE)
    source.stream.seek(0)
    errors = "surrogateescape" if options.encoding_errors == "strict" else options.encoding_errors
    text = io.TextIOWrapper(source.stream, encoding.name, errors=errors, newline=newline)
    try:
        yield Lines(source.origin, text, encoding, longest_line(options))
    finally:
        # The stream belongs to whoever opened it.
        text.detach()
