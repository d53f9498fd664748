"""Instants as they are stored and shown: microseconds since 1970, and ISO 8601 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

from annotator.errors import DomainError

Instant: TypeAlias = int | str
"""Microseconds since 1970, or ISO 8601, in UTC where it names no zone."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS_OF_MINUTE = timedelta(minutes=1) // _MICROSECOND


def micros(at: Instant) -> int:
    """Microseconds since 1970; raises DomainError for text that is not ISO 8601."""
    return at if isinstance(at, int) else micros_of(_time(at))


def micros_of(when: datetime) -> int:
    """Microseconds from 1970 to a time with its zone."""
    return (when - _EPOCH) // _MICROSECOND


def _time(at: str) -> datetime:
    try:
        found = datetime.fromisoformat(at)
    except ValueError as error:
        raise DomainError(f"not a time in ISO 8601: {at!r}") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def written(at: Instant) -> str:
    """An instant as entries have it: ISO 8601, UTC, to the microsecond; text as it is.

    Raises DomainError for a number that is no time in the years 1 to 9999.
    """
    if isinstance(at, str):
        return at
    minutes, micro = divmod(at, _MICROSECONDS_OF_MINUTE)
    # Eight digits, which is quicker than to write seconds and microseconds each with zeros in front.
    digits = str(100_000_000 + micro)
    return f"{_minute(minutes)}{digits[1:3]}.{digits[3:]}+00:00"


# An export writes hundreds of thousands, and in most minutes several things are decided.
@lru_cache(maxsize=64)
def _minute(minutes: int) -> str:
    """The minute so many behind the beginning of 1970, as instants begin that are in it."""
    try:
        when = _EPOCH + timedelta(minutes=minutes)
    except OverflowError as error:
        raise DomainError("not a time: it is in no year of the calendar") from error
    return f"{when.replace(tzinfo=None).isoformat(timespec='minutes')}:"
