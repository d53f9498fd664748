"""Sentences as rows of JSON Lines, an id and a text each, from a file or a pipe of any length."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

from annotator.errors import ImportFailure
from annotator.importers.draft import place_of
from annotator.importers.files import STANDARD_INPUT, open_regular, shown, standard_input
from annotator.model.late import dataclass

LONGEST_ROW = 1_000_000
"""Bytes of a line. A row is a sentence: what is longer is another kind of file."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence, and the id that its row gives it."""

    id: str | int | float
    text: str


def read_sentence_rows(source: str) -> Iterator[SentenceRow | ImportFailure]:
    """The rows of a file, or of standard input for "-", each as soon as it is read.

    A bad one is a failure, and the rest goes on. Other fields are passed over, and so are blank lines. Raises
    ImportFailure where there is nothing to read.
    """
    if source == STANDARD_INPUT:
        yield from _rows(standard_input(), "standard input")
        return
    with open_regular(source) as stream:
        yield from _rows(stream, shown(source))


def _rows(stream: BinaryIO, origin: str) -> Iterator[SentenceRow | ImportFailure]:
    number = 0
    while line := stream.readline(LONGEST_ROW + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        try:
            if len(line) > LONGEST_ROW:
                _pass_over_the_rest(stream, line)
                raise ValueError(f"a line of more than {LONGEST_ROW} bytes: give one sentence a line")
            if line.strip():
                yield _row(line)
        except ValueError as error:
            yield ImportFailure(origin, str(error), place_of(number))
    if not number:
        raise ImportFailure(origin, "empty: there is no line in it")


def _pass_over_the_rest(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(LONGEST_ROW)


class _NoNumber(ValueError):
    """What Python reads as a number, and JSON does not have."""


def _no_number(name: str) -> NoReturn:
    raise _NoNumber(f"{name} is no JSON")


_ENDLESS = (float("inf"), -float("inf"))
_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _row(line: bytes) -> SentenceRow:
    """Raises ValueError that says what is wrong with the row."""
    try:
        row = _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start + 1} of the line: save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"broken JSON at character {error.pos + 1}: {error.msg}") from None
    except RecursionError:
        raise ValueError("broken JSON: nested too deeply") from None
    except _NoNumber:
        raise
    except ValueError:
        raise ValueError("broken JSON: a number that is too long") from None
    if not isinstance(row, dict):
        raise ValueError('not an object: give {"id": ..., "text": "..."}')
    id_, text = row.get("id"), row.get("text")
    if isinstance(id_, bool) or not isinstance(id_, (str, int, float)) or id_ in _ENDLESS:
        raise ValueError('no "id" that is a string or a number')
    if not isinstance(text, str):
        raise ValueError('no "text" that is a string')
    if isinstance(id_, str) and not id_.isascii():
        _check_characters(id_)
    return SentenceRow(id_, text)


def _check_characters(id_: str) -> None:
    try:
        id_.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError('half a character (a lone surrogate) in "id"') from None
