"""Signatures: a line behind a block quote, in it or below it, that is nothing but who said it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.model.article import BlockKind
from annotator.model.span import Span
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding

# A name, without a dash of two words at least, with a role, a post's handle and its day.
_SIGNATURE = re.compile(
    r"(?:(?P<dash>-)(?=N)|(?=NN))(?P<name>N{1,5}(?:,#(?=,))?(?:,[dnNjip-]+)?)(?:\(N\))?(?:,?(?:z#?|#)(?:,?#)?)*$"
)
_MAY_SIGN = (BlockKind.BODY, BlockKind.BLOCK_QUOTE)


def signature_of(unit: Unit, quoted: Sequence[Unit]) -> Finding | None:
    """The attribution of a block quote, given as its units, to whom the unit behind it names; None where none is."""
    match = _SIGNATURE.match(unit.tags) if unit.kind in _MAY_SIGN else None
    if match is None:
        return None
    source = unit.span(match.start("name"), match.end("name") - 1)
    cue = unit.span(0, 0) if match["dash"] else None
    paragraphs: dict[int, Span] = {}
    for each in quoted:
        first = paragraphs.get(each.paragraph)
        paragraphs[each.paragraph] = Span(first.start if first else each.starts[0], each.ends[-1])
    return Finding(registry.SIGNED, source, cue, tuple(paragraphs.values()), block=True)
