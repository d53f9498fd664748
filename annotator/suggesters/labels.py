"""Label rules: "Poll: ...", "DOE: ..." and a name with a colon before a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.model.article import BlockKind
from annotator.suggesters.clauses import content_end
from annotator.suggesters.findings import Finding
from annotator.suggesters.units import Unit

_LABEL = re.compile(r"[Nnj#pd]{1,7}:")


def label_findings(unit: Unit) -> Iterator[Finding]:
    """The attribution of a source that stands before a colon: in headlines, and in capitals in the body."""
    match = _LABEL.match(unit.tags)
    if match is None:
        return
    colon = match.end() - 1
    if colon + 2 >= len(unit.tags):
        return
    names = unit.forms[:colon]
    if unit.kind is not BlockKind.HEADLINE and not all(name.isupper() for name in names) and unit.tags[colon + 1] != "Q":
        return
    if colon == 1 and len(names[0]) == 1:
        return
    if any(name.lower() in _NOT_SOURCES for name in names):
        return
    end = content_end(unit, colon + 1)
    if end > colon + 1:
        yield Finding("label", 0.7, unit.span(0, colon - 1), unit.span(colon, colon), (unit.span(colon + 1, end - 1),))


_NOT_SOURCES = frozenset("update updates watch video photo photos exclusive breaking live related note opinion analysis editorial".split())
