"""A stretch of time: which decisions a report or an export asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From an instant (included) up to another (excluded), with their time zones; None where it is open."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def bounded(self) -> bool:
        """Whether it asks for less than everything."""
        return self.since is not None or self.until is not None

    def holds(self, at: str) -> bool:
        """Whether a time (ISO 8601, in UTC where it names no zone) lies in it; no time lies only in all time."""
        if not self.bounded:
            return True
        if not at:
            return False
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            # An import keeps the times that its file gives, whatever they are.
            return False
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


ALWAYS = Period()


def local_days(first: date | None, last: date | None) -> Period:
    """From the beginning of one day to the end of another, in this machine's time zone; None where it is open."""
    return Period(
        _midnight(first) if first is not None else None,
        _midnight(last + timedelta(days=1)) if last is not None else None,
    )


def _midnight(day: date) -> datetime:
    """When a day begins here: the offset from UTC is that day's own."""
    return datetime.combine(day, time()).astimezone()
