"""Dates as people and pages write them, into ISO 8601; a date may be a year or a month alone."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache

from annotator.errors import DomainError
from annotator.model.text import neutral_line

WANTED = "write it as 2026-03-10, 2026-03 or 2026"
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_DAYS = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)"
_WEEKDAY = re.compile(rf"{_DAYS}\.?,?\s+(?:the\s+)?", re.IGNORECASE)
_WITH_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]")
_NUMBER = r"([0-9]{1,2})"
_YEAR = r"([0-9]{4})"
_MONTH = r"([A-Za-z]{3,9})\.?"
_ORDINAL = r"(?:st|nd|rd|th|\.)?"
_BEGINNING = 300
# "stated on October 22, 2019 in an interview", "26 May 2015", "2019-10-22T08:00:00Z", "22.10.2019".
_DAY_IN_TEXT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\. ?[0-9]{1,2}\. ?[0-9]{4}|[0-9]{1,2} [A-Za-z]{3,9} [0-9]{4}"
    r"|[A-Za-z]{3,9}\.? [0-9]{1,2}, ?[0-9]{4}"
)


def partial_date(given: str) -> str:
    """The date in ISO 8601: a year, a month, a day, or a day with its time as it is given; empty for nothing.

    Read besides: 10.3.2026 (day first, as everywhere where points are written), 2026/3/10, 10 March 2026,
    March 10, 2026 and March 2026. Raises DomainError, with the form that is wanted, for anything else: for
    3/10/2026, because nobody can know which number is the month, and for days that there are not.
    """
    text = " ".join(given.translate(_DASHES).split())
    if not text:
        return ""
    bare = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    for pattern, read in _FORMS.items():
        found = re.fullmatch(pattern, bare, re.IGNORECASE)
        if found is not None:
            return _checked(given, *read(*found.groups()))
    if not _WITH_TIME.match(text):
        raise _refused(given, WANTED)
    day = partial_date(text[:10])
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise _refused(given, WANTED) from None
    return f"{day}T{text[11:]}"


def day_in(text: str) -> str:
    """The first whole day that stands in the beginning of a text, in ISO 8601; empty where there is none."""
    for found in _DAY_IN_TEXT.finditer(text[:_BEGINNING]):
        with suppress(DomainError):
            day = partial_date(found[0])
            if len(day) == len("2026-03-10"):
                return day
    return ""


@lru_cache(maxsize=4096)
def day_number(text: str) -> int | None:
    """That day as a number that grows by one each day, or None."""
    day = day_in(text)
    return date.fromisoformat(day).toordinal() if day else None


def is_after(one: str, other: str) -> bool:
    """Whether a date in ISO 8601 is certainly after another: compared as far as both go, and no finer than a day."""
    length = min(len(one[:10]), len(other[:10]))
    return one[:length] > other[:length]


def moment(given: str) -> str:
    """When a stored date is, in UTC, as text that sorts by time; empty where that cannot be known.

    A year, a month or a day alone begins with its first second, a time without a zone is taken for one of UTC, and the
    other forms of ISO 8601 (20260310T0930Z) and those of RFC 2822 are read: databases of earlier versions hold them.
    """
    text = given.strip()
    with suppress(DomainError):
        day = partial_date(text)
        if "T" not in day:
            return f"{day}-01-01"[:10] if len(day) == len("2026") else f"{day}-01"[:10] if day else ""
    # Deferred: a start of the workbench reads no such date.
    from email.utils import parsedate_to_datetime

    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            return _in_utc(read(text))
    return ""


def _in_utc(time: datetime) -> str:
    if time.tzinfo is not None:
        time = time.astimezone(UTC).replace(tzinfo=None)
    return time.isoformat()


_Parts = tuple[int | str, ...]

_FORMS: Mapping[str, Callable[..., _Parts]] = {
    _YEAR: lambda y: (y,),
    rf"{_YEAR}-{_NUMBER}": lambda y, m: (y, m),
    rf"{_YEAR}([-/.]){_NUMBER}\2{_NUMBER}": lambda y, _, m, d: (y, m, d),
    r"([0-9]{4})([0-9]{2})([0-9]{2})": lambda y, m, d: (y, m, d),
    rf"{_NUMBER}\. ?{_NUMBER}\. ?{_YEAR}": lambda d, m, y: (y, m, d),
    rf"{_NUMBER}{_ORDINAL}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}": lambda d, m, y: (y, m, d),
    rf"{_MONTH} {_NUMBER}{_ORDINAL},? {_YEAR}": lambda m, d, y: (y, m, d),
    rf"{_MONTH},? {_YEAR}": lambda m, y: (y, m),
}


def _checked(given: str, year: int | str, month: int | str | None = None, day: int | str | None = None) -> str:
    """The date in ISO 8601, or DomainError for a month or a day that there is not."""
    y, m = int(year), None if month is None else _month(given, month)
    if y < 1000:
        raise _refused(given, WANTED)
    if m is None:
        return f"{y:04}"
    if day is None:
        return f"{y:04}-{m:02}"
    last = monthrange(y, m)[1]
    if not 1 <= int(day) <= last:
        raise _refused(given, f"{_MONTHS[m - 1].capitalize()} {y} has {last} days")
    return f"{y:04}-{m:02}-{int(day):02}"


def _month(given: str, month: int | str) -> int:
    """A month's number, from its number or (the beginning of) its English name."""
    if isinstance(month, int) or month.isdigit():
        number = int(month)
        if not 1 <= number <= 12:
            raise _refused(given, f"there is no month {number}")
        return number
    name = "sep" if month.lower() == "sept" else month.lower()
    found = [number for number, known in enumerate(_MONTHS, 1) if name in (known, known[:3])]
    if not found:
        raise _refused(given, WANTED)
    return found[0]


def _refused(given: str, reason: str) -> DomainError:
    return DomainError(f"no date: {neutral_line(' '.join(given.split())[:40])}: {reason}")
