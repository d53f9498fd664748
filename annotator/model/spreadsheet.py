"""CSV that a spreadsheet opens without running anything: the cell guard, and the lines made of guarded cells.

The lines are RFC 4180 with CRLF. The guard follows OWASP's "CSV Injection": a cell that a spreadsheet could take
for a formula gets an apostrophe in front. Taking one apostrophe away from such a cell gives the text back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | None
SafeCell: TypeAlias = str | int | float

BYTE_ORDER_MARK = "\ufeff"
"""What every CSV file of ours begins with: without it a spreadsheet reads UTF-8 as the machine's old code page."""

GUARD = "'"
"""What stands in front of a cell that could run."""

_TRIGGERS = frozenset("=+-@＝＋－＠")
_BREAKS = frozenset("\t\r\n")
_QUOTES = frozenset("\"'`´‘’‚‛“”„‟«»‹›")
_CONTROL = re.compile("\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def harmless(text: str) -> bool:
    """Whether a text can be seen at a glance to be its own cell: a letter, digit or bracket comes first, and all shows.

    So can an empty one; others may be their own cells too.
    """
    return not text or ((text[0].isalnum() or text[0] == "[") and text.isprintable())


def neutral_cell(text: str) -> str:
    """The text with tabs and line feeds as its only control characters.

    CRLF and CR become LF, other control characters their pictures, those from U+0080 the replacement character.
    """
    return _CONTROL.sub(_neutral, text)


def _neutral(match: re.Match[str]) -> str:
    found = match[0]
    if found.startswith("\r"):
        return "\n"
    if found == "\x7f":
        return "\u2421"
    return chr(0x2400 + ord(found)) if found < " " else "\ufffd"


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet could take a cell of this text for a formula, or for two cells.

    So it does where = + - @ (wide forms too) comes first, or first after white space, quotation marks and
    invisible characters, and where a tab or a line break is among these.
    """
    for character in text:
        if character in _TRIGGERS or character in _BREAKS:
            return True
        if not (character.isspace() or character in _QUOTES or unicodedata.category(character) == "Cf"):
            return False
    return False


def guarded_cell(value: Cell) -> SafeCell:
    """The value as a cell: text guarded, numbers as they are, true and false, and nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"{GUARD}{value}" if starts_formula(value) else value
    return value


def safe_cell(value: Cell) -> SafeCell:
    """The value as `guarded_cell` has it, of text that is neutral."""
    return guarded_cell(neutral_cell(value) if isinstance(value, str) else value)


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """One line of RFC 4180, with its CRLF, for each row; every cell is guarded by `safe_cell`."""
    return lines_of_safe([safe_cell(value) for value in row] for row in rows)


def lines_of_safe(rows: Iterable[Sequence[SafeCell]]) -> Iterator[str]:
    """The same for cells that `safe_cell` has guarded already: a second guard would change them again.

    The lines are those of `csv.writer`, which asks of each character four times whether its cell needs quotation marks.
    """
    for row in rows:
        texts = [cell if type(cell) is str else str(cell) for cell in row]
        line = ",".join([_quoted(text) if '"' in text or "," in text else text for text in texts])
        breaks = "\n" in line or "\r" in line
        yield f"{_broken_line(texts) if breaks or texts == [''] else line}\r\n"


def _broken_line(texts: Sequence[str]) -> str:
    """The line of cells where some hold line breaks, or of an empty one that is the only one: both are quoted."""
    alone = len(texts) == 1
    return ",".join([_quoted(text) if alone or _QUOTING.search(text) else text for text in texts])


_QUOTING = re.compile('[",\r\n]')


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
