"""Discourse: what joins the findings of one unit to the units around it.

A quotation that nothing introduces belongs to whoever spoke last; an introduction that ends in a colon owns
the quotation or the block quote behind it.
"""

from __future__ import annotations

from dataclasses import replace

from annotator.model.article import BlockKind
from annotator.model.span import Span
from annotator.suggesters.findings import Finding
from annotator.suggesters.units import Reading, Unit


def joined(reading: Reading, found: list[list[Finding]]) -> list[Finding]:
    """All findings of a text, in order, with each loose quotation given to its speaker."""
    done: list[Finding] = []
    last_direct: int | None = None  # index in `done` of the finding that holds the last quotation
    last_paragraph = -1
    for unit, findings in zip(reading.units, found, strict=True):
        fresh: list[Finding] = []
        for finding in findings:
            fresh.append(finding)
        loose = [
            index for index, quotation in unit.quotations.items()
            if not any(span.overlaps(quotation.span) for finding in findings for span in finding.content)
        ]  # fmt: skip
        if unit.kind is BlockKind.BLOCK_QUOTE and not fresh or (done and not done[-1].content):
            if done and (not done[-1].content or done[-1].block):
                if not done[-1].content or unit.paragraph != last_paragraph or True:
                    is_block = unit.kind is BlockKind.BLOCK_QUOTE
                    whole = Span(unit.starts[0], unit.ends[-1])
                    if is_block or unit.tags[0] == "Q":
                        span = whole if is_block else unit.quotations[0].span
                        done[-1] = replace(
                            done[-1], content=_merged(done[-1].content, span, reading.text), block=is_block
                        )
                        last_direct = len(done) - 1
                        loose = [index for index in loose if index and not is_block]
        if loose and loose[0] == 0 and last_direct is not None and unit.tags.rstrip(".?!,") == "Q":
            owner = done[last_direct]
            done[last_direct] = replace(owner, content=(*owner.content, unit.quotations[0].span))
        elif fresh or unit.paragraph != last_paragraph:
            last_direct = None
        for finding in fresh:
            done.append(finding)
            if any(span.overlaps(quotation.span) for span in finding.content for quotation in unit.quotations.values()):
                last_direct = len(done) - 1
        last_paragraph = unit.paragraph
    return [finding for finding in done if finding.content]


def _merged(content: tuple[Span, ...], span: Span, text: str) -> tuple[Span, ...]:
    """Sentences of one paragraph are one span, paragraphs are several."""
    if content and "\n" not in text[content[-1].end : span.start]:
        return (*content[:-1], Span(content[-1].start, span.end))
    return (*content, span)


def pending(unit: Unit, after: int) -> bool:
    """Whether a unit ends in a colon behind its cue: what follows in the next unit is its content."""
    return unit.tags[after : after + 1] == ":" and after + 1 >= len(unit.tags)
