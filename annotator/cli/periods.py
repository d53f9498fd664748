"""`--since` and `--until`: the days that a report or an export is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any

import click

from annotator.model.period import Period, local_days

_AGO = {"today": 0, "yesterday": 1}
_EARLIEST, _LATEST = date(1970, 1, 2), date(9998, 12, 31)
"""Days whose midnight every time zone can tell as a time in UTC."""


def day(value: str) -> date:
    """A day on the command line: 2026-11-28, today, yesterday, or 7d for seven days ago."""
    word = value.strip().casefold()
    ago = _AGO.get(word)
    if ago is None and re.fullmatch(r"[0-9]{1,6}d", word):
        ago = int(word[:-1])
    try:
        if ago is None and not re.fullmatch(r"\d{4}-\d\d-\d\d", word, re.ASCII):
            raise ValueError(value)
        found = date.fromisoformat(word) if ago is None else today() - timedelta(days=ago)
    except (ValueError, OverflowError):
        found = date.min
    if not _EARLIEST <= found <= _LATEST:
        raise click.BadParameter(f"{value!r} is not a day: 2026-11-28, today, yesterday, or 7d for seven days ago")
    return found


def today() -> date:
    """The day it is where this machine is."""
    return datetime.now(UTC).astimezone().date()


PERIOD_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--since",
        type=day,
        metavar="DAY",
        help="Only claims last decided on this day or later: 2026-11-28, today, yesterday, 7d (seven days ago). "
        "Days are those of this machine's time zone.",
    ),
    click.option("--until", type=day, metavar="DAY", help="Only claims last decided on this day or earlier."),
)


def chosen_period(since: date | None, until: date | None) -> Period:
    """From the one day to the other, both included; raises UsageError where they are the wrong way round."""
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}")
    return local_days(since, until)


def takes_period(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command both options; it receives them as `period`, a Period."""

    @wraps(command)
    def with_period(*arguments: Any, since: date | None, until: date | None, **given: Any) -> Any:
        return command(*arguments, period=chosen_period(since, until), **given)

    decorated: Callable[..., Any] = with_period
    for option in reversed(PERIOD_OPTIONS):
        decorated = option(decorated)
    return decorated
