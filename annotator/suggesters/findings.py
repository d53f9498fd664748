"""Findings: what a rule proposes, in tokens of a unit or in offsets, before it becomes an Attribution."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.model.attribution import AttributionType
from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One proposed attribution: spans in code points, the rule that made it and how sure the rule is (0 to 1)."""

    rule: str
    confidence: float
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    type: AttributionType = AttributionType.STATEMENT
    negated: bool = False
    relay: Span | None = None
    block: bool = False
