"""Mending a text or a row in which one bit is another: its id, or its digest, says when it is right again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar

from annotator.model.hashing import sha256
from annotator.model.late import dataclass
from annotator.store.soundness.damage import UNREADABLE

Row: TypeAlias = tuple[Any, ...]
Proved = TypeVar("Proved")

_LONGEST = 24_000
"""Bytes of the longest text that is tried: it takes eight digests a byte, a quarter of a minute for this one."""


def mended(data: bytes, ids: Collection[str]) -> str | None:
    """The text with one of these SHA-256 that is one bit away; None where there is none, or it is too long."""
    if len(data) > _LONGEST:
        return None
    before = sha256(b"")
    for at, byte in enumerate(data):
        rest = data[at + 1 :]
        for bit in range(8):
            digest = before.copy()
            digest.update(bytes([byte ^ 1 << bit]) + rest)
            if digest.hexdigest() in ids:
                return (data[:at] + bytes([byte ^ 1 << bit]) + rest).decode()
        before.update(data[at : at + 1])
    return None


@dataclass(slots=True)
class Mender:
    """Tries rows that are one bit away from one that is not what was written; `left` are the tries that it has."""

    left: int = 1_000_000

    def mended(self, row: Row, proved: Callable[[Row], Proved]) -> Proved:
        """What `proved` makes of the first row that it finds right; raises what is UNREADABLE where there is none.

        `proved` raises what is UNREADABLE for a row that is not right. What the given row lacks is said, not what one
        that was tried does.
        """
        try:
            return proved(row)
        except UNREADABLE:
            for other in _one_bit_away(row):
                if not self.left:
                    break
                self.left -= 1
                with suppress(*UNREADABLE):
                    return proved(other)
            raise


_LONGEST_ROW = 8_000
"""Bytes of the longest value that is tried, with which a row takes half a minute."""


def _one_bit_away(row: Sequence[Any]) -> Iterator[Row]:
    """Every row in which one bit of one value is another; a text that is no UTF-8 has lone surrogates in it."""
    for at, value in enumerate(row):
        for other in _others(value):
            yield (*row[:at], other, *row[at + 1 :])


def _others(value: Any) -> Iterator[Any]:
    if isinstance(value, int):
        yield from (value ^ 1 << bit for bit in range(max(8, value.bit_length() + 1)))
    elif isinstance(value, str):
        as_bytes = value.encode(errors="surrogateescape")
        yield from (data.decode(errors="surrogateescape") for data in _others(as_bytes))
    elif isinstance(value, bytes) and len(value) <= _LONGEST_ROW:
        yield from flipped(value)


def flipped(data: bytes) -> Iterator[bytes]:
    """All bytes in which one bit is another."""
    for at, byte in enumerate(data):
        for bit in range(8):
            yield b"%b%c%b" % (data[:at], byte ^ 1 << bit, data[at + 1 :])
