"""JSON Lines into objects with their places, streamed; a line that is no object is a failure and the rest is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import parsed, trouble
from annotator.importers.decoding import Source
from annotator.importers.lines import lines_of
from annotator.importers.options import ImportOptions
from annotator.model.late import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One object and its place, "line 7"."""

    value: Mapping[str, Any]
    place: str


def objects(stream: BinaryIO, origin: str) -> Iterator[Line | ImportFailure]:
    """The objects of a file, one a line; raises ImportFailure for what is empty or no text at all."""
    with lines_of(Source(origin, stream), ImportOptions(), "\n") as lines:
        while True:
            try:
                line = next(lines, None)
            except ImportFailure as failure:
                yield failure
                continue
            if line is None:
                return
            line = line.removeprefix("\ufeff") if lines.number == 1 else line
            if line.strip():
                yield _object(line, origin, f"line {lines.number}")


def _object(line: str, origin: str, place: str) -> Line | ImportFailure:
    try:
        read = parsed(line)
    except ValueError as error:
        return ImportFailure(origin, f"broken JSON: {error}", place)
    if isinstance(read.value, list):
        return ImportFailure(origin, "a JSON array and no object; jq -c '.[]' writes its objects one a line", place)
    if not isinstance(read.value, dict):
        return ImportFailure(origin, "not a JSON object", place)
    reason = trouble(read.value) if read.suspect else None
    return ImportFailure(origin, reason, place) if reason else Line(read.value, place)
