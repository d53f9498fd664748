"""CSV and its relatives: a header, then a row an article; comma, semicolon, tab or bar between the fields."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source
from annotator.importers.draft import Drafts, place_of
from annotator.importers.lines import Lines, lines_of, longest_line
from annotator.importers.options import ImportOptions
from annotator.importers.records import draft_of, field_names, missing_text
from annotator.importers.rows import one_row
from annotator.model.text import BYTE_ORDER_MARK

_DELIMITERS = ",;\t|"
_MOST_READ_AGAIN = 200
# Spreadsheets write this line to tell each other the delimiter.
_SEPARATOR = re.compile(r"sep=.\s*$", re.IGNORECASE)


def read_delimited(source: Source, options: ImportOptions) -> Drafts:
    """An article or a failure a row, streamed; raises ImportFailure for a file without a usable header."""
    # The module's limit is for the whole process, and its default is smaller than many an article.
    csv.field_size_limit(max(csv.field_size_limit(), longest_line(options)))
    with lines_of(source, options, "") as lines:
        yield from _drafts(_Rows(lines), source, options)


def _drafts(rows: _Rows, source: Source, options: ImportOptions) -> Drafts:
    header = rows.header(options)
    if "text" not in field_names(header, options):
        raise missing_text(source.origin, header, options, 0)
    mapped = [name for name in options.fields.values() if name and name not in header]
    if mapped:
        raise ImportFailure(source.origin, f"no field {mapped[0]!r}, which --field names (there: {', '.join(header)})")
    twice = next((name for name in field_names(header, options).values() if header.count(name) > 1), None)
    if twice is not None:
        raise ImportFailure(source.origin, f"the field {twice!r} is there twice: rename one")
    found = False
    for cells in rows:
        found = True
        if isinstance(cells, ImportFailure):
            yield cells
            continue
        if len(cells) != len(header):
            reason = f"a broken row: {len(cells)} fields where the header has {len(header)}; are line breaks quoted?"
            yield rows.lines.failure(reason, rows.start)
            continue
        try:
            with one_row(source.origin, place_of(rows.start)):
                draft = draft_of(dict(zip(header, cells, strict=True)), source.origin, options, rows.start)
            yield replace(draft, notes=(*rows.lines.encoding.notes, *draft.notes))
        except ImportFailure as failure:
            yield failure
    if not found:
        yield ImportFailure(source.origin, "empty: there is no row below the header")


class _Rows:
    """The rows of a file or their failures; `start` is the line, from 1, on which the last one began."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.start = 0
        self.delimiter = ","
        self.taken: list[str] = []

    def header(self, options: ImportOptions) -> list[str]:
        """The names in the first row; which delimiter the file has is found by them."""
        line = ""
        while not line.strip() or _SEPARATOR.match(line):
            line = next(self.lines, "").removeprefix(BYTE_ORDER_MARK)
            if not line:
                raise ImportFailure(self.lines.origin, "empty: there is no header")
        headers = {mark: next(csv.reader([line], delimiter=mark), []) for mark in _DELIMITERS}
        best = max(headers, key=lambda mark: ("text" in field_names(headers[mark], options), len(headers[mark])))
        self.delimiter = best
        return [name.strip() for name in headers[best]]

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
                    yield row

    def _take(self, line: str) -> str:
        self.taken.append(line)
        return line

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
