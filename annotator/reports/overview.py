"""The overview of a project: who does how much, how fast, what became of it, what is left and until when. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from annotator.model.late import dataclass
from annotator.reports.agreement import AgreementReport
from annotator.reports.progress import ProgressReport

PACE_DAYS = 14
"""The last days whose mean is the pace that the end is reckoned from."""


@dataclass(frozen=True, slots=True)
class Overview:
    """`decisions` are counts by reviewer, one a day of `days` (UTC); `done` is how many claims were settled each day.

    `publishers` and `sources` are counts of verdicts by value, the most judged first. `agreement` is None where nobody
    may see it, or where nothing can be measured.
    """

    days: Sequence[date]
    decisions: Mapping[str, Sequence[int]]
    progress: ProgressReport
    publishers: Sequence[tuple[str, Mapping[str, int]]]
    sources: Sequence[tuple[str, Mapping[str, int]]]
    agreement: AgreementReport | None = None

    @property
    def a_day(self) -> Sequence[int]:
        """Decisions of all reviewers, one a day."""
        return [sum(counts) for counts in zip(*self.decisions.values(), strict=True)] if self.decisions else []

    @property
    def end(self) -> date | None:
        """The day on which everything is done at the pace of the last days; None where nothing says so."""
        hours = self.progress.total.hours_left
        recent = self.days[-PACE_DAYS:]
        seconds = self.progress.total.seconds
        if hours is None or not recent or not seconds:
            return None
        worked = sum(1 for day, count in zip(self.days, self.a_day, strict=True) if count and day in recent)
        if not worked:
            return None
        hours_a_day = seconds / 3600 / max(1, sum(1 for count in self.a_day if count)) * worked / len(recent)
        return self.days[-1] + timedelta(days=round(hours / hours_a_day)) if hours_a_day else None


def overview(
    counts: Sequence[tuple[str, str, int]],
    progress: ProgressReport,
    publishers: Mapping[str, Mapping[str, int]],
    sources: Mapping[str, Mapping[str, int]],
    agreement: AgreementReport | None = None,
    most: int = 12,
) -> Overview:
    """From counts of decisions (day, reviewer, how many) and what else was counted; days without any are there too.

    Of publishers and sources the `most` judged ones.
    """
    found = {date.fromisoformat(day) for day, _, _ in counts}
    days = _all_days(min(found), max(found)) if found else []
    places = {day: place for place, day in enumerate(days)}
    decisions = {reviewer: [0] * len(days) for reviewer in sorted({reviewer for _, reviewer, _ in counts})}
    for day, reviewer, count in counts:
        decisions[reviewer][places[date.fromisoformat(day)]] += count
    return Overview(days, decisions, progress, _most(publishers, most), _most(sources, most), agreement)


def _all_days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _most(verdicts: Mapping[str, Mapping[str, int]], most: int) -> list[tuple[str, Mapping[str, int]]]:
    judged = [(name, counts) for name, counts in verdicts.items() if sum(counts.values())]
    return sorted(judged, key=lambda each: (-sum(each[1].values()), each[0]))[:most]
