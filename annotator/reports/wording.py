"""How a report says a number to a person: durations, times, shares, and nothing that steers a screen."""

from __future__ import annotations

from datetime import UTC, datetime

from annotator.model.period import Period
from annotator.model.text import neutral_line
from annotator.reports.progress import ArticleProgress, Numbers

UNKNOWN = "–"


def title_of(article: ArticleProgress) -> str:
    """The title, or the beginning of the id where there is none."""
    return neutral_line(article.title).strip() or article.article_id[:12]


def duration(seconds: float | None) -> str:
    """Seconds as "45 s", "12 min" or "3 h 5 min"; a dash for None."""
    if seconds is None:
        return UNKNOWN
    if round(seconds) < 60:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def hours(value: float | None) -> str:
    """Hours as a duration."""
    return duration(None if value is None else value * 3600)


def idle_note(idle_limit: float) -> str:
    """What every layout for people says below its numbers; the limit is in seconds."""
    return f"Pauses longer than {duration(idle_limit)} do not count as time."


def period_note(period: Period) -> str:
    """What every layout for people says of a period; an empty text where it is all time."""
    return f"Only what was last decided {_between(period)}." if period.bounded else ""


def nothing(said: str, period: Period) -> str:
    """What is said where there is nothing to report: of a period, which one."""
    return f"Nothing was decided {_between(period)}." if period.bounded else said


def period_values(period: Period) -> dict[str, str | None]:
    """The period for JSON: ISO 8601 with its zone, null where it is open; `until` is the first instant behind it.

    All time is not named.
    """
    if not period.bounded:
        return {}
    return {
        "since": period.since.isoformat() if period.since else None,
        "until": period.until.isoformat() if period.until else None,
    }


def _between(period: Period) -> str:
    since = f"from {_moment(period.since)}" if period.since else ""
    until = f"until {_moment(period.until)}" if period.until else ""
    return " ".join(filter(None, (since, until)))


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} (UTC{moment:%z})"


def pace(numbers: Numbers) -> str:
    """Claims an hour with one decimal."""
    return UNKNOWN if numbers.claims_per_hour is None else f"{numbers.claims_per_hour:.1f}"


def percent(numbers: Numbers) -> str:
    """The share done, rounded down: "100 %" means that nothing is missing."""
    return UNKNOWN if numbers.share is None else f"{numbers.done * 100 // numbers.claims} %"


def verdicts(numbers: Numbers) -> str:
    """Verdicts by value, such as "refuted 1, supported 3"."""
    return ", ".join(f"{neutral_line(value)} {count}" for value, count in numbers.verdicts.items()) or "none"


def last_seen(numbers: Numbers) -> str:
    """The minute in UTC, or "never"."""
    if not numbers.last_seen:
        return "never"
    moment = datetime.fromisoformat(numbers.last_seen)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{moment:%Y-%m-%d %H:%M} UTC"
