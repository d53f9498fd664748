"""A table of a delimited file: its header, and its rows one at a time, broken ones as failures."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.lines import Lines
from annotator.importers.sought import check_header
from annotator.model.counts import counted
from annotator.model.text import BYTE_ORDER_MARK

_DELIMITERS = ",;\t|"
_MOST_READ_AGAIN = 200
# Spreadsheets write this line to tell each other the delimiter.
_SEPARATOR = re.compile(r"sep=.\s*$", re.IGNORECASE)


class Table:
    """The rows of a file or their failures; `start` is the line, from 1, on which the last one began.

    `header` has the names in the first row. Which delimiter the file has is found by them: that of the header which is
    the best by `how_good`. Raises ImportFailure where there is no header.
    """

    def __init__(self, lines: Lines, how_good: Callable[[list[str]], Any]) -> None:
        # The module's limit is for the whole process, and its default is smaller than many a field.
        csv.field_size_limit(max(csv.field_size_limit(), lines.longest))
        self.lines = lines
        self.start = 0
        self.taken: list[str] = []
        self.header, self.delimiter = self._header(how_good)

    def _header(self, how_good: Callable[[list[str]], Any]) -> tuple[list[str], str]:
        line = ""
        while not line.strip() or _SEPARATOR.match(line):
            line = next(self.lines, "").removeprefix(BYTE_ORDER_MARK)
            if not line:
                raise ImportFailure(self.lines.origin, "empty: there is no header")
        headers = {mark: next(csv.reader([line], delimiter=mark), []) for mark in _DELIMITERS}
        best = max(headers, key=lambda mark: (how_good(headers[mark]), len(headers[mark])))
        return [name.strip() for name in headers[best]], best

    def check_fields(self, mapped: Iterable[str], found: Collection[str]) -> None:
        """Raise ImportFailure for a mapped field that is not in the header, and for a found one that is there twice."""
        check_header(mapped, self.header, self.lines.origin)
        twice = next((name for name in found if self.header.count(name) > 1), None)
        if twice is not None:
            raise ImportFailure(self.lines.origin, f"the field {twice!r} is there twice: rename one")

    def __iter__(self) -> Iterator[list[str] | ImportFailure]:
        reader = csv.reader(map(self._take, self.lines), delimiter=self.delimiter, strict=True)
        while True:
            self.taken.clear()
            self.start = self.lines.number + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._broken(str(error))
            except ImportFailure as failure:
                yield failure
            else:
                if row:
                    yield row if len(row) == len(self.header) else self._of_another_length(row)

    def _take(self, line: str) -> str:
        self.taken.append(line)
        return line

    def _of_another_length(self, row: Sequence[str]) -> ImportFailure:
        fields = counted(len(row), "field")
        reason = f"a broken row: {fields} where the header has {len(self.header)}; are line breaks quoted?"
        return self.lines.failure(reason, self.start)

    def _broken(self, error: str) -> ImportFailure:
        """The failure of the present row; its further lines are read again, because they may be rows of their own."""
        again = self.taken[1:]
        behind = ""
        if len(again) <= _MOST_READ_AGAIN:
            self.lines.put_back(again)
        else:
            behind = f"; nothing was read up to line {self.lines.number}"
        return self.lines.failure(
            f"a broken row: {error}; is a quotation mark not doubled or not closed?{behind}", self.start
        )
