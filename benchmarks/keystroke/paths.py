"""Paths: the fewest keys that bring a selection of the span mode onto a given span."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Mapping

from annotator.editing.draft import Draft
from annotator.editing.span_editor import SpanEditor
from annotator.editing.text_units import Unit
from annotator.model.span import Span

UNITS: tuple[Unit, ...] = ("word", "clause", "sentence", "paragraph")
"""Letters are apart: they are only needed where a span ends inside a word."""
_FARTHEST = 14
"""Keys of one path at most: whoever needs more has better ways."""

_AT_START = {
    f"{unit}.{way}": f"{unit}.{name}"
    for unit in ("word", "clause")
    for way, name in (("extend", "earlier"), ("shrink", "later"))
}
"""Words and clauses have keys of their own for the start of a span; the others are swapped to it."""

Keys = tuple[str, ...]


class Paths:
    """The paths of one article; what was found once is remembered."""

    def __init__(self, text: str, sentences: list[Span], paragraphs: list[Span]) -> None:
        self._editor = SpanEditor(text, sentences, paragraphs, Draft(""), Span(0, 1))
        self.units: Mapping[Unit, list[Span]] = {unit: self._editor.units(unit) for unit in UNITS}
        self._offsets = {
            at_start: sorted({span.start if at_start else span.end for spans in self.units.values() for span in spans})
            for at_start in (False, True)
        }
        self._steps: dict[tuple[int, bool], list[tuple[str, int]]] = {}
        self._ways_to = {at_start: self._edges(at_start=at_start) for at_start in (False, True)}
        self._distances: dict[tuple[int, bool], dict[int, tuple[int, str]]] = {}
        self._nudges: dict[tuple[Span, Span], Keys | None] = {}
        self._moves: dict[Span, list[tuple[str, Span]]] = {}
        self._selections: dict[tuple[Span, Span, bool], Keys | None] = {}

    def nudge(self, span: Span, target: Span) -> Keys | None:
        """The keys that extend and shrink one span into another, from its end; None where there are none."""
        if (span, target) not in self._nudges:
            self._nudges[span, target] = self._nudge(span, target)
        return self._nudges[span, target]

    def select(self, selection: Span, target: Span, *, free: bool) -> Keys | None:
        """The keys that move the selection there and extend it; unless it is free already, it is moved first."""
        if (selection, target, free) not in self._selections:
            self._selections[selection, target, free] = self._select(selection, target, free=free)
        return self._selections[selection, target, free]

    def _nudge(self, span: Span, target: Span) -> Keys | None:
        end = self._walk(span.end, target.end, at_start=False)
        start = self._walk(span.start, target.start, at_start=True)
        if end is None or start is None:
            return None
        swap = ("selection.swap",)
        if all(key in _AT_START for key in start):
            start = tuple(_AT_START[key] for key in start)
            tries = [(*end, *start), (*start, *end)]
        else:
            tries = [(*end, *swap, *start), (*swap, *start, *swap, *end)]
        return next((keys for keys in tries if self._leads(span, target, keys)), None)

    def _leads(self, span: Span, target: Span, keys: Keys) -> bool:
        """Whether the span mode's own editor does with these keys what the offsets promise."""
        self._editor.selection, self._editor.free, self._editor.at_start = span, True, False
        for key in keys:
            press(self._editor, key)
        return self._editor.selection == target

    def _select(self, selection: Span, target: Span, *, free: bool) -> Keys | None:
        best: Keys | None = None
        seen = {selection}
        waiting: deque[tuple[Span, Keys]] = deque([(selection, ())])
        while waiting:
            at, keys = waiting.popleft()
            if len(keys) >= (len(best) if best is not None else _FARTHEST):
                break
            if keys or free:
                rest = self.nudge(at, target)
                if rest is not None and (best is None or len(keys) + len(rest) < len(best)):
                    best = (*keys, *rest)
            for key, there in self._moved(at):
                if there not in seen:
                    seen.add(there)
                    waiting.append((there, (*keys, key)))
        return best

    def _moved(self, selection: Span) -> list[tuple[str, Span]]:
        if selection not in self._moves:
            found = []
            for unit in UNITS:
                for way in ("next", "previous"):
                    self._editor.selection = selection
                    press(self._editor, f"{unit}.{way}")
                    if self._editor.selection != selection:
                        found.append((f"{unit}.{way}", self._editor.selection))
            self._moves[selection] = found
        return self._moves[selection]

    def _walk(self, offset: int, target: int, *, at_start: bool) -> Keys | None:
        """The extending and shrinking keys that bring one edge of a selection to an offset."""
        if target in self._offsets[at_start]:
            return self._walk_by_units(offset, target, at_start=at_start)
        ways = []
        for edge, keys in self._letters_to(target, at_start=at_start):
            there = self._walk_by_units(offset, edge, at_start=at_start)
            if there is not None:
                ways.append((*there, *keys))
        return min(ways, key=len, default=None)

    def _letters_to(self, target: int, *, at_start: bool) -> list[tuple[int, Keys]]:
        """The edges of words on both sides of an offset inside a word, and the letters from each of them to it."""
        edges = self._offsets[at_start]
        at = bisect_left(edges, target)
        found = []
        for edge in edges[max(0, at - 1) : at + 1]:
            inside = self._editor.text[min(edge, target) : max(edge, target)]
            key = "letter.extend" if (edge < target) is not at_start else "letter.shrink"
            found.append((edge, (key,) * len("".join(inside.split()))))
        return found

    def _walk_by_units(self, offset: int, target: int, *, at_start: bool) -> Keys | None:
        distances = self._distances_to(target, at_start=at_start)
        keys: list[str] = []
        while offset != target:
            if offset in distances:
                key = distances[offset][1]
            else:
                ways = [(distances[there][0], key) for key, there in self._stepped(offset, at_start=at_start)
                        if there in distances]  # fmt: skip
                if not ways:
                    return None
                key = min(ways)[1]
            offset = dict(self._stepped(offset, at_start=at_start))[key]
            keys.append(key)
        return tuple(keys)

    def _distances_to(self, target: int, *, at_start: bool) -> dict[int, tuple[int, str]]:
        """For each edge of a unit near enough, how many keys the target is away, and the first of them."""
        known = self._distances.get((target, at_start))
        if known is None:
            known = self._distances[target, at_start] = {target: (0, "")}
            waiting = deque([target])
            while waiting:
                at = waiting.popleft()
                far = known[at][0] + 1
                for key, before in self._ways_to[at_start].get(at, ()) if far <= _FARTHEST else ():
                    if before not in known:
                        known[before] = (far, key)
                        waiting.append(before)
        return known

    def _edges(self, *, at_start: bool) -> dict[int, list[tuple[str, int]]]:
        """For each edge of a unit, the edges that one key brings there."""
        ways: dict[int, list[tuple[str, int]]] = {}
        for offset in self._offsets[at_start]:
            for key, there in self._stepped(offset, at_start=at_start):
                ways.setdefault(there, []).append((key, offset))
        return ways

    def _stepped(self, offset: int, *, at_start: bool) -> list[tuple[str, int]]:
        """Where one key brings an edge, as far as the other edge is out of its way."""
        place = offset, at_start
        if place not in self._steps:
            self._steps[place] = self._steps_from(offset, at_start=at_start)
        return self._steps[place]

    def _steps_from(self, offset: int, *, at_start: bool) -> list[tuple[str, int]]:
        editor, length = self._editor, len(self._editor.text)
        if not 0 < offset + at_start <= length:
            return []
        found = []
        for unit in UNITS:
            for way in ("extend", "shrink"):
                editor.selection = Span(offset, length + 1) if at_start else Span(0, offset)
                editor.free, editor.at_start = True, at_start
                press(editor, f"{unit}.{way}")
                there = editor.selection.start if at_start else editor.selection.end
                if there != offset:
                    found.append((f"{unit}.{way}", there))
        return found


def press(editor: SpanEditor, key: str) -> None:
    """Do what an action's key does in the span mode with the selection."""
    head, _, way = key.partition(".")
    if key == "selection.swap":
        editor.swap()
    elif way in ("next", "previous"):
        editor.move(_UNIT[head], 1 if way == "next" else -1)
    else:
        at_start = True if way in ("earlier", "later") else None
        editor.extend(_UNIT[head], 1 if way in ("extend", "earlier") else -1, at_start=at_start)


_UNIT: Mapping[str, Unit] = {"letter": "letter", **{unit: unit for unit in UNITS}}
