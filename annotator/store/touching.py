"""Which claims a decision is about, read from its payload as it is stored, without making that whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from annotator.model.late import NamedTuple
from annotator.store.json_values import json_value
from annotator.store.packing import Packed, packed_hash
from annotator.store.payloads import CONTENT_PLACE, lengthened

_OWN = 0
"""What stands for the entry's own claim."""


class Touched(NamedTuple):
    """Claims by their ids as they are stored, and text by pairs of offsets (code points): contents of attributions.

    `own` is whether it is about the entry's own claim, which is not among the others then. `decided` is what an import
    says of claims: when they were decided first and last, and under which scheme.
    """

    own: bool
    claims: Collection[Packed]
    contents: Sequence[tuple[int, int]]
    decided: Mapping[Packed, tuple[str, str, str]]


def touched(stored: str) -> Touched:
    """What the decision with this payload is about. Raises what `lengthened` does."""
    if not stored.startswith("["):
        return touched_by(lengthened(stored))
    if _MAKES_ATTRIBUTION not in stored:
        # Most decisions say one of few things; an attribution is said once.
        return _read_before(stored)
    begun = _ATTRIBUTION_FIRST.match(stored)
    if begun is None or _MAKES_ATTRIBUTION in (more := stored[begun.end() :]):
        return _read(stored)
    # What else it says is one of few things again.
    own, claims, _, decided = _read_behind(_without_source(more) if _ASSIGNS_SOURCE in more else more)
    return Touched(own, claims, [(int(begun[1]), int(begun[2]))], decided)


_MAKES_ATTRIBUTION = '["a"'
_ASSIGNS_SOURCE = ',["t",0,'
_ATTRIBUTION_FIRST = re.compile(
    r'\[\["a","[^"\\]*",\[\[[\d,]*\],(?:null|\[\d+,\d+\]),\[(\d+),(\d+)\]'
    r'(?:,"[^"\\]*"|,null|,\[\d+,\d+\]|,true|,false)*\]\]'
)
"""What a decision says first, where that is an attribution whose content is one stretch of text."""


def _without_source(payload: str) -> str:
    """The end of a payload without the source at its very end: that is about no claim, and is another every time."""
    assigned = payload.rfind(_ASSIGNS_SOURCE)
    if assigned < 0 or payload.find("]", assigned) != len(payload) - 2:
        return payload
    made = payload.rfind(',["s",', 0, assigned)
    if made >= 0 and payload.find("}", made) == assigned - 2:
        return f"{payload[:made]}]"
    return f"{payload[:assigned]}]"


def _read(stored: str) -> Touched:
    claims: set[Any] = set()
    contents: list[tuple[int, int]] = []
    decided: Mapping[str, tuple[str, str, str]] = {}
    for change in json_value(stored):
        if isinstance(change, dict):
            decided = change.get("decided", {})
            continue
        if isinstance(change, str):
            claims.add(_OWN)
            continue
        letter = change[0]
        if letter in "jv":
            claims.add(change[1])
        elif letter in "ea" and change[2]:
            _read_value(letter, change[2], claims, contents)
    own = _OWN in claims
    claims.discard(_OWN)
    return _touched(claims, contents, decided, own=own)


_read_before = lru_cache(maxsize=256)(_read)


@lru_cache(maxsize=256)
def _read_behind(more: str) -> Touched:
    """The same of what stands behind the first change."""
    return _read(f"[{more.removeprefix(',')}")


def _read_value(letter: str, value: Any, claims: set[Any], contents: list[tuple[int, int]]) -> None:
    """Note the claim of a piece of evidence, or the content of an attribution."""
    if letter == "e":
        claims.add(value["claim_id"])
        return
    if len(value) > CONTENT_PLACE:
        flat = value[CONTENT_PLACE]
        contents += zip(flat[::2], flat[1::2], strict=True)


def touched_by(payload: Mapping[str, Any]) -> Touched:
    """The same of a whole payload, in which the entry's own claim stands by its id."""
    claims: set[str] = set()
    contents: list[tuple[int, int]] = []
    for table, key, value in payload.get("changes", ()):
        if table in ("judgement", "verdict"):
            claims.add(key[0])
        elif table == "evidence" and value:
            claims.add(value["claim_id"])
        elif table == "attribution" and value:
            contents += [(start, end) for start, end in value["content"]]
    return _touched(claims, contents, payload.get("decided", {}))


def _touched(
    claims: set[str], contents: list[tuple[int, int]], decided: Mapping[str, tuple[str, str, str]], *, own: bool = False
) -> Touched:
    packed = [packed_hash(id_) for id_ in claims] if claims else ()
    return Touched(own, packed, contents, {packed_hash(id_): said for id_, said in decided.items()} if decided else {})
