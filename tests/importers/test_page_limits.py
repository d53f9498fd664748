from __future__ import annotations

import threading
from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.importers.pages import limits


def test_work_that_is_late_is_a_failure_in_one_line() -> None:
    release = threading.Event()
    with pytest.raises(ImportFailure, match="not read within") as refused:
        limits.within_limits("odd.html", release.wait, 0.01)
    release.set()
    assert "\n" not in str(refused.value)


def test_work_that_breaks_is_a_failure_that_names_the_error() -> None:
    def broken() -> None:
        raise RecursionError

    with pytest.raises(ImportFailure, match="RecursionError"):
        limits.within_limits("odd.html", broken)


def test_a_page_of_too_many_elements_is_refused(fail: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ELEMENTS", 50)
    assert "more than 50" in fail(f"<html><body>{'<p>Words.</p>' * 60}</body></html>", "html").reason


def test_a_page_that_is_too_deep_is_one_failed_row(fail: Any) -> None:
    page = f"<html><body>{'<div>' * 5000}Words in a very deep place, where nobody will ever look for them."
    assert "save the article's text and import that" in fail(page, "html").reason


def test_a_character_set_that_nobody_knows_is_one_line_or_none(read_all: Any) -> None:
    (item,) = read_all(
        b'<html><head><meta charset="x-klingon"></head><body><p>Plain words here.</p></body></html>', "html"
    )
    assert isinstance(item, ImportFailure) or item.text == "Plain words here."
