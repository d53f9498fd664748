"""A file of fact-checks, of whatever format, into checks and failures, a row at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from annotator.errors import DomainError, ImportFailure
from annotator.importers.annotations.json_values import parsed
from annotator.importers.checks.fields import CheckOptions, check_of, field_names, folded
from annotator.importers.checks.rows import ROW, values_of
from annotator.importers.checks.shapes import fields_in, is_own
from annotator.importers.decoding import Source, decoded
from annotator.importers.draft import place_of
from annotator.importers.files import open_given
from annotator.importers.lines import lines_of
from annotator.importers.rows import told
from annotator.importers.sought import Sought
from annotator.importers.table import Table
from annotator.model.check import Check
from annotator.model.text import BYTE_ORDER_MARK

Read = Check | ImportFailure
_LARGEST_DOCUMENT = 1_000_000_000
_TABLES = (".csv", ".tsv")
_JSON = (".json", ".jsonl", ".jsonld", ".ndjson")
_START = 65_536


def read_checks(path: str, options: CheckOptions) -> Iterator[Read]:
    """Every check of a file, and a failure for every row that is none; raises ImportFailure for the whole file.

    The file may be - for standard input. JSON Lines, a JSON document (an array, a feed, a graph) or a table with a
    header; which, its content says.
    """
    with open_given(path) as source:
        head = _head(source.stream.read(_START))
        source.stream.seek(0)
        if path.lower().endswith(_TABLES) or not (head.startswith(("{", "[")) or path.lower().endswith(_JSON)):
            yield from _table(source, options)
        elif _is_one_document(head):
            yield from _sought(_document, source, options)
        else:
            yield from _sought(_lines, source, options)


def _head(start: bytes) -> str:
    """What a file begins with, as far as JSON's own signs are concerned."""
    # Of these there are as many bytes as characters in any encoding but UTF-16.
    text = start.decode("utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
    return text.removeprefix("\xef\xbb\xbf").lstrip(" \t\r\n\ufeff")


def _is_one_document(head: str) -> bool:
    """Whether what stands on the first line is no JSON value of its own, but goes on in the next."""
    first, line_break, _ = head.partition("\n")
    if head.startswith("["):
        return True
    try:
        json.loads(first)
    except json.JSONDecodeError as error:
        # A first line longer than what was looked at is a row or a whole feed: only a feed names its type first.
        return error.pos >= len(first.rstrip()) if line_break else '"dataFeedElement"' in head or '"@graph"' in head
    except (ValueError, RecursionError):
        return not first.rstrip().endswith("}")
    return False


def _sought(
    reader: Callable[[Source, CheckOptions, Sought], Iterator[Read]], source: Source, options: CheckOptions
) -> Iterator[Read]:
    sought = Sought(options.fields.values(), folded, fewest=1)
    return sought.behind(reader(source, options, sought), source.origin)


def _lines(source: Source, options: CheckOptions, sought: Sought) -> Iterator[Read]:
    found = False
    for item in values_of(source):
        found = True
        if isinstance(item, ImportFailure):
            yield item
        else:
            yield from told(_checks(item[1], source, options, sought, item[0]), source.origin, place_of(item[0]))
    if not found:
        raise ImportFailure(source.origin, "empty: there is no fact-check in it")


def _document(source: Source, options: CheckOptions, sought: Sought) -> Iterator[Read]:
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
    yield from told(_checks(value, source, options, sought, 0), source.origin)


def _checks(value: Any, source: Source, options: CheckOptions, sought: Sought, line: int) -> Iterator[Read]:
    if not isinstance(value, dict | list):
        yield _failure(source, f"a JSON object was expected, not {json.dumps(value)[:40]}", line)
        return
    number = 0
    for number, fields in enumerate(fields_in(value, options, sought), 1):
        try:
            if fields is not None:
                yield check_of(fields, options)
        except DomainError as error:
            yield _failure(source, str(error), line, f"check {number}" if not line else "")
    if not number:
        yield _failure(source, "no fact-check in it", line)


def _table(source: Source, options: CheckOptions) -> Iterator[Read]:
    with lines_of(source, ROW, "") as lines:
        table = Table(lines, lambda names: len(field_names(names, options)))
        names = field_names(table.header, options)
        if "claim" not in names and "title" not in names:
            there = ", ".join(map(repr, table.header[:12]))
            raise ImportFailure(source.origin, f"no field with the claim (there: {there}): --field claim=NAME")
        mapped = [theirs for ours, theirs in options.fields.items() if ours not in names]
        table.check_fields(mapped, names.values())
        if is_own(table.header):
            yield from _own_table(table, source, options)
            return
        for cells in table:
            if isinstance(cells, ImportFailure):
                yield cells
            else:
                row = dict(zip(table.header, cells, strict=True))
                values = {ours: row[theirs] for ours, theirs in names.items()}
                yield from told(_row(values, options), source.origin, place_of(table.start))


def _own_table(table: Table, source: Source, options: CheckOptions) -> Iterator[Read]:
    """A table that we wrote: what it has of a claim is JSON in a cell."""
    for cells in table:
        if isinstance(cells, ImportFailure):
            yield cells
            continue
        row: dict[str, Any] = dict(zip(table.header, cells, strict=True))
        try:
            row |= {name: json.loads(row.get(name) or "[]") for name in ("verdicts", "attributions")}
        except (ValueError, RecursionError):
            yield _failure(source, "broken JSON in a cell", table.start)
            continue
        yield from told(_checks(row, source, options, Sought(()), table.start), source.origin, place_of(table.start))


def _row(values: Mapping[str, object], options: CheckOptions) -> Iterator[Read]:
    yield check_of(values, options)


def _failure(source: Source, reason: str, line: int, place: str = "") -> ImportFailure:
    return ImportFailure(source.origin, reason, place or (place_of(line) if line else ""))
