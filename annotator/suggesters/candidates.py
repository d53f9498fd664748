"""Candidates: for one role of an attribution, the spans that are most likely what the reviewer wants, best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.model.article import Segmentation
from annotator.model.attribution import Role
from annotator.model.span import Span
from annotator.suggesters.clauses import content_end
from annotator.suggesters.lexicon import cues
from annotator.suggesters.phrases import phrase_after, phrase_before
from annotator.suggesters.predicates import Predicate, predicates_of
from annotator.suggesters.units import Reading, Unit, read

MOST = 9
"""How many candidates there are at most: a digit takes one."""

_TRIM = " \t\n,;:—–-"


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked so far; candidates for one role are ranked by how they lie to the others."""

    source: tuple[Span, ...] = ()
    cue: Span | None = None
    content: tuple[Span, ...] = ()


class Candidates:
    """The candidates of one article; it is read once."""

    def __init__(self, text: str, segmentation: Segmentation) -> None:
        self._text = text
        self._reading: Reading = read(text, segmentation)

    def of(self, role: Role, claim: Span, marks: Marks) -> list[Span]:
        """The spans that may be meant for a role, the likeliest first; what is marked already is left out."""
        near = self._near(claim)
        if role is Role.CUE:
            found = _cues(near, marks)
        elif role is Role.CONTENT:
            found = self._contents(near, claim, marks)
        else:
            found = _sources(near, marks)
        taken = {"source": set(marks.source), "cue": {marks.cue}, "content": set(marks.content)}.get(role.value, set())
        unique: list[Span] = []
        for span in found:
            tidy = self._trimmed(span)
            if tidy is not None and tidy not in unique and tidy not in taken:
                unique.append(tidy)
        return unique[:MOST]

    def _near(self, claim: Span) -> list[tuple[Unit, int]]:
        """The units that the claim lies in (0), the one before (1) and the one behind (2)."""
        units = self._reading.units
        inside = [
            n
            for n, unit in enumerate(units)
            if unit.starts and unit.starts[0] < claim.end and unit.ends[-1] > claim.start
        ]
        if not inside:
            return []
        near = [(units[n], 0) for n in inside]
        near += [(units[n], 1) for n in (inside[0] - 1,) if n >= 0 and units[n].starts]
        near += [(units[n], 2) for n in (inside[-1] + 1,) if n < len(units) and units[n].starts]
        return near

    def _trimmed(self, span: Span) -> Span | None:
        start, end = span.start, span.end
        while start < end and self._text[start] in _TRIM:
            start += 1
        while end > start and self._text[end - 1] in _TRIM:
            end -= 1
        return Span(start, end) if start < end else None

    def _contents(self, near: Sequence[tuple[Unit, int]], claim: Span, marks: Marks) -> Iterator[Span]:
        here = [unit for unit, distance in near if distance == 0]
        edges = [span for span in (*marks.source, *((marks.cue,) if marks.cue else ()))]
        yield from self._revised(here, marks.content)
        for unit in here:
            yield from self._around(unit, edges)
        for unit in here:
            for quotation in unit.quotations.values():
                yield quotation.span
        for unit in here:
            yield self._whole(unit)
        yield claim
        for unit in here:
            for predicate in predicates_of(unit):
                start = predicate.head + 1
                if start < len(unit.tags):
                    yield self._from_to(unit, start, content_end(unit, start))

    def _revised(self, here: Sequence[Unit], content: Sequence[Span]) -> Iterator[Span]:
        """What is marked with another end or another beginning."""
        for unit in here:
            for span in content:
                ends = [end for end in self._ends(unit) if end > span.start and end != span.end]
                starts = [start for start in self._starts(unit) if start < span.end and start != span.start]
                later = [end for end in ends if end > span.end]
                sooner = [end for end in reversed(ends) if end < span.end]
                for end in (*later[-1:], *sooner[:1], *later[:1], *sooner[1:3], *later[1:3]):
                    yield Span(span.start, end)
                before = [start for start in reversed(starts) if start < span.start]
                behind = [start for start in starts if start > span.start]
                for start in (*before[:1], *behind[:1], *before[1:2], *behind[1:2]):
                    yield Span(start, span.end)

    def _around(self, unit: Unit, edges: Sequence[Span]) -> Iterator[Span]:
        """Everything behind the cue, or everything before it, up to each likely end."""
        inside = [span for span in edges if unit.starts[0] <= span.start < unit.ends[-1]]
        if not inside:
            return
        last = max(span.end for span in inside)
        first = min(span.start for span in inside)
        ends = [end for end in self._ends(unit) if end > last]
        for end in (*ends[-1:], *ends[:-1]):
            yield Span(last, end)
        starts = [start for start in self._starts(unit) if start < first]
        for start in starts:
            yield Span(start, first)

    def _ends(self, unit: Unit) -> list[int]:
        """Where a clause of the unit may end, the unit's end without its full stop last."""
        ends = {self._end(unit)}
        for at, tag in enumerate(unit.tags):
            if at and (
                tag in ",;:-."
                or tag in "sc"
                or unit.lowers[at]
                in (
                    "after",
                    "before",
                    "as",
                    "while",
                    "because",
                    "when",
                    "who",
                    "which",
                    "in",
                    "on",
                    "at",
                    "for",
                    "with",
                    "to",
                )
            ):
                ends.add(unit.ends[at - 1])
            if tag == "Q":
                ends.add(unit.ends[at])
        return sorted(end for end in ends if end <= self._end(unit) or self._text[end - 1] in "\"”’'»")

    def _starts(self, unit: Unit) -> list[int]:
        """Where a clause of the unit may begin."""
        starts = {unit.starts[0]}
        for at, tag in enumerate(unit.tags):
            if tag in "sQt" or unit.lowers[at] in (
                "that",
                "to",
                "as",
                "for",
                "about",
                "on",
                "of",
                "with",
                "against",
                "in",
            ):
                starts.add(unit.starts[at])
            if (at and unit.tags[at - 1] in ',;:-."') or (at and unit.tags[at - 1] in "vcbeg"):
                starts.add(unit.starts[at])
        return sorted(starts)

    def _end(self, unit: Unit) -> int:
        end = unit.ends[-1]
        while end > unit.starts[0] and self._text[end - 1] in ".!? ":
            end -= 1
        return max(end, unit.starts[0] + 1)

    def _whole(self, unit: Unit) -> Span:
        return Span(unit.starts[0], self._end(unit))

    def _from_to(self, unit: Unit, start: int, end: int) -> Span:
        return unit.span(start, max(start, end - 1))


