"""Dates of publication as files write them, into ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from annotator.errors import TextError

_REDUCED = re.compile(r"\d{4}(-\d{2})?")
_UNAMBIGUOUS = ("%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")


def iso_date(given: str) -> str:
    """The date, or date and time, in ISO 8601; one that is in ISO 8601 already stays as it is.

    Taken besides: RFC 2822 (as in feeds), 2026/03/10, 10 March 2026 and March 10, 2026. Raises TextError for anything
    else, 03/10/2026 among it, because no one can know which number is the month.
    """
    if not given or _REDUCED.fullmatch(given):
        return given
    try:
        datetime.fromisoformat(given)
    except ValueError:
        pass
    else:
        return given
    for form in _UNAMBIGUOUS:
        try:
            return datetime.strptime(given, form).date().isoformat()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(given).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise TextError(f"the date of publication {given[:40]!r} is not clear: write it as 2026-03-10") from error
