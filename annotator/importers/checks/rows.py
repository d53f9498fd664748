"""JSON Lines of any objects: their values with the lines that they are on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source
from annotator.importers.draft import place_of
from annotator.importers.files import open_given
from annotator.importers.lines import lines_of
from annotator.importers.options import ImportOptions
from annotator.model.text import BYTE_ORDER_MARK

ROW = ImportOptions(max_bytes=1_000_000)
"""How long a row may be; its encoding is found."""


def objects_of(path: str) -> Iterator[tuple[int, dict[str, Any]] | ImportFailure]:
    """The objects of a file of JSON Lines with their lines, from 1, and a failure for every line that is none."""
    with open_given(path) as source:
        for item in values_of(source):
            if isinstance(item, ImportFailure) or isinstance(item[1], dict):
                yield item
            else:
                yield ImportFailure(source.origin, "a JSON object was expected", place_of(item[0]))


def values_of(source: Source) -> Iterator[tuple[int, Any] | ImportFailure]:
    """The values of JSON Lines with their lines, from 1, and a failure for every line that is none."""
    with lines_of(source, ROW, "\n") as lines:
        while True:
            try:
                line = next(lines, None)
                if line is None:
                    return
                line = line.removeprefix(BYTE_ORDER_MARK) if lines.number == 1 else line
                if line.strip():
                    yield lines.number, json.loads(line)
            except ImportFailure as failure:
                yield failure
            except json.JSONDecodeError as error:
                yield lines.failure(f"broken JSON at character {error.pos + 1}: {error.msg}")
            except (ValueError, RecursionError):
                yield lines.failure("broken JSON: nested too deeply, or a number that is too long")
