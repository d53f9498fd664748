"""Dates of publication as files write them, into ISO 8601."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

from annotator.errors import DomainError, TextError
from annotator.model.dates import partial_date


def iso_date(given: str) -> str:
    """The date, or date and time, in ISO 8601.

    Taken are the forms of `partial_date`, the other forms of ISO 8601 as they are, and RFC 2822 (as in feeds). Raises
    TextError for anything else, 03/10/2026 among it, because no one can know which number is the month.
    """
    try:
        return partial_date(given)
    except DomainError:
        pass
    try:
        datetime.fromisoformat(given)
    except ValueError:
        pass
    else:
        return given
    try:
        return parsedate_to_datetime(given).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise TextError(f"the date of publication {given[:40]!r} is not clear: write it as 2026-03-10") from error
