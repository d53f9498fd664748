"""Candidates: for one role of an attribution, the spans that are most likely what the reviewer wants, best first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from annotator.model.article import Segmentation
from annotator.model.attribution import Role
from annotator.model.candidates import MOST, Marks
from annotator.model.span import Span
from annotator.suggesters.candidates.completion import completed, followed
from annotator.suggesters.candidates.contents import contents
from annotator.suggesters.candidates.cues import ranked_cues
from annotator.suggesters.candidates.near import Near, Proposed
from annotator.suggesters.candidates.sources import sources
from annotator.suggesters.candidates.steps import ANY, HARDLY, LIKELY, STEP
from annotator.suggesters.reading.units import Unit, inner_units, read
from annotator.suggesters.rules.findings import Finding
from annotator.suggesters.suggest import findings_in

# More tokens than a screen shows: what is farther from the cue is no candidate, and a key stays quick.
_MOST_TOKENS = 1000
_TRIM = " \t\n,;:—–-"


class Candidates:
    """The candidates of one article; it is read once."""

    def __init__(self, text: str, segmentation: Segmentation) -> None:
        self._text = text
        self._reading = read(text, segmentation)
        self._units = [unit for unit in self._reading.units if unit.starts]
        self._starts = [unit.starts[0] for unit in self._units]
        self._ends = [unit.ends[-1] for unit in self._units]
        self._last_quoted: tuple[Span, list[Unit]] | None = None
        self._findings: dict[tuple[int, int], list[Finding]] = {}

    def of(self, role: Role, claim: Span, marks: Marks, *, adding: bool = False) -> list[Span]:
        """The spans that may be meant for a role, the likeliest first; what is marked already is left out.

        Where another piece is `adding` to those that are marked, none overlaps these.
        """
        return [span for _, span in self._likely(role, claim, marks, adding=adding)[:MOST]]

    def _likely(self, role: Role, claim: Span, marks: Marks, *, adding: bool = False) -> list[tuple[float, Span]]:
        """The spans that may be meant for a role, each with its share of the likelihood of all."""
        near = self._near(claim, marks.cue if role is not Role.CUE else None)
        if role is Role.CUE:
            # What the rules find inside a quotation alone is seldom suggested there.
            inner = self._quoted(claim)
            found = ranked_cues(near, marks, self._proposed([unit for unit, _ in near if unit not in inner]))
        elif role is Role.CONTENT:
            found = contents(near, claim, marks, adding=adding)
        else:
            found = sources(near, marks, adding=adding)
        taken = marks.of(role)
        unique: dict[Span, float] = {}
        for steps, span in found:
            tidy = span if role is not Role.CONTENT else _trimmed(self._text, span)
            if tidy is not None and tidy not in taken:
                unique.setdefault(tidy, STEP**steps)
        whole = sum(unique.values()) or 1.0
        return [(likely / whole, span) for span, likely in unique.items()]

    def completion(self, claim: Span, cue: Span) -> Marks:
        """The whole attribution that a cue most likely makes; without a source where it most likely has none."""
        return completed(self._near(claim, cue), claim, cue)

    def with_cue(self, claim: Span, marks: Marks, cue: Span) -> Marks:
        """What the marks become with this cue: its `completion` where nothing else is marked.

        Where there are other marks, content that touched the old cue or overlaps the new one begins (or ends) at the
        new one.
        """
        if marks.source or marks.content:
            return followed(self._text, marks, cue)
        return self.completion(claim, cue)

    def alternatives(self, claim: Span, marks: Marks, most: int = MOST) -> list[tuple[Role, Span]]:
        """The single changes of a whole attribution that may make it right: a role, and the one span it gets instead.

        The likeliest come first, whichever role they change; where nothing is marked they are cues. A cue is counted
        on with what `with_cue` makes of the marks.
        """
        if marks == Marks():
            return [(Role.CUE, span) for span in self.of(Role.CUE, claim, marks)[:most]]
        ranked = [
            (_likelihood(role, likely, marks.of(role), span), role, span)
            for role in (Role.CONTENT, Role.SOURCE, Role.CUE)
            for likely, span in self._likely(role, claim, marks)[:MOST]
        ]
        return [(role, span) for _, role, span in sorted(ranked, key=lambda row: -row[0])[:most]]

    def _proposed(self, units: Iterable[Unit]) -> Proposed:
        """What the rules propose in the units by themselves; each is looked through once."""
        findings: list[Finding] = []
        for unit in units:
            place = (unit.starts[0], unit.ends[-1])
            if place not in self._findings:
                self._findings[place] = [finding for found in findings_in(unit) for finding in found]
            findings += self._findings[place]
        cues = tuple(finding.cue for finding in findings if finding.cue is not None)
        return Proposed(cues, tuple(span for finding in findings for span in finding.content))

    def _near(self, claim: Span, cue: Span | None = None) -> list[Near]:
        """The units that the claim lies in (0), the one before (1) and the one behind (2).

        Of a claim inside a quotation its own sentences come first: what is said there may be nested. With a cue there
        they are all: who says the quotation is no part of what is nested in it. Of a claim of very many words those
        near the cue are looked at, or the first ones.
        """
        units, quoted = self._units, self._quoted(claim)
        if cue is not None and any(unit.starts[0] <= cue.start and cue.end <= unit.ends[-1] for unit in quoted):
            return [(unit, 0) for unit in _nearest(quoted, cue)]
        first, behind = bisect_right(self._ends, claim.start), bisect_left(self._starts, claim.end)
        if first >= behind:
            return []
        near = [(unit, 0) for unit in (*_nearest(quoted, cue), *_nearest(units[first:behind], cue))]
        near += [(units[first - 1], 1)] if first else []
        near += [(units[behind], 2)] if behind < len(units) else []
        return near

    def _quoted(self, claim: Span) -> list[Unit]:
        """The claim's sentences inside a quotation that holds it whole; those of the last claim are remembered."""
        if self._last_quoted is None or self._last_quoted[0] != claim:
            quotations = self._reading.quotations
            at = bisect_right(quotations, claim.start, key=lambda quotation: quotation.span.start) - 1
            holds = at >= 0 and quotations[at].span.contains(claim)
            units = inner_units(self._reading, quotations[at], claim) if holds else []
            inside = [unit for unit in units if unit.starts[0] < claim.end and unit.ends[-1] > claim.start]
            self._last_quoted = claim, inside
        return self._last_quoted[1]


def _nearest(units: Sequence[Unit], cue: Span | None) -> Sequence[Unit]:
    """Those around the cue, or from the first on, of about `_MOST_TOKENS` together."""
    at = max(bisect_right(units, cue.start, key=lambda unit: unit.starts[0]) - 1, 0) if cue is not None else 0
    first, behind = at, min(at + 1, len(units))
    left = _MOST_TOKENS - sum(len(unit.tags) for unit in units[first:behind])
    while left > 0 and (first or behind < len(units)):
        if behind < len(units):
            left -= len(units[behind].tags)
            behind += 1
        if first:
            first -= 1
            left -= len(units[first].tags)
    return units[first:behind]


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return Span(start, end) if start < end else None


def _likelihood(role: Role, likely: float, marked: Sequence[Span], span: Span) -> float:
    """How likely a candidate alone makes a suggestion right: contents are wrong most often, and mostly at one end."""
    keeps = len(marked) == 1 and (marked[0].start == span.start or marked[0].end == span.end)
    return likely * STEP ** ((LIKELY if role is Role.CONTENT else ANY) + (ANY if keeps else HARDLY))