def _cue_spans(unit: Unit, predicate: Predicate) -> Iterator[Span]:
    """A verb group as a cue: with its auxiliaries, the verb alone, and with what is behind it."""
    head = predicate.head
    yield unit.span(predicate.start, head)
    if predicate.start < head:
        yield unit.span(head, head)
    if head + 1 < len(unit.tags) and unit.tags[head + 1] in "irnjN":
        yield unit.span(predicate.start, head + 1)
        if predicate.start < head:
            yield unit.span(head, head + 1)
    start = predicate.start
    while start < head and unit.tags[start] in "mhxyr":
        start += 1
        yield unit.span(start, head)
    for further in (2, 3):
        if head + further < len(unit.tags):
            yield unit.span(predicate.start, head + further)
    if predicate.start and unit.tags[predicate.start - 1] in "rmhxy":
        yield unit.span(predicate.start - 1, head)


def _cues(near: Sequence[tuple[Unit, int]], marks: Marks) -> list[Span]:
    speaking = cues("verbs", "say") | cues("verbs", "think") | cues("verbs", "object")
    ranked: list[tuple[float, int, Span]] = []
    for unit, distance in near:
        for predicate in predicates_of(unit):
            for variant, span in enumerate(_cue_spans(unit, predicate)):
                score = 4.0 * distance + 0.9 * variant
                if marks.cue is not None and span.overlaps(marks.cue):
                    score -= 6
                if predicate.lemma not in speaking:
                    score += 2
                score += (
                    min(4.0, _gap(span, [*marks.source, *marks.content]) / 12) if marks.source or marks.content else 0
                )
                ranked.append((score, span.start, span))
        for at, lower in enumerate(unit.lowers):
            if lower == "according" and unit.lowers[at + 1 : at + 2] == ["to"]:
                ranked.append((4.0 * distance - 1, unit.starts[at], unit.span(at, at + 1)))
            elif unit.tags[at] in "rn" and (lower in cues("fixed", "adverb") or lower in cues("nouns", "clause")):
                ranked.append((4.0 * distance + 2, unit.starts[at], unit.span(at, at)))
    return [span for _, _, span in sorted(ranked, key=lambda row: row[:2])]


