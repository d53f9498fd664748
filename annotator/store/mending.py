"""Mending a text in which one bit is another: its id says when it is right again."""

from __future__ import annotations

from collections.abc import Collection

from annotator.model.hashing import sha256

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
