"""What lies near the claim that is reviewed: its units and its neighbours', and what the rules propose there."""

from __future__ import annotations

from annotator.model.late import dataclass
from annotator.model.span import Span
from annotator.suggesters.reading.units import Unit

Near = tuple[Unit, int]
"""A unit, and how far it is from the claim: 0 is its own, 1 the one before, 2 the one behind."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the rules propose near the claim: cues and contents."""

    cues: tuple[Span, ...] = ()
    contents: tuple[Span, ...] = ()

    def place(self, word: Span) -> str:
        """Where a word lies: in a proposed cue ("suggested"), in a proposed content ("inside") or "free"."""
        if any(cue.overlaps(word) for cue in self.cues):
            return "suggested"
        return "inside" if any(content.contains(word) for content in self.contents) else "free"