def _gap(span: Span, others: Iterable[Span]) -> int:
    """Code points between a span and the nearest of others."""
    return min((max(0, other.start - span.end, span.start - other.end) for other in others), default=0)


def _sources(near: Sequence[tuple[Unit, int]], marks: Marks) -> list[Span]:
    speaking = cues("verbs", "say") | cues("verbs", "think") | cues("verbs", "object")
    ranked: list[tuple[float, int, Span]] = []
    for unit, distance in near:
        subjects = {}
        for predicate in predicates_of(unit):
            if predicate.subject is not None:
                subjects[unit.span(*predicate.subject)] = predicate
        phrases = list(subjects)
        for at, tag in enumerate(unit.tags):
            if tag in "nNup)#o" and unit.tags[at + 1 : at + 2] not in tuple("nNu"):
                phrase = phrase_before(unit, at)
                if phrase is not None:
                    phrases.append(unit.span(*phrase))
            if tag in "dNn" and (at == 0 or unit.tags[at - 1] not in "djnNu"):
                phrase = phrase_after(unit, at)
                if phrase is not None:
                    phrases.append(unit.span(*phrase))
        for span in dict.fromkeys(phrases):
            predicate = subjects.get(span)
            base = 5.0 * distance + (0 if predicate is not None and predicate.lemma in speaking else 2)
            if (
                predicate is not None
                and marks.cue is not None
                and marks.cue.overlaps(unit.span(predicate.start, predicate.head))
            ):
                base -= 4
            anchor = [marks.cue] if marks.cue is not None else [*marks.content]
            base += min(4.0, _gap(span, anchor) / 10) if anchor else 0
            if any(span.overlaps(old) for old in marks.source):
                base -= 4
            if any(span.overlaps(content) for content in marks.content):
                base += 3
            for variant, piece in enumerate(_pieces(unit, span)):
                ranked.append((base + 0.7 * variant, piece.start, piece))
    return [span for _, _, span in sorted(ranked, key=lambda row: row[:2])]


def _pieces(unit: Unit, span: Span) -> Iterator[Span]:
    """A noun phrase whole, up to its first comma, behind its last, and without what leads to it."""
    yield span
    tokens = [at for at in range(len(unit.tags)) if span.start <= unit.starts[at] and unit.ends[at] <= span.end]
    commas = [at for at in tokens if unit.tags[at] in ",(-"]
    if not tokens:
        return
    if commas and commas[0] > tokens[0]:
        yield unit.span(tokens[0], commas[0] - 1)
    if commas and commas[-1] < tokens[-1]:
        yield unit.span(commas[-1] + 1, tokens[-1])
    for at in tokens[1:]:
        if unit.tags[at] in "dN" and unit.tags[at - 1] in "icdnj,":
            yield unit.span(at, tokens[-1])
    for at in tokens[:-1]:
        if unit.tags[at] in "nN" and unit.tags[at + 1] in "isw,":
            yield unit.span(tokens[0], at)
