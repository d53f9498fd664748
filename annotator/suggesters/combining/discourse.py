"""Discourse: what joins the findings of one unit to the units around it.

A quotation that nothing introduces belongs to whoever spoke last; an introduction that ends in a colon owns
the quotation, the block quote or the paragraph behind it.
"""

from __future__ import annotations

import re

from annotator.model.article import BlockKind
from annotator.model.span import Span
from annotator.suggesters.combining.orphan_quotations import person_of
from annotator.suggesters.combining.signatures import signature_of
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.units import Reading, Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding

_QUOTED = pos.QUOTATION + '"'


def joined(reading: Reading, found: list[list[Finding]]) -> list[Finding]:
    """All findings of a text, in order, with each loose quotation given to its speaker."""
    state = _State(reading.text)
    previous: Unit | None = None
    for unit, findings in zip(reading.units, found, strict=True):
        state.take(unit, findings, previous)
        previous = unit
    whole = (state.whole(at) for at in range(len(state.done)))
    return [finding for finding in whole if finding.content]


# A verb or a colon before the quotation, or a verb right behind it, tells something else than who spoke before.
_LED = re.compile(r"(?!s)[^Q]*[vxhm:]|[^Q]*Q[,?!.]?[vxhm]")


_PRONOUNS = ("he", "she")
# How many findings back one can be about the unit before.
_RECENT = 8


