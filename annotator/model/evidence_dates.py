"""The dates of evidence beside the claim's: a hint in words where a piece may be too old for what it is used on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.model.judgement import Evidence

_YEAR = re.compile(r"(?<![\d.,$£€-])(?:1[89]|20)\d\d(?![\d%]|[.,]\d)")
_PRESENT = re.compile(r"\b(?:now|today|currently|this (?:year|month|week)|at present|still|no longer)\b", re.IGNORECASE)
_STARTS_WITH_YEAR = re.compile(r"\d{4}")
_OLD = 2
"""Years between evidence and article from which on the present has had time to change."""


def date_hint(evidence: Evidence, claim: str, article_date: str) -> str:
    """Why the evidence may be too old for the claim, in words; empty where nothing says so.

    `article_date` is ISO 8601 or empty. A claim about a year wants evidence of that year or later, one about the
    present evidence that is not years older than the article; and what was published after the article could not be
    known when it was written.
    """
    if not evidence.published_at:
        return ""
    return next(_hints(evidence.published_at, claim, article_date), "")


def _hints(published: str, claim: str, article_date: str) -> Iterator[str]:
    year, written = _year(published), _year(article_date)
    named = [int(found[0]) for found in _YEAR.finditer(claim)]
    # A year to come is no year that evidence could be of.
    about = max((each for each in named if written is None or each <= written), default=None)
    if year is None:
        return
    if about is not None and year < about:
        yield f"of {published}, older than what the claim is about ({about})"
    elif about is None and written is not None and written - year >= _OLD and _PRESENT.search(claim):
        yield f"of {published}, {written - year} years older than the article, and the claim is about the present"
    if article_date and published[: len(article_date)] > article_date[: len(published)]:
        yield f"of {published}, later than the article ({article_date[:10]})"


def _year(date: str) -> int | None:
    found = _STARTS_WITH_YEAR.match(date)
    return int(found[0]) if found else None
