"""How the database holds ids and times: short, and read back as exactly what was given.

A UUID is 16 bytes and a time a number of microseconds; what is not in the one form that our ids and times have (ids
that a file brought) is kept as the text it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from annotator.errors import DomainError
from annotator.model.instants import micros, written

Packed: TypeAlias = bytes | str
"""An id as it is stored."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{32}")


def packed_id(id_: str) -> Packed:
    """A UUID in its usual form as 16 bytes; any other id as it is."""
    return bytes.fromhex(id_.replace("-", "")) if _UUID.fullmatch(id_) else id_


def unpacked_id(stored: Packed) -> str:
    """The id that was packed."""
    if isinstance(stored, str):
        return stored
    text = stored.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def packed_hash(id_: str) -> Packed:
    """The id of a claim or a suggestion, 32 hexadecimal digits, as 16 bytes; any other text as it is."""
    return bytes.fromhex(id_) if _HASH.fullmatch(id_) else id_


def unpacked_hash(stored: Packed) -> str:
    """The id that was packed."""
    return stored if isinstance(stored, str) else stored.hex()


def packed_hashes(ids: Iterable[str]) -> Packed | None:
    """Several ids of suggestions as one value, None for none."""
    given = list(ids)
    if not given:
        return None
    packed = [packed_hash(id_) for id_ in given]
    if all(isinstance(each, bytes) for each in packed):
        return b"".join(each for each in packed if isinstance(each, bytes))
    return "\n".join(given)


def unpacked_hashes(stored: Packed | None) -> tuple[str, ...]:
    """The ids that were packed together."""
    if stored is None:
        return ()
    if isinstance(stored, str):
        return tuple(stored.split("\n"))
    return tuple(stored[at : at + 16].hex() for at in range(0, len(stored), 16))


def packed_time(at: str) -> int | str:
    """A time as entries have it (ISO 8601, UTC, microseconds) as microseconds since 1970; any other text as it is."""
    try:
        packed = micros(at)
    except (TypeError, DomainError):
        return at
    return packed if written(packed) == at else at
