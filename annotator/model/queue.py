"""The queue of articles as one reviewer sees it: its rows, and the ways to sort and filter it."""

from __future__ import annotations

from enum import StrEnum

from annotator.model.late import dataclass
from annotator.model.progress import Progress


class QueueSort(StrEnum):
    """What the queue is sorted by; WORTH is how far what is open is worth checking."""

    ADDED = "added"
    TITLE = "title"
    PUBLISHER = "publisher"
    DATE = "date"
    LEFT = "claims left"
    FLAGS = "flags"
    WORTH = "worth"
    TOUCHED = "last touched"


class QueueFilter(StrEnum):
    """Which articles the queue shows; DIFFERING is for who adjudicates."""

    ALL = "all"
    MINE = "mine"
    OPEN = "open"
    STARTED = "started"
    AWAITING = "awaiting verdict"
    FLAGGED = "flagged"
    DONE = "done"
    DIFFERING = "to settle"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One article in the queue; `touched_at` is empty where the reviewer has not opened it."""

    ordinal: int
    article_id: str
    title: str
    publisher: str
    published_at: str
    progress: Progress
    touched_at: str
