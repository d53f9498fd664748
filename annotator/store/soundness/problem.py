"""What the doctor finds."""

from __future__ import annotations

from annotator.model.late import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it must be: which check found it, and what it found."""

    check: str
    detail: str
