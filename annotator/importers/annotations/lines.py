"""JSON Lines into objects with their places; a line that is no object is a failure and the rest is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.decoding import decode


@dataclass(frozen=True, slots=True)
class Line:
    """One object and its place, "line 7"."""

    value: Mapping[str, Any]
    place: str


def objects(data: bytes, origin: str) -> Iterator[Line | ImportFailure]:
    """The objects of a file, one a line; raises ImportFailure for what is no text at all."""
    text = decode(data, origin).removeprefix("\ufeff")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield ImportFailure(origin, f"broken JSON: {error}", place)
            continue
        if isinstance(value, dict):
            yield Line(value, place)
        else:
            yield ImportFailure(origin, "not a JSON object", place)
