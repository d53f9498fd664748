from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result

from annotator.cli import periods
from annotator.store import open_store
from annotator.store.articles import find_article
from annotator.workflow import attributing, judging
from annotator.workflow.session import ReviewSession

Command = Callable[..., Result]


class Noon(datetime):
    """A clock that stands at noon (UTC) on Saturday, 28 November 2026."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Noon:
        return cls(2026, 11, 28, 12, tzinfo=tz)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """The zone is UTC until `clock("Asia/Tokyo")` moves the machine."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    monkeypatch.setattr(periods, "datetime", Noon)
    move("UTC")
    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def week(imported: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ana's work of three days on the bridge, and bob's of one on the ferry; each step a minute after the last."""
    clock = {"at": datetime(2026, 11, 21, tzinfo=UTC)}

    def now() -> str:
        clock["at"] += timedelta(minutes=1)
        return clock["at"].isoformat(timespec="microseconds")

    monkeypatch.setattr("annotator.store.ledger.utc_now", now)
    with closing(open_store(imported)) as store:
        articles = {
            name: find_article(store, str(imported.parent / "articles" / name)) for name in ("bridge.txt", "ferry.txt")
        }

        def work(reviewer: str, name: str, at: str, *steps: Callable[[ReviewSession, Any], object]) -> None:
            clock["at"] = datetime.fromisoformat(at)
            session = ReviewSession(store, reviewer)
            review, _ = session.open(articles[name])
            for step in steps:
                step(session, review.claims)

        def judged(number: int, value: str) -> Callable[[ReviewSession, Any], object]:
            return lambda session, claims: session.apply(judging.worth, claims[number], value)

        def accepted(number: int) -> Callable[[ReviewSession, Any], object]:
            return lambda session, claims: session.apply(attributing.accept, claims[number])

        work("ana", "bridge.txt", "2026-11-21T09:00:00+00:00", judged(0, "0"), judged(1, "0"))
        work("ana", "bridge.txt", "2026-11-27T22:30:00+00:00", accepted(2))
        work("ana", "bridge.txt", "2026-11-28T10:10:00+00:00", judged(1, "1"), accepted(3))
        work("bob", "ferry.txt", "2026-11-28T10:10:00+00:00", judged(1, "1"))
    return imported


def report(command: Command, *arguments: str) -> dict[str, Any]:
    result = command("report", *arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def claims_of(found: dict[str, Any]) -> dict[str, int]:
    return {each["reviewer"]: each["claims"] for each in found["reviewers"]}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], {"ana": 5, "bob": 4}),
        (["--since", "today"], {"ana": 2, "bob": 1}),
        (["--since", "yesterday"], {"ana": 3, "bob": 1}),
        (["--until", "yesterday"], {"ana": 2}),
        (["--since", "7d", "--until", "2026-11-21"], {"ana": 1}),
        (["--since", "7d", "--reviewer", "ana"], {"ana": 4}),
        (["--since", "2026-11-29"], {}),
    ],
    ids=" ".join,
)
def test_progress_counts_the_claims_that_were_last_decided_in_the_days(
    command: Command, week: Path, options: list[str], expected: dict[str, int]
) -> None:
    assert claims_of(report(command, "progress", *options)) == expected


def test_days_begin_where_the_machine_is_and_every_report_says_so(
    command: Command, week: Path, clock: Callable[[str], None]
) -> None:
    clock("Asia/Tokyo")
    found = report(command, "progress", "--since", "2026-11-28", "--until", "today", "--reviewer", "ana")
    assert claims_of(found) == {"ana": 3}
    assert (found["since"], found["until"]) == ("2026-11-28T00:00:00+09:00", "2026-11-29T00:00:00+09:00")
    said = command("report", "progress", "--since", "today", "--until", "today").stdout
    assert "from 2026-11-28 00:00 (UTC+0900) until 2026-11-29 00:00 (UTC+0900)" in " ".join(said.split())


def test_the_times_of_the_days_add_up_to_the_whole(command: Command, week: Path) -> None:
    def seconds(*options: str) -> float:
        return float(report(command, "progress", "--reviewer", "ana", *options)["total"]["seconds_on_task"])

    assert seconds() == seconds("--until", "yesterday") + seconds("--since", "today")
    assert seconds("--since", "today") > 0
    assert report(command, "progress", "--since", "today")["total"]["hours_left"] is None


def test_who_has_done_nothing_yet_is_told_so_and_shown_nobody_elses_work(
    command: Command, week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "eva")
    assert report(command, "today")["reviewers"] == []
    assert report(command, "progress", "--reviewer", "eva")["reviewers"] == []
    for named in (["--reviewer", "eva"], []):
        done = command("report", "progress", *named)
        assert (done.exit_code, "Nothing has been reviewed yet." in done.stdout) == (0, bool(named))
    unknown = command("report", "progress", "--reviewer", "bo")
    assert unknown.exit_code == 1
    assert "no reviewer 'bo'; here are: ana, bob" in unknown.stderr


def test_what_i_did_today_is_one_short_command(command: Command, week: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert claims_of(report(command, "today")) == {"ana": 2, "bob": 1}
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "bob")
    assert claims_of(report(command, "today")) == {"bob": 1}
    assert claims_of(report(command, "today", "--reviewer", "ana")) == {"ana": 2}


def test_the_other_reports_and_the_exports_take_the_same_days(command: Command, week: Path) -> None:
    suggested = report(command, "suggestions", "--since", "today", "--reviewer", "ana")
    (attributions,) = (each for each in suggested["suggesters"] if each["kind"] == "attribution")
    assert (attributions["accepted"], attributions["open"]) == (1, 0)
    assert report(command, "suggestions", "--until", "2020-01-01")["suggesters"] == []
    assert report(command, "sources", "--since", "today")["total"]["attributions"] == 1
    assert report(command, "sources")["total"]["attributions"] == 2
    assert report(command, "sources", "--since", "2026-11-29")["sources"] == []
    assert len(command("export", "jsonl", "--since", "today").stdout.splitlines()) == 3
    assert len(command("export", "jsonl", "--since", "yesterday", "--reviewer", "ana").stdout.splitlines()) == 3


@pytest.mark.parametrize("name", ["progress", "sources", "suggestions"])
@pytest.mark.parametrize("layout", ["terminal", "markdown"])
def test_layouts_for_people_say_which_days_they_are_about(command: Command, week: Path, name: str, layout: str) -> None:
    said = " ".join(command("report", name, "--since", "today", "--format", layout).stdout.split())
    assert "Only what was last decided from 2026-11-28 00:00 (UTC+0000)." in said
    said = " ".join(command("report", name, "--until", "2020-01-01", "--format", layout).stdout.split())
    assert said == "Nothing was decided until 2020-01-02 00:00 (UTC+0000)."
    assert "last decided" not in command("report", name, "--format", layout).stdout


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("2026-11-28", date(2026, 11, 28)),
        ("today", date(2026, 11, 28)),
        ("Yesterday", date(2026, 11, 27)),
        ("0d", date(2026, 11, 28)),
        ("7d", date(2026, 11, 21)),
        ("30D", date(2026, 10, 29)),
    ],
)
def test_a_day_is_said_in_one_of_four_ways(word: str, expected: date) -> None:
    assert periods.day(word) == expected


@pytest.mark.parametrize(
    "word", ["", "March", "2026-13-01", "2026-11", "20261128", "d", "-1d", "999999d", "0001-01-01", "9999-12-31", "1w"]
)
def test_no_day_is_said_to_be_none(word: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a day: 2026-11-28, today, yesterday, or 7d"):
        periods.day(word)


def test_days_the_wrong_way_round_are_said(command: Command, week: Path) -> None:
    result = command("report", "sources", "--since", "today", "--until", "7d")
    assert result.exit_code == 2
    assert "--since 2026-11-28 is after --until 2026-11-21" in result.stderr
