"""Holding: which findings have content around a place, known without a look at all of them.

The text is divided into stretches of one length, and a finding stands in the list of every stretch that its content
touches. A stretch has few findings, because each has words of its own: asking takes the same time in a text of any
length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotator.model.late import NamedTuple
from annotator.model.span import Span
from annotator.suggesters.rules.findings import Finding

# The length of a stretch in code points: a sentence or two.
_STRETCH = 256


class _Part(NamedTuple):
    """One span of a finding's content: which one it is, and how long (code points) the whole content is."""

    span: Span
    number: int
    size: int
    finding: Finding


class Holders:
    """Findings by the places of their contents."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._stretches: dict[int, list[_Part]] = {}
        for finding in findings:
            self.add(finding)

    def add(self, finding: Finding) -> None:
        """One more finding, behind the others."""
        size = size_of(finding)
        for number, span in enumerate(finding.content):
            part = _Part(span, number, size, finding)
            for stretch in _stretches_of(span):
                self._stretches.setdefault(stretch, []).append(part)

    def smallest(self, held: Span) -> Finding | None:
        """The finding with the least content of those that have this span inside theirs, the first of several."""
        parts = self._stretches.get(held.start // _STRETCH, ())
        holding = [part for part in parts if part.span.contains(held)]
        return min(holding, key=lambda part: part.size).finding if holding else None

    def overlap(self, span: Span) -> bool:
        """Whether a finding's content has a code point in common with this span."""
        return any(part.span.overlaps(span) for part in self._near([span]))

    def content_near(self, finding: Finding, spans: Sequence[Span]) -> list[Span]:
        """The spans of a finding's content that lie near these, in their order: all that overlap them are there."""
        parts = {part.number: part.span for part in self._near(spans) if part.finding is finding}
        return [parts[number] for number in sorted(parts)]

    def _near(self, spans: Sequence[Span]) -> Iterator[_Part]:
        for span in spans:
            for stretch in _stretches_of(span):
                yield from self._stretches.get(stretch, ())


def size_of(finding: Finding) -> int:
    """How long its content is, in code points."""
    return sum(map(len, finding.content))


def _stretches_of(span: Span) -> range:
    return range(span.start // _STRETCH, (span.end - 1) // _STRETCH + 1)
