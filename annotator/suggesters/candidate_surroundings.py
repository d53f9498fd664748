"""Surroundings: what a unit looks like from the cue, in tokens, for what is looked for round it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model.span import Span
from annotator.suggesters.grammar import lemma_of
from annotator.suggesters.lexicon import cues
from annotator.suggesters.marks import Marks
from annotator.suggesters.units import Unit

_STOPS = '.?!")'
_STEPS = ",;:-cswit"
_MARKS = ",.?!"


@dataclass(frozen=True, slots=True)
class Around:
    """A unit's tokens round what attributes (`first` to `last`), and what `kind` of cue that is.

    `speaker` is where the cue begins, or a source that stands right before it; `sources` and `marked` are the sources
    and contents that are marked; `revised` says that there is a source. All ranges are of tokens, both ends included.
    """

    unit: Unit
    first: int
    last: int
    kind: str
    speaker: int
    sources: tuple[tuple[int, int], ...]
    marked: tuple[tuple[int, int], ...]
    revised: bool


def around(unit: Unit, cue: Span | None, others: Sequence[Span], marks: Marks) -> Around | None:
    """What is round the cue, or where there is none round the first of the others, in this unit.

    None where these lie in another unit. Where nothing is marked that could be looked from, it is the unit's end.
    """
    anchor = cue if cue is not None else next(iter(others), None)
    found = tokens_of(unit, anchor) if anchor is not None else (len(unit.tags), len(unit.tags))
    if found is None or not unit.tags:
        return None
    first, last = found
    sources = tuple(tokens for span in marks.source if (tokens := tokens_of(unit, span)) is not None)
    before = [start for start, end in sources if end < first and set(unit.tags[end + 1 : first]) <= set(",r")]
    marked = tuple(tokens for span in marks.content if (tokens := tokens_of(unit, span)) is not None)
    kind = cue_kind(unit, first, last) if cue is not None else "none"
    return Around(unit, first, last, kind, min([first, *before]), sources, marked, revised=bool(marks.source))


def tokens_of(unit: Unit, span: Span) -> tuple[int, int] | None:
    """The first and the last token of a span (both included); None where it lies outside the unit."""
    if not unit.starts or span.end <= unit.starts[0] or span.start >= unit.ends[-1]:
        return None
    first, last = bisect_right(unit.ends, span.start), bisect_left(unit.starts, span.end) - 1
    while last > first and unit.tags[last] in _MARKS and unit.ends[last - 1] == unit.ends[last]:
        # The mark inside a quotation's end stands behind the quotation as a token of its own.
        last -= 1
    return (first, last) if first <= last else None


def cue_kind(unit: Unit, first: int, last: int) -> str:
    """What a cue is by its last words: a verb by what it takes, a noun, a colon; "_with" before a last preposition."""
    tags, lowers = unit.tags, unit.lowers
    if tags[last] == ":" or lowers[first] == "according":
        return "colon" if tags[last] == ":" else "according"
    led = "_with" if tags[last] in "it" and last > first else ""
    verb = next((at for at in range(last, first - 1, -1) if tags[at] in "vbeg"), None)
    if verb is None:
        return ("noun" if "n" in tags[first : last + 1] else "other") + led
    if tags[verb] == "e" and "x" in tags[first:verb]:
        return "passive" + led
    if "n" in tags[verb : last + 1]:
        return "verb_noun" + led
    lemma = lemma_of(lowers[verb])
    known = (group for group in ("say", "think", "intend", "object") if lemma in cues("verbs", group))
    return "verb_with" if led else next(known, "verb")


def relation(near: Around, marked: tuple[tuple[int, int], ...], first: int, last: int) -> str:
    """How the tokens lie to what of their role is marked, and how many words away a changed end is."""
    for start, end in marked:
        if first == start:
            steps = sum(near.unit.tags[at] in _STEPS for at in range(min(last, end) + 1, max(last, end) + 1))
            whole = "_unit" if last > end and not near.unit.tags[last + 1 :].strip(_STOPS) else ""
            return f"{'later' if last > end else 'sooner'}_{min(steps, 3)}{whole}"
        if last == end:
            return "longer" if first < start else "shorter"
        if first <= end and start <= last:
            return "inside" if start < first and last < end else "other"
    return f"apart_{'before' if last < near.first else 'after'}"


_CLASSES = {
    **dict.fromkeys("nN", "noun"), **dict.fromkeys("vxmhy", "verb"), **dict.fromkeys("uo", "pronoun"),
    **dict.fromkeys("dj#", "determiner"), **dict.fromkeys(".?!", "stop"), "b": "base", "g": "gerund", "e": "participle",
    ",": "comma", ";": "semicolon", ":": "colon", "-": "dash", "Q": "quote", "s": "clause", "w": "relative", "t": "to",
    "i": "preposition", "c": "and", "r": "adverb", "z": "time", "p": "possessive", "(": "bracket", ")": "bracket",
    '"': "mark", "^": "opening",
}  # fmt: skip


def class_of(tag: str) -> str:
    """The class of a tag, by name."""
    return _CLASSES.get(tag, "other")
