"""A file of fact-checks, of whatever format, into checks and failures, a row at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.errors import DomainError, ImportFailure
from annotator.importers.annotations.json_values import parsed
from annotator.importers.checks.fields import CheckOptions, check_of, field_names
from annotator.importers.checks.rows import ROW, values_of
from annotator.importers.checks.shapes import fields_in
from annotator.importers.decoding import Source, decoded
from annotator.importers.draft import place_of
from annotator.importers.files import open_regular, shown
from annotator.importers.lines import Lines, lines_of
from annotator.importers.rows import one_row, told
from annotator.model.check import Check
from annotator.model.text import BYTE_ORDER_MARK

Read = Check | ImportFailure
_LARGEST_DOCUMENT = 1_000_000_000
_TABLES = (".csv", ".tsv")
_DELIMITERS = ",;\t|"
_START = 65_536


def read_checks(path: str, options: CheckOptions) -> Iterator[Read]:
    """Every check of a file, and a failure for every row that is none; raises ImportFailure for the whole file.

    JSON Lines, a JSON document (an array, a feed, a graph) or a table with a header; which, its content says.
    """
    with open_regular(path) as stream:
        source = Source(shown(path), stream)
        start = stream.read(_START)
        stream.seek(0)
        if path.lower().endswith(_TABLES):
            yield from _table(source, options)
        elif _is_one_document(start):
            yield from _document(source, options)
        else:
            yield from _lines(source, options)


def _is_one_document(start: bytes) -> bool:
    """Whether the first line is not a JSON value of its own: then the file is one document."""
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    first, _, rest = head.partition(b"\n")
    if head.startswith(b"["):
        return True
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        # A first line longer than what was looked at is a row or a whole feed: only a feed names its type first.
        return bool(rest) or b'"dataFeedElement"' in head or b'"@graph"' in head
    return False


def _lines(source: Source, options: CheckOptions) -> Iterator[Read]:
    found = False
    for item in values_of(source):
        found = True
        if isinstance(item, ImportFailure):
            yield item
        else:
            yield from told(_checks(item[1], source, options, item[0]), source.origin, place_of(item[0]))
    if not found:
        raise ImportFailure(source.origin, "empty: there is no fact-check in it")


def _document(source: Source, options: CheckOptions) -> Iterator[Read]:
    data = source.stream.read(_LARGEST_DOCUMENT + 1)
    if len(data) > _LARGEST_DOCUMENT:
        raise ImportFailure(source.origin, "a JSON document of more than 1 GB: make it JSON Lines, an object a line")
    text = decoded(data, source.origin, source.charset, ROW).text.removeprefix(BYTE_ORDER_MARK)
    del data
    try:
        # What is nested too deeply, or a number that is too long, is no text of a field: only that check fails.
        value = parsed(text).value
    except json.JSONDecodeError as error:
        reason = f"broken JSON at character {error.colno}: {error.msg}"
        raise ImportFailure(source.origin, reason, place_of(error.lineno)) from error
    yield from told(_checks(value, source, options, 0), source.origin)


def _checks(value: Any, source: Source, options: CheckOptions, line: int) -> Iterator[Read]:
    if not isinstance(value, dict | list):
        yield _failure(source, f"a JSON object was expected, not {json.dumps(value)[:40]}", line)
        return
    number = 0
    for number, fields in enumerate(fields_in(value, options), 1):
        try:
            yield check_of(fields, options)
        except DomainError as error:
            yield _failure(source, str(error), line, f"check {number}" if not line else "")
    if not number:
        yield _failure(source, "no fact-check in it", line)


def _table(source: Source, options: CheckOptions) -> Iterator[Read]:
    with lines_of(source, ROW, "") as lines:
        header, delimiter = _header(lines, options)
        names = field_names(header, options)
        if "claim" not in names and "title" not in names:
            there = ", ".join(map(repr, header[:12]))
            raise ImportFailure(source.origin, f"no field with the claim (there: {there}): --field claim=NAME")
        rows = csv.reader(iter(lines), delimiter=delimiter, strict=True)
        while True:
            number = lines.number + 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except ImportFailure as failure:
                yield failure
                continue
            except csv.Error as error:
                yield _failure(source, f"a broken row: {error}; is a quotation mark not doubled or not closed?", number)
                continue
            if row:
                yield _of_row(dict(zip(header, row, strict=False)), names, source, options, number)


def _of_row(
    row: Mapping[str, str], names: Mapping[str, str], source: Source, options: CheckOptions, number: int
) -> Read:
    try:
        with one_row(source.origin, place_of(number)):
            return check_of({ours: row.get(theirs) for ours, theirs in names.items()}, options)
    except ImportFailure as failure:
        return failure


def _header(lines: Lines, options: CheckOptions) -> tuple[list[str], str]:
    line = next(lines, "").removeprefix(BYTE_ORDER_MARK)
    headers = {mark: next(csv.reader([line], delimiter=mark), []) for mark in _DELIMITERS}
    best = max(headers, key=lambda mark: (len(field_names(headers[mark], options)), len(headers[mark])))
    return [name.strip() for name in headers[best]], best


def _failure(source: Source, reason: str, line: int, place: str = "") -> ImportFailure:
    return ImportFailure(source.origin, reason, place or (place_of(line) if line else ""))
