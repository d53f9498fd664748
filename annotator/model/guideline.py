"""The project's own pages of guidelines."""

from __future__ import annotations

from annotator.model.late import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page of guidelines in Markdown, as it was attached."""

    name: str
    text: str