class _State:
    """What is known of the speakers so far while a text is read from top to bottom."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.done: list[Finding] = []
        self.more: dict[int, list[Span]] = {}  # what a finding holds beyond its unit, by its place in `done`
        self.waiting: int | None = None  # an introduction whose content has not come yet
        self.speaker: int | None = None  # whoever holds the last quotation
        self.reporter: int | None = None  # whoever is reported last in this paragraph
        self.block: int | None = None  # the introduction of the block quote that is being read
        self.unsigned: list[Unit] = []  # a block quote that nothing introduced, as far as it is read

    def take(self, unit: Unit, findings: list[Finding], previous: Unit | None) -> None:
        """Read one unit: first what it owes to those before it, then its own findings."""
        new_paragraph = previous is None or unit.paragraph != previous.paragraph
        if new_paragraph:
            self.reporter = None
        owned = self._introduced(unit, findings, new_paragraph=new_paragraph) or self._continued(
            unit, findings, new_paragraph=new_paragraph
        )
        if not owned and (findings or new_paragraph or self._turns(unit)):
            self.speaker = None
        findings = self._signed(unit, findings, owned=owned, new_paragraph=new_paragraph)
        first = len(self.done)
        for finding in self._looking_back(findings, previous):
            self.done.append(finding)
            if not finding.content:
                self.waiting = len(self.done) - 1
            elif _quotes(finding, unit) and not (self._speaks_since(first) and not finding.rule.quotes):
                self.speaker = len(self.done) - 1
        if findings:
            reporters = [at for at in range(first, len(self.done)) if self.done[at].rule.goes_on]
            self.reporter = reporters[-1] if reporters else None

    def _signed(self, unit: Unit, findings: list[Finding], *, owned: bool, new_paragraph: bool) -> list[Finding]:
        """The findings of the unit, or that it signs the block quote before it; keep what may be signed below."""
        may_sign = new_paragraph and not owned and bool(self.unsigned)
        signature = signature_of(unit, self.unsigned) if may_sign else None
        if signature is not None:
            findings = [signature]
        if signature is not None or owned or unit.kind is not BlockKind.BLOCK_QUOTE:
            self.unsigned = []
        else:
            self.unsigned.append(unit)
        return findings

    def _looking_back(self, findings: list[Finding], previous: Unit | None) -> list[Finding]:
        """So says Doe; — Ada Reyes: what has no content of its own takes the unit before, if nobody else said that."""
        kept = []
        for finding in findings:
            if finding.content or not finding.rule.looks_back:
                kept.append(finding)
            elif previous is not None and (
                finding.rule is not registry.SIGNED or previous.tags.rstrip(".?!") == pos.QUOTATION
            ):
                said = _sentence(previous)
                recent = range(max(len(self.done) - _RECENT, 0), len(self.done))
                if not any(span.overlaps(said) for at in recent for span in self._latest(at)):
                    kept.append(finding._replace(content=(said,)))
        return kept

    def _turns(self, unit: Unit) -> bool:
        """Whether a sentence without findings turns to somebody by another name: whoever spoke speaks no more."""
        source = self.done[self.speaker].source if self.speaker is not None else None
        if source is None or "Q" in unit.tags:
            return False
        person = person_of(unit, registry.SENTENCE_THEN_QUOTE)
        if person is None or person.source is None:
            return False
        name = person.source.slice(self.text).split()[-1]
        return name[0].isupper() and name.lower() not in _PRONOUNS and name not in source.slice(self.text)

    def _introduced(self, unit: Unit, findings: list[Finding], *, new_paragraph: bool) -> bool:
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
            if unit.tags[0] not in _QUOTED:
                self.done[waiting] = self.done[waiting]._replace(rule=registry.UNQUOTED_BLOCK)
            self.block = self.speaker = waiting
        elif self.done[waiting].rule is registry.SPEAKER_STOP and any(_quotes(finding, unit) for finding in findings):
            # Not everyone agrees. "It is safe," said Reyes: the quotation has a speaker.
            return False
        elif unit.tags[0] == pos.QUOTATION:
            self._extend(waiting, unit.quotations[0].span, block=False)
            self.speaker = waiting
        elif new_paragraph and self.done[waiting].rule is registry.COLON:
            self._extend(waiting, _whole(unit), block=False)
        else:
            return False
        return True

    def _speaks_since(self, first: int) -> bool:
        """Whether one of the findings from `first` on is the speaker of a whole quotation."""
        return self.speaker is not None and self.speaker >= first and self.done[self.speaker].rule.quotes

    def _continued(self, unit: Unit, findings: list[Finding], *, new_paragraph: bool) -> bool:
        """Give a quotation that stands alone to the last speaker, or to whom its paragraph reports last.

        A heading is the newsroom's: what it quotes is said elsewhere, before it or behind.
        """
        speaker = self.speaker if self.speaker is not None else self.reporter
        if speaker is None or not unit.quotations or unit.kind is BlockKind.HEADLINE:
            return False
        alone = unit.tags.rstrip(".?!,") == pos.QUOTATION
        if not alone and (findings or not self._speaks_since(0) or new_paragraph or not _mostly_quoted(unit)):
            return False
        said = unit.quotations[0].span if alone else _sentence(unit)
        if any(span.overlaps(said) for finding in findings for span in finding.content):
            return False
        self._extend(speaker, said, block=self.done[speaker].block, joined=False)
        return True

    def _latest(self, index: int) -> list[Span]:
        """A finding's own content, and of what it holds beyond its unit the last: nothing earlier is beside a unit."""
        return [*self.done[index].content, *self.more.get(index, ())[-_RECENT:]]

    def _extend(self, index: int, span: Span, *, block: bool, joined: bool = True) -> None:
        own, more = self.done[index].content, self.more.setdefault(index, [])
        last = more[-1] if more else own[-1] if own else None
        if joined and last is not None and "\n" not in self.text[last.end : span.start]:
            # Sentences of one paragraph are one span; paragraphs stay apart.
            span = Span(last.start, max(last.end, span.end))
            if more:
                more.pop()
            else:
                own = own[:-1]
        more.append(span)
        self.done[index] = self.done[index]._replace(content=own, block=block)

    def whole(self, index: int) -> Finding:
        """A finding with all of its content."""
        finding, more = self.done[index], self.more.get(index)
        return finding._replace(content=(*finding.content, *more)) if more else finding


def _quotes(finding: Finding, unit: Unit) -> bool:
    return any(span.overlaps(quotation.span) for span in finding.content for quotation in unit.quotations.values())


def _mostly_quoted(unit: Unit) -> bool:
    """Now, "the ramp is shut": whether more than half of a sentence is quoted, and no verb leads to that."""
    if _LED.match(unit.tags):
        return False
    return 2 * sum(len(quotation.span) for quotation in unit.quotations.values()) > len(_whole(unit))


def _sentence(unit: Unit) -> Span:
    """The sentence without its full stop, unless that is inside a quotation."""
    last = len(unit.tags) - 1
    return unit.span(0, last - 1 if unit.tags[last] == "." and unit.tags[last - 1 : last] != pos.QUOTATION else last)


def _whole(unit: Unit) -> Span:
    return Span(unit.starts[0], unit.ends[-1])
