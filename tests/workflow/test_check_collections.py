"""Collections of fact-checks in a project: imported again, corrected, listed and removed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.errors import NotFoundError
from annotator.store import Store, doctor
from annotator.store.fact_checks import checks as stored
from annotator.store.fact_checks.check_state import collection_changes
from annotator.store.fact_checks.checks import Outcome, outdated
from annotator.workflow.fact_checks.check_matching import words_of
from annotator.workflow.fact_checks.checks import list_checks, remove_checks
from annotator.workflow.session import ReviewSession
from tests.workflow.earlier_verdicts import look
from tests.workflow.fact_checks import FILLER, HELD, OTHER


def test_the_same_rows_again_change_nothing(store: Store, load: Callable[..., dict[str, int]]) -> None:
    assert load(HELD, OTHER) == {Outcome.NEW: 2}
    before = collection_changes(store)
    assert load(HELD, OTHER) == {Outcome.SAME: 2}
    assert collection_changes(store) == before


def test_a_newer_row_takes_the_place_of_the_older_and_an_older_one_does_not(
    store: Store, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD)
    assert load({**HELD, "verdict": "True", "modified": "2026-03-01"}) == {Outcome.REPLACED: 1}
    assert load({**HELD, "verdict": "Half true", "modified": "2026-02-15"}) == {Outcome.OLDER: 1}
    found = stored.index(store).candidates(["cabl", "held", "ramp"])
    assert [each.verdict for each in found] == ["True"]
    assert [(each.checks, each.replaced) for each in list_checks(store)] == [(1, 1)]


def test_collections_are_listed_and_removed_by_file_or_publisher(
    store: Store, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD, OTHER)
    assert [(each.publisher, each.checks) for each in list_checks(store)] == [
        ("Tamarack Checks", 1),
        ("The Sober Sheet", 1),
    ]
    assert remove_checks(store, "Tamarack Checks") == 1
    assert stored.index(store).candidates(["cabl", "held"]) == []
    assert [each.publisher for each in stored.index(store).candidates(["lighthous"])] == ["The Sober Sheet"]
    with pytest.raises(NotFoundError, match="no fact-checks of 'nobody'"):
        remove_checks(store, "nobody")


def test_fact_checks_without_a_publisher_are_removed_by_what_stands_in_the_list(
    store: Store, load: Callable[..., dict[str, int]]
) -> None:
    load(OTHER, {**HELD, "publisher": ""})
    with pytest.raises(NotFoundError, match="no fact-checks of ''"):
        remove_checks(store, "")
    assert remove_checks(store, "(no publisher)") == 1
    assert [each.publisher for each in list_checks(store)] == [OTHER["publisher"]]


def test_what_is_removed_goes_in_short_transactions(
    store: Store, load: Callable[..., dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever decides meanwhile does not wait for all of it, and the rest of the index stays as it is."""
    rows = [{**HELD, "url": f"https://checks.example.com/{at}"} for at in range(7)]
    load(*rows, OTHER)
    load(*({**row, "verdict": "True", "modified": "2026-03-01"} for row in rows[:5]), name="newer.jsonl")
    load({**rows[0], "verdict": "Half true", "modified": "2026-04-01"}, name="newest.jsonl")
    monkeypatch.setattr(stored, "_BATCH", 2)
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    assert remove_checks(store, "newer.jsonl") == 5
    store.connection.set_trace_callback(None)
    assert sum(text.lower() == "commit" for text in statements) >= 3
    assert not [text for text in statements if "delete-all" in text]
    assert list(doctor.examine(store, words_of=words_of)) == []
    there = [(each.name, each.publisher, each.checks, each.replaced) for each in list_checks(store)]
    assert there == [
        ("checks.jsonl", "Tamarack Checks", 6, 1),
        ("checks.jsonl", "The Sober Sheet", 1, 0),
        ("newest.jsonl", "Tamarack Checks", 1, 0),
    ]


def test_when_a_correction_is_removed_what_it_corrected_is_there_again(
    store: Store, load: Callable[..., dict[str, int]]
) -> None:
    newer = {**HELD, "verdict": "True", "modified": "2026-03-01"}
    load(HELD, name="first.jsonl")
    load(newer, name="second.jsonl")
    load({**HELD, "verdict": "Half true", "modified": "2026-04-01"}, name="third.jsonl")

    def present() -> list[str]:
        return [each.verdict for each in stored.index(store).candidates(["cabl", "held", "ramp"])]

    assert present() == ["Half true"]
    assert remove_checks(store, "second.jsonl") == 1
    assert present() == ["Half true"]
    assert remove_checks(store, "third.jsonl") == 1
    assert present() == ["False"]
    load(newer, name="first.jsonl")
    assert present() == ["True"]
    assert remove_checks(store, "first.jsonl") == 2
    assert present() == []


def test_a_fact_check_that_is_changed_often_is_found_as_surely_as_before(
    ana: ReviewSession, store: Store, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD, *FILLER)
    (before,) = look(ana, "two cables held")
    for day in range(2, 9):
        load({**HELD, "modified": f"2026-02-0{day}"})
    (seen,) = look(ana, "two cables held")
    assert (seen.score, seen.why) == (before.score, before.why)
    assert list(doctor.examine(store, words_of=words_of)) == []
    # What comes back where a correction goes is found like anything else.
    load({**HELD, "verdict": "True", "modified": "2026-03-01"}, name="corrections.jsonl")
    remove_checks(store, "corrections.jsonl")
    (seen,) = look(ana, "two cables held")
    assert (seen.score, seen.check.verdict) == (before.score, "False")
    assert list(doctor.examine(store, words_of=words_of)) == []


def test_what_has_become_of_a_fact_check_and_what_goes_with_one_is_found_by_an_index(
    ana: ReviewSession, load: Callable[..., dict[str, int]]
) -> None:
    """Else each that is evidence, and each that is removed, has all the others read."""
    load(HELD, *FILLER)
    load({**HELD, "verdict": "True", "modified": "2026-03-01"})
    asked = "explain query plan select ordinal from fact_check where replaced_by = 1"
    plans = [str(row[3]) for row in ana.store.connection.execute(asked)]
    assert all("USING COVERING INDEX fact_check_replaced" in plan for plan in plans)
    statements: list[str] = []
    ana.store.connection.set_trace_callback(statements.append)
    outdated(ana.store, [HELD["url"]])
    ana.store.connection.set_trace_callback(None)
    explained = [row for text in statements for row in ana.store.connection.execute(f"explain query plan {text}")]
    assert not [row[3] for row in explained if "SCAN" in row[3] and "fact_check" in row[3]]
