"""How far each reviewer is with each article, how fast, and what is left: rows in, numbers out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from math import inf
from operator import itemgetter

from annotator.errors import DomainError
from annotator.model.instants import Instant, micros, written
from annotator.model.late import NamedTuple, dataclass
from annotator.model.period import ALWAYS, Period
from annotator.model.progress import Progress

IDLE_LIMIT = 300.0
"""Seconds; a longer gap between two things a reviewer did counts as a pause."""
_SECOND = 1_000_000
"""Microseconds."""


@dataclass(frozen=True, slots=True)
class ArticleWork:
    """One reviewer's present work on one article: counts of claims, of verdicts by value, and of attributions."""

    reviewer: str
    article_id: str
    title: str
    progress: Progress
    verdicts: Mapping[str, int] = field(default_factory=dict)
    attributions: int = 0


class Tick(NamedTuple):
    """Something a reviewer did."""

    reviewer: str
    session: str
    article_id: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one article of a reviewer, of one reviewer, or of all.

    `seconds` is time on task, `claims_per_hour` claims done in that time, `share` what is done of all claims (0 to 1),
    `hours_left` what is open at the reviewer's pace; None where they are unknown. `last_seen` is ISO 8601 or empty.
    """

    claims: int = 0
    done: int = 0
    open: int = 0
    skipped: int = 0
    flagged: int = 0
    attributions: int = 0
    verdicts: Mapping[str, int] = field(default_factory=dict)
    sessions: int = 0
    seconds: float = 0.0
    last_seen: str = ""
    hours_left: float | None = None

    @property
    def share(self) -> float | None:
        """What is done of all claims, from 0 to 1; None where there are none."""
        return self.done / self.claims if self.claims else None

    @property
    def claims_per_hour(self) -> float | None:
        """Claims done in an hour on task; None where there was none."""
        return self.done * 3600 / self.seconds if self.seconds else None


@dataclass(frozen=True, slots=True)
class ArticleProgress:
    """One article of one reviewer."""

    article_id: str
    title: str
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class ReviewerProgress:
    """One reviewer: her own sums, and her articles in the order they were given."""

    reviewer: str
    numbers: Numbers
    articles: tuple[ArticleProgress, ...]


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """Reviewers by name, the sums over all of them, and the idle limit (seconds) that times were counted with.

    Of a period there are the claims that were last decided in it, and the time that was spent in it.
    """

    idle_limit: float
    reviewers: tuple[ReviewerProgress, ...]
    total: Numbers
    period: Period = ALWAYS


@dataclass(slots=True)
class _Clock:
    """Time on task as it adds up for one article of one reviewer."""

    micros: int = 0
    last: float = -inf
    last_seen: Instant = ""
    sessions: set[str] = field(default_factory=set)


def progress_report(
    works: Iterable[ArticleWork],
    ticks: Iterable[Tick],
    idle_limit: float = IDLE_LIMIT,
    period: Period = ALWAYS,
) -> ProgressReport:
    """The numbers of each reviewer and article, and their sums.

    A gap between two consecutive ticks of a reviewer belongs to the article of the later one and counts unless it is
    longer than `idle_limit` (seconds). Ticks on articles that are not among the works bound gaps and count nowhere,
    and so do those outside the period: the times of two days add up to that of both. What is left is not told of a
    period, whose claims are not all there are.
    Raises DomainError for an idle limit that is not more than 0 and for a time that is not ISO 8601.
    """
    if not idle_limit > 0:
        raise DomainError(f"an idle limit is more than 0 seconds, not {idle_limit}")
    by_reviewer: dict[str, list[ArticleWork]] = {}
    for work in works:
        by_reviewer.setdefault(work.reviewer, []).append(work)
    clocks = {(name, work.article_id): _Clock() for name, own in by_reviewer.items() for work in own}
    _wind(clocks, ticks, idle_limit, period)
    foreseen = not period.bounded
    reviewers = tuple(_reviewer(name, by_reviewer[name], clocks, foreseen=foreseen) for name in sorted(by_reviewer))
    left = _sum_left(reviewer.numbers.hours_left for reviewer in reviewers) if foreseen else None
    total = _numbers([work for own in by_reviewer.values() for work in own], list(clocks.values()), left)
    return ProgressReport(idle_limit, reviewers, total, period)


def _wind(clocks: Mapping[tuple[str, str], _Clock], ticks: Iterable[Tick], idle_limit: float, period: Period) -> None:
    """Add the ticks of the period to the clocks of (reviewer, article id)."""
    most = idle_limit * _SECOND
    timed: dict[str, list[tuple[int, Tick]]] = {}
    for tick in ticks:
        timed.setdefault(tick.reviewer, []).append((micros(tick.at), tick))
    for reviewer, own in timed.items():
        # Merged databases are in the ledger's order, which need not be that of their clocks.
        own.sort(key=itemgetter(0))
        before = own[0][0]
        for moment, tick in own:
            gap, before = moment - before, moment
            clock = clocks.get((reviewer, tick.article_id))
            if clock is None or not period.holds(tick.at):
                continue
            clock.micros += gap if gap <= most else 0
            clock.last, clock.last_seen = moment, tick.at
            clock.sessions.add(tick.session)


def _reviewer(
    name: str, works: list[ArticleWork], clocks: Mapping[tuple[str, str], _Clock], *, foreseen: bool
) -> ReviewerProgress:
    """One reviewer's numbers; `foreseen`: with what is left at her pace."""
    own = [clocks[name, work.article_id] for work in works]
    seconds = _seconds(own)
    done = sum(work.progress.done for work in works)
    pace = done * 3600 / seconds if seconds else None

    def left_of(open_: int) -> float | None:
        return _left(open_, pace) if foreseen else None

    articles = tuple(
        ArticleProgress(work.article_id, work.title, _numbers([work], [clock], left_of(work.progress.open)))
        for work, clock in zip(works, own, strict=True)
    )
    left = left_of(sum(work.progress.open for work in works))
    return ReviewerProgress(name, _numbers(works, own, left), articles)


def _left(open_: int, pace: float | None) -> float | None:
    """Hours for the open claims at a pace in claims an hour; no claims take no time at any pace."""
    if not open_:
        return 0.0
    return open_ / pace if pace else None


def _sum_left(hours: Iterable[float | None]) -> float | None:
    """Hours of work, whoever does it; unknown as soon as one reviewer's are."""
    total = 0.0
    for each in hours:
        if each is None:
            return None
        total += each
    return total


def _seconds(clocks: Iterable[_Clock]) -> float:
    return sum(clock.micros for clock in clocks) / _SECOND


def _numbers(works: list[ArticleWork], clocks: list[_Clock], hours_left: float | None) -> Numbers:
    verdicts: Counter[str] = Counter()
    sessions: set[str] = set()
    for work in works:
        verdicts.update(work.verdicts)
    for clock in clocks:
        sessions |= clock.sessions
    latest = max(clocks, key=lambda clock: clock.last, default=_Clock())
    return Numbers(
        claims=sum(work.progress.claims for work in works),
        done=sum(work.progress.done for work in works),
        open=sum(work.progress.open for work in works),
        skipped=sum(work.progress.skipped for work in works),
        flagged=sum(work.progress.flagged for work in works),
        attributions=sum(work.attributions for work in works),
        verdicts={value: verdicts[value] for value in sorted(verdicts) if verdicts[value]},
        sessions=len(sessions),
        seconds=_seconds(clocks),
        last_seen=written(latest.last_seen),
        hours_left=hours_left,
    )
