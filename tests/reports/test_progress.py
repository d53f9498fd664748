from __future__ import annotations

import pytest

from annotator.errors import DomainError
from annotator.model.progress import Progress
from annotator.reports.progress import ArticleWork, Numbers, ProgressReport, Tick, progress_report

BRIDGE = ArticleWork("ana", "bridge", "Bridge", Progress(claims=20, done=6, skipped=2, flagged=1), {"supported": 4}, 5)
FERRY = ArticleWork("ana", "ferry", "Ferry", Progress(claims=10, done=4), {"supported": 1, "refuted": 2})
BJORN = ArticleWork("björn", "ferry", "Ferry", Progress(claims=9, done=9), {"refuted": 1}, 2)


def tick(clock: str, article: str = "bridge", reviewer: str = "ana", session: str = "one") -> Tick:
    return Tick(reviewer, session, article, f"2026-03-12T{clock}+00:00")


ANA = [
    tick("10:00:00"),
    tick("10:05:00"),
    tick("10:06:40", "ferry"),
    tick("10:20:00", "ferry", session="two"),
    tick("10:21:40", "ferry", session="two"),
]
"""400 s for the bridge and the ferry together up to 10:06:40, then a pause, then 100 s."""


def numbers(report: ProgressReport, reviewer: int, article: int | None = None) -> Numbers:
    found = report.reviewers[reviewer]
    return found.numbers if article is None else found.articles[article].numbers


def test_a_gap_belongs_to_the_article_of_the_later_tick_and_a_pause_to_none() -> None:
    report = progress_report([BRIDGE, FERRY], ANA)
    assert numbers(report, 0, 0).seconds == 300
    assert numbers(report, 0, 1).seconds == 100 + 100
    assert numbers(report, 0).seconds == 500
    assert (numbers(report, 0, 0).sessions, numbers(report, 0, 1).sessions, numbers(report, 0).sessions) == (1, 2, 2)


@pytest.mark.parametrize(("idle_limit", "seconds"), [(299.9, 200), (300, 500), (99, 0), (799, 500), (800, 1300)])
def test_the_idle_limit_decides_which_gaps_count(idle_limit: float, seconds: float) -> None:
    report = progress_report([BRIDGE, FERRY], ANA, idle_limit)
    assert report.idle_limit == idle_limit
    assert report.total.seconds == seconds


def test_counts_are_those_of_the_articles_and_their_sums() -> None:
    report = progress_report([BRIDGE, FERRY], ANA)
    bridge, ana = numbers(report, 0, 0), numbers(report, 0)
    assert (bridge.claims, bridge.done, bridge.open, bridge.skipped, bridge.flagged) == (20, 6, 12, 2, 1)
    assert (ana.claims, ana.done, ana.open, ana.skipped, ana.flagged, ana.attributions) == (30, 10, 18, 2, 1, 5)
    assert dict(ana.verdicts) == {"refuted": 2, "supported": 5}
    assert bridge.share == 0.3


def test_what_is_left_is_computed_at_the_reviewers_own_pace() -> None:
    report = progress_report([BRIDGE, FERRY], ANA)
    assert numbers(report, 0).claims_per_hour == 72
    assert numbers(report, 0, 0).claims_per_hour == 72
    assert numbers(report, 0, 1).claims_per_hour == 72
    assert numbers(report, 0).hours_left == 0.25
    assert numbers(report, 0, 0).hours_left == pytest.approx(1 / 6)
    assert numbers(report, 0, 1).hours_left == pytest.approx(1 / 12)


def test_an_article_without_time_has_no_pace_and_takes_the_reviewers() -> None:
    report = progress_report([BRIDGE, FERRY], ANA[:2])
    assert numbers(report, 0, 1).claims_per_hour is None
    assert numbers(report, 0, 1).last_seen == ""
    assert numbers(report, 0, 1).hours_left == pytest.approx(6 / 120)


def test_reviewers_stand_by_name_and_the_total_is_their_sum() -> None:
    report = progress_report([BJORN, BRIDGE, FERRY], [*ANA, tick("09:00:00", "ferry", "björn", "x")])
    assert [each.reviewer for each in report.reviewers] == ["ana", "björn"]
    assert (report.total.claims, report.total.done, report.total.open) == (39, 19, 18)
    assert dict(report.total.verdicts) == {"refuted": 3, "supported": 5}
    assert report.total.seconds == 500
    assert report.total.hours_left == 0.25
    assert report.total.sessions == 3


def test_one_reviewers_ticks_never_close_anothers_gap() -> None:
    ticks = [tick("10:00:00"), tick("10:04:00", "ferry", "björn"), tick("10:08:00")]
    assert progress_report([BRIDGE, BJORN], ticks).total.seconds == 0


def test_a_pace_that_is_unknown_for_one_leaves_the_total_unknown() -> None:
    report = progress_report([BRIDGE, ArticleWork("eva", "ferry", "Ferry", Progress(claims=3))], ANA[:2])
    assert numbers(report, 0).hours_left == pytest.approx(1 / 6)
    assert numbers(report, 1).hours_left is None
    assert report.total.hours_left is None


def test_time_without_a_claim_done_is_no_pace_to_plan_with() -> None:
    report = progress_report([ArticleWork("ana", "bridge", "Bridge", Progress(claims=3))], ANA[:2])
    assert numbers(report, 0).seconds == 300
    assert numbers(report, 0).claims_per_hour == 0
    assert numbers(report, 0).hours_left is None


def test_nothing_open_takes_no_time() -> None:
    assert progress_report([BJORN], []).total.hours_left == 0


def test_last_seen_is_the_latest_time_whatever_the_order_and_the_zone() -> None:
    ticks = [
        Tick("ana", "one", "bridge", "2026-03-12T12:00:00+02:00"),
        Tick("ana", "one", "ferry", "2026-03-12T10:01:00Z"),
        Tick("ana", "one", "bridge", "2026-03-12T09:59:00"),
    ]
    report = progress_report([BRIDGE, FERRY], ticks)
    assert report.total.seconds == 120
    assert report.total.last_seen == "2026-03-12T10:01:00Z"
    assert numbers(report, 0, 0).last_seen == "2026-03-12T12:00:00+02:00"


def test_ticks_on_articles_that_are_not_asked_for_bound_gaps_and_count_nowhere() -> None:
    report = progress_report([FERRY], ANA)
    assert report.total.seconds == 200
    assert report.total.claims_per_hour == 72


def test_an_empty_project_has_no_numbers() -> None:
    report = progress_report([], [])
    assert report.reviewers == ()
    assert report.total == Numbers(hours_left=0.0)
    assert (report.total.share, report.total.claims_per_hour) == (None, None)


@pytest.mark.parametrize("idle_limit", [0, -1, float("nan")])
def test_an_idle_limit_that_is_none_is_refused(idle_limit: float) -> None:
    with pytest.raises(DomainError, match="idle limit"):
        progress_report([], [], idle_limit)


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(DomainError, match="yesterday"):
        progress_report([BRIDGE], [Tick("ana", "one", "bridge", "yesterday")])
