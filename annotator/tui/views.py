"""Views: what each widget is told to show. Plain data, so that what is shown can be tested without a screen.

Named tuples, like what is laid out of them: they are made at every key, and a dataclass takes five times as long to be
made, and its class to be loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from annotator.model.attribution import Role
from annotator.model.late import NamedTuple
from annotator.model.queue import QueueRow
from annotator.model.review import ArticleReview
from annotator.model.span import Span
from annotator.tui.claim_view import ClaimView

if TYPE_CHECKING:
    from annotator.tui.case_view import CaseView


class HeadingView(NamedTuple):
    """What the top bar says."""

    title: str
    reviewer: str
    done: int = 0
    total: int = 0
    unit: str = ""
    round: str = ""


class Hint(NamedTuple):
    """A key and what it does; `now` marks the keys that are next."""

    key: str
    word: str
    now: bool = False


class ArticleText(NamedTuple):
    """What is shown of an article: each claim's sign and its style, the present claim, marks, selection and hits.

    `hit` is the one of the hits that was stepped to.
    """

    review: ArticleReview
    signs: Sequence[tuple[str, str]]
    present: int
    marks: Sequence[tuple[Role, Span]] = ()
    suggested: bool = False
    selection: Span | None = None
    hits: Sequence[Span] = ()
    hit: Span | None = None
    numbered: Sequence[Span] = ()
    labels: Sequence[Span] = ()


class QueueList(NamedTuple):
    """The articles of the queue by their ordinals, with the position that is chosen; the rows that are known.

    `caption` is a line about them, `empty` what to say where there is none.
    """

    order: Sequence[int]
    chosen: int
    rows: Mapping[int, QueueRow]
    caption: str
    empty: str


class ScreenView(NamedTuple):
    """Everything: `article` and `claim` where a claim is reviewed, `queue` where articles are chosen."""

    heading: HeadingView
    hints: Sequence[Hint]
    marking: bool
    choosing: bool
    unfolded: bool
    article: ArticleText | None = None
    claim: ClaimView | CaseView | None = None
    queue: QueueList | None = None
