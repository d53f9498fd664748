"""How alike two texts are: their runs of three words, and the short fingerprints by which near copies are found.

The likeness is the share of runs (shingles) that two texts have in common (Jaccard's index; Broder 1997). Fingerprints
are bands of a MinHash signature, made with one permutation (Li, Owen and Zhang 2012) and filled as Shrivastava and Li
(2014) do; two texts of likeness s share a band with the chance 1 - (1 - s^4)^16: at 0.7 in 99 of 100 pairs.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Set
from functools import cache
from sys import byteorder
from zlib import crc32

from annotator.model.known import Known

BANDS = 16
_ROWS = 4
_BINS = BANDS * _ROWS
# Scripts that put no blanks between words count by character: those of Thailand, Laos, Burma, Cambodia, China, Japan.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MASK = 0xFFFFFFFF
_LOW = (_MASK << 7) | 0x7F
_FIRST, _SECOND, _LAST = 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35
_MIDDLE = _SECOND * _LAST & _LOW
_EMPTY = 1 << 32
_LANE = 64
"""Bits for each word where many are reckoned with at once: a product of two numbers of 32 bits has room in them."""
_BYTES = _LANE // 8
_TOGETHER = 4096
"""How many words are reckoned with at once, most texts whole: what a long one needs besides stays small."""


@cache
def _token() -> re.Pattern[str]:
    """What counts as a word; it takes long to compile, and few programs compare texts."""
    return re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


def _numbers(piece: str) -> bytes:
    """The words of what stands between white space, as numbers of 32 bits, each in the lower half of a lane."""
    words = map(crc32, map(str.encode, _token().findall(piece.casefold())))
    return b"".join([word.to_bytes(_BYTES, "little") for word in words])


_NUMBERS = Known(_numbers)


@cache
def _minus() -> re.Pattern[str]:
    """A number with a minus before it, and no word, number or other sign before that; a currency may stand between."""
    return re.compile(r"[-−–](?<![^\s(\[\"'“‘«][-−–])[$€£¥]?([0-9]+)")


def below_zero(text: str) -> frozenset[int]:
    """The numbers that a minus stands before, as numbers of 32 bits: there a sign is no punctuation."""
    if text.isascii() and "-" not in text:
        return frozenset()
    return frozenset(crc32(f"-{number}".encode()) for number in _minus().findall(text))


def compared(text: str) -> frozenset[int]:
    """What the `likeness` of a text is measured by: its shingles, and its numbers below zero."""
    return shingles(text) | below_zero(text)


def shingles(text: str) -> frozenset[int]:
    """The text's runs of three words as numbers of 32 bits; capitals, punctuation and white space do not matter.

    A run of the words one, two and three is ((one * _FIRST + two) * _SECOND + three) * _LAST, the inner sum cut to 32
    bits; and of it the bits 7 to 38. The last multiplication spreads what a checksum keeps together, because bins are
    taken by the lowest bits.
    """
    numbers = b"".join(map(_NUMBERS.__getitem__, text.split()))
    behind = len(numbers) - 2 * _BYTES
    if behind <= 0:
        words = list(_halves(numbers))
        return frozenset([crc32(repr(words).encode())]) if words else frozenset()
    step = _TOGETHER * _BYTES
    parts = (numbers[at : at + step + 2 * _BYTES] for at in range(0, behind, step))
    return frozenset().union(*map(_runs, parts))


def _runs(numbers: bytes) -> array[int]:
    """The runs that begin with each word but the last two, of _TOGETHER words and these at most.

    All at once: one large number with a lane for each word, in which no step carries into the next lane.
    """
    words = int.from_bytes(numbers, "little")
    whole, low, carried = _masks()
    inner = (words * _FIRST & whole) + (words >> _LANE) & whole
    lower = inner * (_MIDDLE & 0x7F) + ((words * _LAST & low) >> 2 * _LANE)
    runs = (inner * (_MIDDLE >> 7) & whole) + (lower >> 7 & carried) & whole
    return _halves(runs.to_bytes(len(numbers), "little"))[:-2]


def _halves(lanes: bytes) -> array[int]:
    """The lower half of each lane."""
    found = array("I", lanes)
    if byteorder == "big":
        found.byteswap()
    return found[::2]


@cache
def _masks() -> tuple[int, ...]:
    """Masks for as many lanes as are reckoned with at once: of 32 bits, of 39, and of 33."""
    masks = (_MASK, _LOW, (_MASK << 1) | 1)
    return tuple(int.from_bytes(mask.to_bytes(_BYTES, "little") * (_TOGETHER + 2), "little") for mask in masks)


def bands(found: Set[int]) -> tuple[int, ...]:
    """The fingerprints of a text's shingles: BANDS numbers of 63 bits, none where there are no shingles."""
    if not found:
        return ()
    # Of those in one bin the last one put there, the lowest, stays.
    ordered = sorted(found, reverse=True)
    last = dict(zip(map((_BINS - 1).__and__, ordered), ordered, strict=True))
    lowest = [last[at] // _BINS if at in last else _EMPTY for at in range(_BINS)]
    _fill(lowest)
    rows = (lowest[at : at + _ROWS] for at in range(0, _BINS, _ROWS))
    return tuple(_hashed(number, row) for number, row in enumerate(rows))


def _fill(lowest: list[int]) -> None:
    """Give an empty bin what the next full one has, marked with how far away that is."""
    near = next(at for at in range(_BINS) if lowest[at] != _EMPTY) + _BINS
    for at in range(_BINS - 1, -1, -1):
        if lowest[at] == _EMPTY:
            lowest[at] = lowest[near % _BINS] + (near - at) * _EMPTY
        else:
            near = at


def _hashed(number: int, row: list[int]) -> int:
    written = f"{number}:{row}".encode()
    return crc32(written) << 31 ^ crc32(written[::-1])


def likeness(one: frozenset[int], other: Collection[int]) -> float:
    """The share of what both are `compared` by that is in each, from 0 to 1; 0 where there is nothing at all.

    The other's are different ones, in whatever they are kept.
    """
    shared = len(one.intersection(other))
    together = len(one) + len(other) - shared
    return shared / together if together else 0.0


def may_be_alike(one: Collection[int], other: Collection[int], least: float) -> bool:
    """Whether there are enough shingles of each for a likeness of `least`."""
    fewer, more = sorted((len(one), len(other)))
    return more > 0 and fewer / more >= least
