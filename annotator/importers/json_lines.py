"""JSON Lines, an object a line, and JSON documents: one object, several, or an array of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source, decoded
from annotator.importers.draft import Draft, Drafts, place_of
from annotator.importers.json_text import behind_value
from annotator.importers.lines import lines_of
from annotator.importers.options import ImportOptions
from annotator.importers.records import draft_of
from annotator.importers.rows import one_row
from annotator.importers.sought import Sought
from annotator.model.text import BYTE_ORDER_MARK

_DOCUMENT_TIMES_ARTICLE = 20
_TOO_MUCH = "nested too deeply, or a number that is too long: leave that field out"
_DECODER = json.JSONDecoder()
_SPACE = (" ", "\t", "\r", "\n")


def read_json_lines(source: Source, options: ImportOptions) -> Drafts:
    """An article or a failure a line, streamed; blank lines are passed over."""
    sought = Sought(options.fields.values())
    return _noted(sought.behind(_of_lines(source, options, sought), source.origin), sought)


def _of_lines(source: Source, options: ImportOptions, sought: Sought) -> Drafts:
    with lines_of(source, options, "\n") as lines:
        found = False
        while True:
            try:
                line = next(lines, None)
                if line is None:
                    break
                line = line.removeprefix(BYTE_ORDER_MARK) if lines.number == 1 else line
                if line.strip():
                    found = True
                    with one_row(source.origin, place_of(lines.number)):
                        value = _parsed(line, source.origin, lines.number)
                        draft = _draft(value, source.origin, options, lines.number, sought)
                    yield replace(draft, notes=(*lines.encoding.notes, *draft.notes))
            except ImportFailure as failure:
                found = True
                yield failure
    if not found:
        yield ImportFailure(source.origin, "empty: there is no line with an article in it")


def _noted(drafts: Drafts, sought: Sought) -> Drafts:
    """What is still missing here is missing in a row that is alone: mistyped, or only not there."""
    for each in drafts:
        if isinstance(each, Draft) and sought.missing:
            yield replace(each, notes=(*each.notes, *sought.notes()))
        else:
            yield each


def _parsed(line: str, origin: str, number: int) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        reason = f"broken JSON at character {error.pos + 1}: {error.msg}"
    except (ValueError, RecursionError):
        reason = _TOO_MUCH
    raise ImportFailure(origin, reason, place_of(number))


def _draft(value: object, origin: str, options: ImportOptions, line: int, sought: Sought) -> Draft:
    if not isinstance(value, dict):
        found = "an array" if isinstance(value, list) else json.dumps(value)[:40]
        raise ImportFailure(origin, f"a JSON object was expected, not {found}", place_of(line))
    sought.see(value)
    return draft_of(value, origin, options, line)


def read_json(source: Source, options: ImportOptions) -> Drafts:
    """The articles of a JSON document; those before the place where it is broken are read."""
    sought = Sought(options.fields.values())
    return _noted(sought.behind(_of_document(source, options, sought), source.origin), sought)


def _of_document(source: Source, options: ImportOptions, sought: Sought) -> Drafts:
    limit = _DOCUMENT_TIMES_ARTICLE * options.max_bytes
    data = source.stream.read(limit + 1)
    if len(data) > limit:
        raise ImportFailure(
            source.origin, f"a JSON document of more than {limit} bytes: make it JSON Lines (.jsonl), an object a line"
        )
    if not data:
        raise ImportFailure(source.origin, "empty: there is nothing in it")
    read = decoded(data, source.origin, source.charset, options)
    text = read.text.removeprefix(BYTE_ORDER_MARK)
    found = False
    for line, value in _values(text, source.origin):
        found = True
        if isinstance(value, ImportFailure):
            yield value
            continue
        try:
            with one_row(source.origin, place_of(line)):
                draft = _draft(value, source.origin, options, line, sought)
            yield replace(draft, notes=(*read.notes, *draft.notes))
        except ImportFailure as failure:
            yield failure
    if not found:
        yield ImportFailure(source.origin, "empty: there is no article in it")


def _values(text: str, origin: str) -> Iterator[tuple[int, Any]]:
    """The values of an array, or those one behind the other, with their lines; 0 for one that is all there is.

    One that cannot be read, though the document is not broken, is a failure among them.
    Raises ImportFailure, with the line, where the document is broken.
    """
    at = _behind_space(text, 0)
    array = text.startswith("[", at)
    at = _behind_space(text, at + 1) if array else at
    line, counted = 1, 0
    first = True
    while at < len(text) and not (array and text[at] == "]"):
        comma = not array or first or text[at] == ","
        at = _behind_space(text, at + 1) if array and not first and comma else at
        line, counted = line + text.count("\n", counted, at), at
        if not comma:
            raise ImportFailure(origin, "broken JSON: a comma was expected", place_of(line))
        value, at = _value(text, at, origin, line)
        at = _behind_space(text, at)
        yield 0 if first and not array and at == len(text) else line, value
        first = False
    if array and at == len(text):
        raise ImportFailure(origin, "broken JSON: the array has no end", place_of(text.count("\n") + 1))
    if array and _behind_space(text, at + 1) < len(text):
        raise ImportFailure(origin, "broken JSON: something follows the array", place_of(text.count("\n", 0, at) + 1))


def _value(text: str, at: int, origin: str, line: int) -> tuple[Any, int]:
    """The value that begins there, or its failure, and where it ends."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise ImportFailure(origin, f"broken JSON: {error.msg}", place_of(error.lineno)) from error
    except (ValueError, RecursionError) as error:
        failure, behind = ImportFailure(origin, _TOO_MUCH, place_of(line)), behind_value(text, at)
        if behind == len(text):
            raise failure from error
        return failure, behind


def _behind_space(text: str, at: int) -> int:
    while text[at : at + 1] in _SPACE:
        at += 1
    return at
