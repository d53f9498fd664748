"""Discourse: what joins the findings of one unit to the units around it.

A quotation that nothing introduces belongs to whoever spoke last; an introduction that ends in a colon owns
the quotation, the block quote or the paragraph behind it.
"""

from __future__ import annotations

from dataclasses import replace

from annotator.model.article import BlockKind
from annotator.model.span import Span
from annotator.suggesters.findings import Finding
from annotator.suggesters.units import Reading, Unit


def joined(reading: Reading, found: list[list[Finding]]) -> list[Finding]:
    """All findings of a text, in order, with each loose quotation given to its speaker."""
    state = _State(reading.text)
    previous: Unit | None = None
    for unit, findings in zip(reading.units, found, strict=True):
        state.take(unit, findings, previous)
        previous = unit
    return [finding for finding in state.done if finding.content]


class _State:
    """What is known of the speakers so far while a text is read from top to bottom."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.done: list[Finding] = []
        self.waiting: int | None = None  # an introduction whose content has not come yet
        self.speaker: int | None = None  # whoever holds the last quotation
        self.block: int | None = None  # the introduction of the block quote that is being read

    def take(self, unit: Unit, findings: list[Finding], previous: Unit | None) -> None:
        """Read one unit: first what it owes to those before it, then its own findings."""
        new_paragraph = previous is None or unit.paragraph != previous.paragraph
        owned = self._introduced(unit, new_paragraph=new_paragraph) or self._continued(unit, findings)
        if not owned and (findings or new_paragraph):
            self.speaker = None
        for finding in findings:
            self.done.append(finding)
            if not finding.content:
                self.waiting = len(self.done) - 1
            elif any(
                span.overlaps(quotation.span) for span in finding.content for quotation in unit.quotations.values()
            ):
                self.speaker = len(self.done) - 1

    def _introduced(self, unit: Unit, *, new_paragraph: bool) -> bool:
        """Give the unit to the introduction that waits for it, or to the block quote it carries on."""
        is_block = unit.kind is BlockKind.BLOCK_QUOTE
        if self.waiting is None:
            if self.block is not None and is_block:
                self._extend(self.block, _whole(unit), block=True)
                return True
            self.block = None
            return False
        waiting, self.waiting, self.block = self.waiting, None, None
        if is_block:
            self._extend(waiting, _whole(unit), block=True)
            self.block = self.speaker = waiting
        elif unit.tags[0] == "Q":
            self._extend(waiting, unit.quotations[0].span, block=False)
            self.speaker = waiting
        elif new_paragraph and self.done[waiting].rule == "colon":
            self._extend(waiting, _whole(unit), block=False)
        else:
            return False
        return True

    def _continued(self, unit: Unit, findings: list[Finding]) -> bool:
        """Give a quotation that stands alone to the last speaker."""
        if self.speaker is None or unit.tags.rstrip(".?!,") != "Q":
            return False
        quotation = unit.quotations[0]
        if any(span.overlaps(quotation.span) for finding in findings for span in finding.content):
            return False
        self._extend(self.speaker, quotation.span, block=self.done[self.speaker].block, joined=False)
        return True

    def _extend(self, index: int, span: Span, *, block: bool, joined: bool = True) -> None:
        finding = self.done[index]
        before = finding.content
        if joined and before and "\n" not in self.text[before[-1].end : span.start]:
            # Sentences of one paragraph are one span; paragraphs stay apart.
            before, span = before[:-1], Span(before[-1].start, max(before[-1].end, span.end))
        self.done[index] = replace(finding, content=(*before, span), block=block)


def _whole(unit: Unit) -> Span:
    return Span(unit.starts[0], unit.ends[-1])
