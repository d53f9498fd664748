"""A stretch of time: which decisions a report or an export asks for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from math import inf

from annotator.errors import DomainError
from annotator.model.instants import Instant, micros, micros_of
from annotator.model.late import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """From an instant (included) up to another (excluded), with their time zones; None where it is open."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def bounded(self) -> bool:
        """Whether it asks for less than everything."""
        return self.since is not None or self.until is not None

    def holds(self, at: Instant) -> bool:
        """Whether an instant lies in it; no time (empty text) lies only in all time."""
        if not self.bounded:
            return True
        if at == "":
            return False
        try:
            when = micros(at)
        except DomainError:
            # An import keeps the times that its file gives, whatever they are.
            return False
        since, until = self._ends
        return since <= when < until

    @property
    def _ends(self) -> tuple[float, float]:
        """Microseconds since 1970."""
        return (
            -inf if self.since is None else micros_of(self.since),
            inf if self.until is None else micros_of(self.until),
        )


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
