"""Grapheme clusters as doccano counts them: UAX 29 of Unicode 10.0, by the rules of grapheme-splitter 1.0.4.

Newer tables (of the module `regex`, of browsers) count otherwise: they join Devanagari conjuncts and many newer emoji
that doccano takes for several. Where grapheme-splitter differs from the standard, this follows grapheme-splitter.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

CR, LF, CONTROL, PREPEND = "cr", "lf", "control", "prepend"
EXTEND, JOINER, SPACING = "extend", "zwj", "spacing_mark"
L, V, T, LV, LVT = "l", "v", "t", "lv", "lvt"
REGIONAL, MODIFIER, GLUE, OTHER = "regional", "modifier", "glue_after_zwj", "other"
BASE, BASE_GLUE = "emoji_base", "emoji_base_glue"

_SINGLE: Mapping[str, str] = {"\r": CR, "\n": LF, "\u200d": JOINER}
_HANGUL: Mapping[str, tuple[str, ...]] = {L: (L, V, LV, LVT), LV: (V, T), V: (V, T), LVT: (T,), T: (T,)}
_FIRST_SYLLABLE, _LAST_SYLLABLE, _TRAILING = 0xAC00, 0xD7A3, 28


def grapheme_edges(text: str) -> list[int]:
    """Where the grapheme clusters of a text begin, in code points, and where the last one ends."""
    edges = [0]
    cluster: list[str] = []
    for at, character in enumerate(text):
        kind = _kind(character)
        if cluster and not _joins(cluster, kind):
            edges.append(at)
            cluster = []
        cluster.append(kind)
    return [*edges, len(text)] if text else edges


def _joins(cluster: Sequence[str], kind: str) -> bool:
    """Whether the next character goes into the cluster that was begun."""
    previous = cluster[-1]
    if (kind is REGIONAL or REGIONAL in cluster) and _behind_flags([*cluster, kind]):
        return False
    if previous in (CR, LF, CONTROL) or kind in (CR, LF, CONTROL):
        return previous is CR and kind is LF
    if kind in _HANGUL.get(previous, ()) or kind in (EXTEND, JOINER, SPACING) or previous is PREPEND:
        return True
    if kind is MODIFIER:
        return _takes_modifier(cluster)
    if previous is JOINER and kind in (GLUE, BASE_GLUE):
        return True
    return previous is REGIONAL and kind is REGIONAL and len(cluster) == 1


def _behind_flags(kinds: Sequence[str]) -> bool:
    """Whether the last kind stands behind regional indicators that something else already followed."""
    last = len(kinds) - 1 - kinds[::-1].index(REGIONAL)
    alone = last > 0 and all(kind is REGIONAL for kind in kinds[1:last])
    return alone and kinds[-2] not in (PREPEND, REGIONAL)


def _takes_modifier(cluster: Sequence[str]) -> bool:
    """Whether a skin tone joins: the base is what it stands behind, or what the last extending character does."""
    base = len(cluster) - 1 - cluster[::-1].index(EXTEND) - 1 if EXTEND in cluster else len(cluster) - 1
    return base >= 0 and cluster[base] in (BASE, BASE_GLUE) and all(kind is EXTEND for kind in cluster[base + 1 :])


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """The character's Grapheme_Cluster_Break."""
    if character in _SINGLE:
        return _SINGLE[character]
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return REGIONAL
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return MODIFIER
    code = ord(character)
    if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        return LVT if (code - _FIRST_SYLLABLE) % _TRAILING else LV
    starts, ends, kinds = _table()
    place = bisect_right(starts, code) - 1
    return kinds[place] if place >= 0 and code <= ends[place] else OTHER


@lru_cache(maxsize=1)
def _table() -> tuple[list[int], list[int], list[str]]:
    """The ranges of code points that are of a kind: their starts, their ends (included) and their kinds."""
    data = tomllib.loads(files("annotator.model").joinpath("graphemes.toml").read_text(encoding="utf-8"))
    known = (CONTROL, EXTEND, SPACING, L, V, T, PREPEND, BASE, GLUE, BASE_GLUE)
    rows = []
    for kind in known:
        for written in data[kind].split():
            start, _, end = written.partition("-")
            rows.append((int(start, 16), int(end or start, 16), kind))
    rows.sort()
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
