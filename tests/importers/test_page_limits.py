from __future__ import annotations

import os
import signal
import time
from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.importers import ImportOptions
from annotator.importers.pages import limits


def broken() -> None:
    raise RecursionError


def broken_down() -> None:
    os._exit(3)


def refused() -> None:
    raise ImportFailure("odd.html", "it is too long", "line 3")


def late() -> None:
    time.sleep(600)


def test_work_that_is_late_is_a_failure_in_one_line() -> None:
    with pytest.raises(ImportFailure, match="not read within") as found:
        limits.within_limits("odd.html", late, seconds=0.01)
    assert "\n" not in str(found.value)


def test_work_that_is_late_is_ended_and_the_next_page_is_read() -> None:
    process = limits.within_limits("one.html", os.getpid)
    with pytest.raises(ImportFailure):
        limits.within_limits("odd.html", late, seconds=0.01)
    # A process that is not there any more cannot be sent a signal; none is sent to one that is.
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert limits.within_limits("two.html", os.getpid) not in (process, os.getpid())


def test_pages_are_read_one_after_another_by_the_same_process() -> None:
    assert limits.within_limits("one.html", os.getpid) == limits.within_limits("two.html", os.getpid)


def test_work_that_breaks_is_a_failure_that_names_the_error() -> None:
    with pytest.raises(ImportFailure, match="RecursionError"):
        limits.within_limits("odd.html", broken)


def test_a_reader_that_breaks_down_is_a_failure_and_the_next_page_is_read() -> None:
    with pytest.raises(ImportFailure, match="broke down"):
        limits.within_limits("odd.html", broken_down)
    assert limits.within_limits("two.html", max, 1, 2) == 2


def test_a_failure_keeps_its_words_and_its_place() -> None:
    with pytest.raises(ImportFailure) as found:
        limits.within_limits("odd.html", refused)
    assert (found.value.origin, found.value.reason, found.value.place) == ("odd.html", "it is too long", "line 3")


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_ctrl_c_does_not_end_the_reader_itself() -> None:
    process = limits.within_limits("one.html", os.getpid)
    os.kill(process, signal.SIGINT)
    assert limits.within_limits("two.html", os.getpid) == process


def test_a_page_that_is_late_is_one_failed_row_among_the_others(read_all: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.importers.web_page._article_of", slow_when_odd)
    (one,) = read_all(b"<p>One.</p>", "html")
    with monkeypatch.context() as patched:
        patched.setattr(limits, "SECONDS", 0.01)
        (odd,) = read_all(b"<p>odd</p>", "html")
    (two,) = read_all(b"<p>Two.</p>", "html")
    assert [isinstance(item, ImportFailure) for item in (one, odd, two)] == [False, True, False]


def slow_when_odd(page: str, origin: str, url: str, options: ImportOptions) -> Any:
    from annotator.importers.draft import Draft

    if "odd" in page:
        late()
    return Draft(page)


def test_a_page_of_too_many_elements_is_refused(fail: Any) -> None:
    many = "<br>" * (limits.MOST_ELEMENTS + 1)
    assert "elements, more than" in fail(f"<html><body><p>Words.</p>{many}</body></html>", "html").reason


def test_a_page_that_is_too_deep_is_one_failed_row(fail: Any) -> None:
    page = f"<html><body>{'<div>' * 5000}Words in a very deep place, where nobody will ever look for them."
    assert "save the article's text and import that" in fail(page, "html").reason


def test_a_character_set_that_nobody_knows_is_one_line_or_none(read_all: Any) -> None:
    (item,) = read_all(
        b'<html><head><meta charset="x-klingon"></head><body><p>Plain words here.</p></body></html>', "html"
    )
    assert isinstance(item, ImportFailure) or item.text == "Plain words here."
