"""How a line's styles are written to the terminal: of each that follows another only what is another.

Textual (8.2.8) writes every style whole and takes it back behind its words, which is half of what a screen of two
colours takes: `ESC [ 1;38;2;224;224;224;48;2;18;18;18 m`. What the codes mean is in ECMA-48, 8.3.117.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

_RESET = "\x1b[0m"

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29", "21": "24"}
"""What takes an attribute back."""

_LONG = {"2": 5, "5": 3}
"""By how it is written the numbers that a colour of many takes."""

Codes = tuple[frozenset[str], str, str]
"""The attributes of a style, and its colours in front and behind ("" for the terminal's own)."""


def shortened(text: str) -> str:
    """A rendered line with the same words in the same styles; as it is, where anything but these is in it."""
    pieces = [_styled(part) for part in text.split(_RESET)]
    shorter = None if any("\x1b" in words for _, words in pieces) else written(pieces)
    return text if shorter is None else shorter


def codes_of(text: str) -> str:
    """The codes of the style that a rendered text begins with; empty where it has none."""
    return _styled(text)[0]


def _styled(part: str) -> tuple[str, str]:
    """A rendered text of one style as its codes and its words."""
    codes, _, words = part[2:].partition("m") if part[:2] == "\x1b[" else ("", "", part)
    return codes, words


def written(pieces: Iterable[tuple[str, str]]) -> str | None:
    """Words in styles, each with the codes of its own, as a terminal is sent them; None where a code is none."""
    sent: list[str] = []
    before = ""
    for codes, words in pieces:
        between = _between(before, codes)
        if between is None:
            return None
        if words:
            sent += (between, words)
            before = codes
    return "".join(sent) + (_RESET if before else "")


@lru_cache(maxsize=1024)
def _between(before: str, after: str) -> str | None:
    """What leads from one style to the next; None where that is none."""
    if before == after:
        return ""
    if after and not after.replace(";", "").isdecimal():
        return None
    if not before or not after:
        return f"\x1b[{after}m" if after else _RESET
    codes = _changes(_read(before), _read(after))
    if codes is None:
        return f"\x1b[0;{after}m"
    # Without any code it would take everything back.
    return min(f"\x1b[{';'.join(codes)}m", f"\x1b[0;{after}m", key=len) if codes else ""


def _changes(before: Codes, after: Codes) -> list[str] | None:
    """The codes for what is another; None where an attribute goes that no code takes back."""
    (had, *colours), (has, *others) = before, after
    if not had - has <= _OFF.keys():
        return None
    off = {_OFF[each] for each in had - has}
    # What takes bold back takes dim back as well.
    on = {each for each in has if each not in had or _OFF.get(each) in off}
    changed = [other or own for one, other, own in zip(colours, others, ("39", "49"), strict=True) if one != other]
    return [*sorted(off), *sorted(on), *changed]


def _read(codes: str) -> Codes:
    attributes, front, behind = set(), "", ""
    for code in _each(codes.split(";")):
        kind = int(code.partition(";")[0])
        if 30 <= kind <= 39 or 90 <= kind <= 97:
            front = "" if kind == 39 else code
        elif 40 <= kind <= 49 or 100 <= kind <= 107:
            behind = "" if kind == 49 else code
        else:
            attributes.add(code)
    return frozenset(attributes), front, behind


def _each(numbers: list[str]) -> Iterator[str]:
    """The codes one by one: a colour of many is one."""
    while numbers:
        length = _LONG.get(numbers[1], 1) if numbers[0] in ("38", "48") and len(numbers) > 1 else 1
        yield ";".join(numbers[:length])
        numbers = numbers[length:]
