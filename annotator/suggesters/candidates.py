"""Candidates: for one role of an attribution, the spans that are most likely what the reviewer wants, best first."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model.article import Segmentation
from annotator.model.attribution import Role
from annotator.model.span import Span
from annotator.suggesters.candidate_contents import contents
from annotator.suggesters.candidate_cues import cue_spans
from annotator.suggesters.candidate_sources import source_spans
from annotator.suggesters.marks import Marks, Near
from annotator.suggesters.units import Reading, read

MOST = 9
"""How many candidates there are at most: a digit takes one."""

_TRIM = " \t\n,;:—–-"
# Of a hundred attributions that are suggested, how many this candidate alone makes right: first, second, third ...
_SHARES = {
    Role.CONTENT: (4.5, 1.9, 0.6, 0.5, 0.45, 0.4, 0.3, 0.25, 0.2),
    Role.SOURCE: (1.0, 0.7, 0.3, 0.2, 0.1, 0.08, 0.06, 0.04, 0.02),
    Role.CUE: (0.48, 0.42, 0.07, 0.03, 0.01, 0.01, 0.01, 0.01, 0.01),
}


class Candidates:
    """The candidates of one article; it is read once."""

    def __init__(self, text: str, segmentation: Segmentation) -> None:
        self._text = text
        self._reading: Reading = read(text, segmentation)

    def of(self, role: Role, claim: Span, marks: Marks) -> list[Span]:
        """The spans that may be meant for a role, the likeliest first; what is marked already is left out."""
        near = self._near(claim)
        if role is Role.CUE:
            found: Iterable[Span] = cue_spans(near, marks)
        elif role is Role.CONTENT:
            found = contents(self._text, near, claim, marks)
        else:
            found = source_spans(near, marks)
        taken = marks.of(role)
        unique: dict[Span, None] = {}
        for span in found:
            tidy = _trimmed(self._text, span)
            if tidy is not None and tidy not in taken:
                unique[tidy] = None
        return list(unique)[:MOST]

    def alternatives(self, claim: Span, marks: Marks, most: int = MOST) -> list[tuple[Role, Span]]:
        """The single changes of a whole attribution that may make it right: a role, and the one span it gets instead.

        The likeliest come first, whichever role they change; where nothing is marked they are cues.
        """
        if marks == Marks():
            return [(Role.CUE, span) for span in self.of(Role.CUE, claim, marks)[:most]]
        ranked = [
            (-share, role, span)
            for role, shares in _SHARES.items()
            for share, span in zip(shares, self.of(role, claim, marks), strict=False)
        ]
        return [(role, span) for _, role, span in sorted(ranked, key=lambda row: row[0])[:most]]

    def _near(self, claim: Span) -> list[Near]:
        """The units that the claim lies in (0), the one before (1) and the one behind (2)."""
        units = [unit for unit in self._reading.units if unit.starts]
        inside = [at for at, unit in enumerate(units) if unit.starts[0] < claim.end and unit.ends[-1] > claim.start]
        if not inside:
            return []
        near = [(units[at], 0) for at in inside]
        near += [(units[inside[0] - 1], 1)] if inside[0] else []
        near += [(units[inside[-1] + 1], 2)] if inside[-1] + 1 < len(units) else []
        return near


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return Span(start, end) if start < end else None
